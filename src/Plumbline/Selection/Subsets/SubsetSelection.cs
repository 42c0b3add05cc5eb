namespace Plumbline;

/// <summary>
/// Selects terms of a formula: stepwise, or the best of all subsets; by AIC, BIC, or cross-validation. From moments: the rows are read for them once
/// (with folds as <see cref="DesignMoments.ReadFolds"/> reads them), and once for the final fit.
/// </summary>
public static class SubsetSelection
{
    /// <summary>
    /// Adds and drops a term at a time, as long as the criterion gets less; the steps of R's <c>MASS::stepAIC</c>. With <see cref="SelectionOptions.Folds"/> the search goes
    /// on to a model of each number of terms, in all rows and in the training rows of each fold, and validation chooses the number.
    /// </summary>
    /// <param name="formula">All terms that may be in the model.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">How; null for <see cref="SelectionOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction of the rows read, where the source can tell.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; <c>option</c>: a term to keep is
    /// none of the formula, or it has categories and no intercept; <c>no-likelihood</c>: the weights have none. With folds as <see cref="DesignMoments.ReadFolds"/>, too.
    /// </exception>
    public static SelectionResult Stepwise(
        string formula, IRowSource source, SelectionOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= SelectionOptions.Default;
        if (options.Folds is not null)
        {
            return Validated(formula, source, SelectionMethod.Stepwise, options, progress, cancellation);
        }
        (DesignMoments moments, CandidateModels candidates) = Read(formula, source, options, progress, cancellation);
        List<SelectionStep> steps = StepwiseSearch.Run(candidates, options, cancellation);
        SubsetModel best = steps[^1].Model;
        return new SelectionResult
        {
            Options = options,
            Method = SelectionMethod.Stepwise,
            Formula = formula,
            Steps = steps,
            Examined = candidates.Fitted,
            Best = best,
            Model = Fit(best, moments, [Selected(candidates.Fitted)], source, options, cancellation),
        };
    }

    /// <summary>The best of all subsets of the terms: of each number of terms the one with the least RSS, and of all the one with the least criterion. With
    /// <see cref="SelectionOptions.Folds"/> each fold looks for the best subsets of its training rows, and validation chooses the number of terms.</summary>
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
        if (options.Folds is not null)
        {
            return Validated(formula, source, SelectionMethod.BestSubsets, options, progress, cancellation);
        }
        (DesignMoments moments, CandidateModels candidates) = Read(formula, source, options, progress, cancellation);
        (IReadOnlyList<int[]> sizes, int[] terms, long examined) = SubsetSearch.Run(candidates, moments.Code(null), options.Criterion, cancellation);
        SubsetModel best = candidates.Fit(terms);
        return new SelectionResult
        {
            Options = options,
            Method = SelectionMethod.BestSubsets,
            Formula = formula,
            Sizes = [.. sizes.Select(candidates.Fit)],
            Examined = examined,
            Best = best,
            Model = Fit(best, moments, [Selected(examined)], source, options, cancellation),
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

    private static SelectionResult Validated(
        string formula, IRowSource source, SelectionMethod method, SelectionOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options.Validate();
        FoldMoments folds = DesignMoments.ReadFolds(formula, source, options.Folds, options.Fit with { Covariance = CovarianceOptions.Classical }, progress, cancellation);
        return FoldSelection.Run(folds, method, formula, source, options, cancellation);
    }

    /// <summary>The fit of the model selected to the rows that have its values.</summary>
    internal static LinearModel Fit(
        SubsetModel best, DesignMoments moments, IReadOnlyList<Note> notes, IRowSource source, SelectionOptions options, CancellationToken cancellation) =>
        Noted(LinearRegression.Fit(best.Formula, source, options.Fit, null, cancellation), moments, notes);

    /// <summary>The model with what the reader of a selection should know.</summary>
    internal static LinearModel Noted(LinearModel model, DesignMoments moments, IReadOnlyList<Note> notes)
    {
        List<Note> all = [.. model.Notes, .. notes];
        if (model.Rows.Used > moments.Rows.Used)
        {
            all.Add(new Note(
                "selected-on-fewer-rows",
                $"Models were compared on the {moments.Rows.Used} rows that have all values of the whole formula; the model selected is fitted to the {model.Rows.Used} rows that have its own."));
        }
        return model with { Notes = all };
    }

    private static Note Selected(long examined) => new(
        "selected",
        $"The model was selected among {examined} by the data that it is fitted to. Its p-values and intervals do not know of that: p is too small, intervals are too narrow. Judge it on rows that took no part.");
}
