namespace Plumbline;

/// <summary>
/// Selects the number of terms by cross-validation, with the whole search inside each fold.
/// Method      the search of all rows is made anew on the training moments of each fold (all rows less the fold): for every number of terms its model, whose
///             squared error on the fold's own rows is the form vᵀMv of their moments. Folds are summed size by size; the size with the least mean,
///             or the smallest within one standard error of it, is chosen, and its terms are those that the search finds in all rows.
/// Cost        one search a fold, and the readings of the folds; no row is read for it.
/// Source      Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., §7.10.2: to select terms by all rows first, and validate
///             then, is the wrong way. Breiman, Friedman, Olshen, Stone, Classification and Regression Trees (1984), §3.4.3, for one standard error.
/// </summary>
internal static class FoldSelection
{
    /// <summary>Selects.</summary>
    public static SelectionResult Run(FoldMoments folds, SelectionMethod method, string formula, IRowSource source, SelectionOptions options, CancellationToken cancellation)
    {
        DesignMoments all = folds.Development;
        all.Rows.RequireUsed();
        CodedMoments coded = all.CodeWith(folds.Whole.Levels);
        (CandidateModels candidates, IReadOnlyList<int[]> sizes, long examined) = Search(all, coded, method, options, cancellation);
        var rounds = new Round[folds.Rounds];
        DesignMoments[] training = [.. Enumerable.Range(0, folds.Rounds).Select(folds.Training)];
        FoldWork.ForEach(rounds.Length, options.Fit.Threads, cancellation, round =>
        {
            CodedMoments fitted = training[round].CodeWith(folds.Whole.Levels);
            (CandidateModels models, IReadOnlyList<int[]> own, _) = Search(training[round], fitted, method, options, cancellation);
            var loss = new ValidationLoss(folds.Validation(round).CodeAs(fitted.Design));
            rounds[round] = new Round(own, [.. own.Select(terms => loss.SumOfSquares(Coefficients(fitted, models, terms)))], loss.Weight, Aliased(fitted, models));
        });
        var validation = new SelectionValidation
        {
            Folds = folds.Options,
            Scores = [.. sizes.Select((_, k) => FoldMeans.Of([.. rounds.Select(round => (round.Sums[k], round.Weight))]))],
            Agreeing = [.. sizes.Select((terms, k) => rounds.Count(round => round.Sizes[k].SequenceEqual(terms)))],
            TrainingRows = [.. training.Select(static t => t.Rows.Used)],
            ValidationRows = [.. Enumerable.Range(0, folds.Rounds).Select(round => folds.Validation(round).Rows.Used)],
        };
        int[] chosen = sizes[validation.PlaceOf(options.Criterion)];
        SubsetModel best = candidates.Fit(chosen);
        IEnumerable<string> constant = rounds.SelectMany(static r => r.Aliased).Except(Aliased(coded, candidates), StringComparer.Ordinal).Distinct(StringComparer.Ordinal);
        Note[] notes =
        [
            new("selected", $"The number of terms was chosen among {sizes.Count} by validation, and the terms among {examined} models, by the data that the model is fitted to. Its p-values and intervals do not know of that: p is too small, intervals are too narrow. The validation error was chosen as the least of several, and is a little too small. Judge the model on rows that took no part."),
            .. constant.Select(name => FoldNotes.Constant(name, rounds.Count(r => r.Aliased.Contains(name, StringComparer.Ordinal)), rounds.Length)),
        ];
        return new SelectionResult
        {
            Options = options,
            Method = method,
            Formula = formula,
            Sizes = [.. sizes.Select(candidates.Fit)],
            Examined = examined,
            Best = best,
            Validation = folds.Test is { } test ? validation with { Test = Judge(all, test, coded, candidates, chosen) } : validation,
            Model = folds.Test is null
                ? SubsetSelection.Fit(best, all, notes, source, options, cancellation)
                : SubsetSelection.Noted(all.Select(best.Formula).Fit(options.Fit), all, notes),
        };
    }

    private static (CandidateModels Models, IReadOnlyList<int[]> Sizes, long Examined) Search(
        DesignMoments moments, CodedMoments coded, SelectionMethod method, SelectionOptions options, CancellationToken cancellation)
    {
        var candidates = new CandidateModels(moments, coded, options.Keep);
        if (method == SelectionMethod.Stepwise)
        {
            IReadOnlyList<int[]> path = SizePath.Run(candidates, options.Direction, cancellation);
            return (candidates, path, candidates.Fitted);
        }
        (IReadOnlyList<int[]> sizes, _, long examined) = SubsetSearch.Run(candidates, coded, null, cancellation);
        return (candidates, sizes, examined);
    }

    private static double[] Coefficients(CodedMoments coded, CandidateModels models, int[] terms)
    {
        LeastSquaresSolution solution = models.SolutionOf(terms);
        double[] coefficients = new double[coded.Design.Columns.Count];
        for (int k = 0; k < solution.Rank; k++)
        {
            coefficients[solution.Kept[k]] = solution.Estimates[k];
        }
        return coefficients;
    }

    private static FoldEvaluation Judge(DesignMoments training, DesignMoments test, CodedMoments coded, CandidateModels models, int[] terms)
    {
        var loss = new ValidationLoss(test.CodeAs(coded.Design));
        double sum = loss.SumOfSquares(Coefficients(coded, models, terms)), weight = coded.Model.Moments[0, 0].ToDouble();
        return new FoldEvaluation(training.Rows.Used, test.Rows.Used, models.Fit(terms).Rss / weight, sum / loss.Weight, loss.Tss > 0 ? 1 - (sum / loss.Tss) : double.NaN);
    }

    /// <summary>What no model of the fold can tell from other columns.</summary>
    private static IReadOnlyList<string> Aliased(CodedMoments coded, CandidateModels models) =>
        [.. models.SolutionOf([.. Enumerable.Range(0, models.Terms.Count)]).Aliased.Select(a => coded.Design.Columns[a.Column].Name)];

    /// <summary>What a fold found: for each size its terms and their error on the fold's rows.</summary>
    private sealed record Round(IReadOnlyList<int[]> Sizes, double[] Sums, double Weight, IReadOnlyList<string> Aliased);
}
