namespace Plumbline;

/// <summary>Fits ridge, lasso and elastic-net paths, and chooses λ: the front door.</summary>
public static class PenalizedRegression
{
    /// <summary>Fits a path to rows in one reading; with <paramref name="folds"/> also its validation error, from the same reading where that is possible.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + zipcode</c>; categories, <c>poly</c> and the rest as for a fit.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">The path; null for <see cref="PathOptions.Default"/>.</param>
    /// <param name="folds">How rows are divided for validation (<see cref="DesignMoments.ReadFolds"/>); null for none.</param>
    /// <param name="fit">Weights, missing values, threads; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">As <see cref="RegularizationPath.Of"/> and <see cref="DesignMoments.ReadFolds"/>.</exception>
    public static PenalizedFit Fit(
        string formula,
        IRowSource source,
        PathOptions? options = null,
        FoldOptions? folds = null,
        FitOptions? fit = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        fit ??= FitOptions.Default;
        (options ??= PathOptions.Default).Validate();
        return folds is null
            ? Fit(DesignMoments.Read(formula, source, fit, progress, cancellation), options, cancellation)
            : Fit(DesignMoments.ReadFolds(formula, source, folds, fit, progress, cancellation), options, fit.Threads, cancellation);
    }

    /// <summary>Fits a path to moments, without a look at the rows.</summary>
    /// <param name="moments">Of the rows.</param>
    /// <param name="options">The path; null for <see cref="PathOptions.Default"/>.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="PlumblineException">As <see cref="RegularizationPath.Of"/>.</exception>
    public static PenalizedFit Fit(DesignMoments moments, PathOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(moments);
        (options ??= PathOptions.Default).Validate();
        moments.Rows.RequireUsed();
        CodedMoments coded = moments.Code(null);
        return new PenalizedFit(moments, coded, Path(coded, options, cancellation), null, []);
    }

    /// <summary>Fits a path to all rows, and for every fold to its training rows, with the same λ; transforms learnt from the data are learnt anew in each.</summary>
    /// <param name="folds">The moments of the parts.</param>
    /// <param name="options">The path; null for <see cref="PathOptions.Default"/>.</param>
    /// <param name="threads">How many folds at a time; 0 for as many as there are cores.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="PlumblineException">As <see cref="RegularizationPath.Of"/>.</exception>
    public static PenalizedFit Fit(FoldMoments folds, PathOptions? options = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        (options ??= PathOptions.Default).Validate();
        DesignMoments all = folds.Development;
        CodedMoments coded = all.Code(null);
        RegularizationPath path = Path(coded, options, cancellation);
        PathOptions same = options with { Lambdas = [.. path.Steps.Select(static s => s.Lambda)] };
        var rounds = new (double[] Sums, double Weight, IReadOnlyList<string> Constant)[folds.Rounds];
        DesignMoments[] training = [.. Enumerable.Range(0, folds.Rounds).Select(folds.Training)];
        FoldWork.ForEach(rounds.Length, threads, cancellation, round =>
        {
            CodedMoments fitted = training[round].CodeWith(folds.Whole.Levels);
            RegularizationPath of = Path(fitted, same, cancellation);
            var loss = new ValidationLoss(folds.Validation(round).CodeAs(fitted.Design));
            rounds[round] = ([.. of.Steps.Select(step => loss.SumOfSquares(step.Coefficients))], loss.Weight, of.Constant);
        });
        ValidationScore[] scores = [.. path.Steps.Select((_, k) => FoldMeans.Of([.. rounds.Select(round => (round.Sums[k], round.Weight))]))];
        Note[] notes = [.. rounds.SelectMany(static r => r.Constant).Except(path.Constant, StringComparer.Ordinal).Select(name => ConstantInFold(name, rounds))];
        return new PenalizedFit(all, coded, path, new PathValidation(folds.Options, scores, [.. training.Select(static t => t.Rows.Used)], [.. Enumerable.Range(0, folds.Rounds).Select(r => folds.Validation(r).Rows.Used)]), notes);
    }

    /// <summary>Factors and bounds of the predictors.</summary>
    internal static ColumnLimits Limits(CodedMoments coded, PathOptions options) =>
        ColumnLimits.Of(options, [.. coded.Design.Columns.Skip(coded.HasIntercept ? 1 : 0).Select(c => (c.Name, coded.Design.Terms[c.Term - 1].Name))]);

    private static RegularizationPath Path(CodedMoments coded, PathOptions options, CancellationToken cancellation) =>
        PenalizedPath.Solve(PenalizedProblem.Of(coded.Model, coded.HasIntercept, options.Standardize), Limits(coded, options), options, cancellation);

    private static Note ConstantInFold(string name, (double[] Sums, double Weight, IReadOnlyList<string> Constant)[] rounds)
    {
        int count = rounds.Count(r => r.Constant.Contains(name, StringComparer.Ordinal));
        return FoldNotes.Constant(name, count, rounds.Length);
    }
}
