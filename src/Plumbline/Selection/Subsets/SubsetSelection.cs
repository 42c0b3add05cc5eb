namespace Plumbline;

/// <summary>Selects terms of a formula: stepwise, or the best of all subsets. From moments: the rows are read for them once, and once for the final fit.</summary>
public static class SubsetSelection
{
    /// <summary>Adds and drops a term at a time, as long as the criterion gets less; the steps of R's <c>MASS::stepAIC</c>.</summary>
    /// <param name="formula">All terms that may be in the model.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">How; null for <see cref="SelectionOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction of the rows read, where the source can tell.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; <c>option</c>: a term to keep is
    /// none of the formula, or it has categories and no intercept; <c>no-likelihood</c>: the weights have none.
    /// </exception>
    public static SelectionResult Stepwise(
        string formula, IRowSource source, SelectionOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= SelectionOptions.Default;
        (DesignMoments moments, CandidateModels candidates) = Read(formula, source, options, progress, cancellation);
        List<SelectionStep> steps = StepwiseSearch.Run(candidates, options, cancellation);
        SubsetModel best = steps[^1].Model;
        return new SelectionResult
        {
            Options = options,
            Formula = formula,
            Steps = steps,
            Examined = candidates.Fitted,
            Best = best,
            Model = Fit(best, moments, candidates.Fitted, source, options, cancellation),
        };
    }

    /// <summary>The best of all subsets of the terms: of each number of terms the one with the least RSS, and of all the one with the least criterion.</summary>
    /// <param name="formula">All terms that may be in the model; at most 40, those that are kept not counted.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">How; null for <see cref="SelectionOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction of the rows read, where the source can tell.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">As <see cref="Stepwise"/>; <c>too-many-columns</c>: there are too many terms.</exception>
    public static SelectionResult BestSubsets(
        string formula, IRowSource source, SelectionOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= SelectionOptions.Default;
        (DesignMoments moments, CandidateModels candidates) = Read(formula, source, options, progress, cancellation);
        (IReadOnlyList<SubsetModel> sizes, SubsetModel best, long examined) = SubsetSearch.Run(candidates, moments.Code(null), options.Criterion, cancellation);
        return new SelectionResult
        {
            Options = options,
            Formula = formula,
            Sizes = sizes,
            Examined = examined,
            Best = best,
            Model = Fit(best, moments, examined, source, options, cancellation),
        };
    }

    private static (DesignMoments Moments, CandidateModels Candidates) Read(
        string formula, IRowSource source, SelectionOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options.Validate();
        var moments = DesignMoments.Read(
            formula, source, options.Fit with { Covariance = CovarianceOptions.Classical }, progress, cancellation);
        return (moments, new CandidateModels(moments, options.Keep));
    }

    private static LinearModel Fit(
        SubsetModel best, DesignMoments moments, long examined, IRowSource source, SelectionOptions options, CancellationToken cancellation)
    {
        LinearModel model = LinearRegression.Fit(best.Formula, source, options.Fit, null, cancellation);
        var notes = new List<Note>(model.Notes)
        {
            new("selected", $"The model was selected among {examined} by the data that it is fitted to. Its p-values and intervals do not know of that: p is too small, intervals are too narrow. Judge it on rows that took no part."),
        };
        if (model.Rows.Used > moments.Rows.Used)
        {
            notes.Add(new Note(
                "selected-on-fewer-rows",
                $"Models were compared on the {moments.Rows.Used} rows that have all values of the whole formula; the model selected is fitted to the {model.Rows.Used} rows that have its own."));
        }
        return model with { Notes = notes };
    }
}
