using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Analysis of variance: what each term does to the residual sum of squares.</summary>
/// <remarks>
/// Method      the difference of the residual sums of squares of two models that exact moments give, <see cref="ReductionOfRss"/>:
///             type I   terms up to this one, against those before it;
///             type II  this term and all that do not contain it, against the latter;
///             type III the whole model, against all its other columns.
///             F is against the mean square of the residuals of the whole model.
/// Cost        a solution for each model that is compared, without the rows; models with the same columns are solved once.
/// Source      Fox, Applied Regression Analysis, 3rd ed., §8.2; the same tables as R's anova (I) and car::Anova (II and III).
/// Fails when  columns are aliased: then degrees of freedom are differences of ranks, and a term that the others determine has
///             none (car refuses such models, or tests the columns that happened to be kept).
/// </remarks>
internal sealed class AnovaTests
{
    private readonly ISubmodels _models;
    private readonly int[] _all;
    private readonly LeastSquaresSolution _full;
    private readonly Dictionary<string, LeastSquaresSolution> _solved = new(StringComparer.Ordinal);

    private AnovaTests(ISubmodels models)
    {
        _models = models;
        int[] intercept = models.HasIntercept ? [0] : [];
        _all = [.. intercept, .. models.Terms.SelectMany(static t => t.Columns)];
        _full = models.Solve(_all);
    }

    /// <summary>The table of a model.</summary>
    /// <param name="models">The model's columns and sums.</param>
    /// <param name="type">Which models are compared.</param>
    public static AnovaTable Table(ISubmodels models, AnovaType type)
    {
        var tests = new AnovaTests(models);
        FitStatistics statistics = tests._full.Statistics;
        double df = statistics.DfResidual;
        ExactInterval rss = tests._full.RssEnclosure!.Value;
        double meanSquare = df > 0 ? (rss * FitStatistics.Ratio(1, statistics.DfResidual)).ToDouble() : double.NaN;
        return new AnovaTable
        {
            Type = type,
            Terms =
            [
                .. type == AnovaType.Partial && models.HasIntercept ? [tests.Intercept()] : (ReadOnlySpan<AnovaRow>)[],
                .. Enumerable.Range(0, models.Terms.Count).Select(t => tests.Term(t, type)),
            ],
            Residuals = new AnovaRow("Residuals", statistics.DfResidual, statistics.Rss, meanSquare, double.NaN, double.NaN, CorrectDigits.Count(statistics.Rss, rss)),
        };
    }

    private AnovaRow Term(int index, AnovaType type)
    {
        SubmodelTerm term = _models.Terms[index];
        IEnumerable<SubmodelTerm> others = type switch
        {
            AnovaType.Sequential => _models.Terms.Take(index),
            AnovaType.Hierarchical => _models.Terms.Where(t => t != term && !t.Contains(term)),
            _ => _models.Terms.Where(t => t != term),
        };
        int[] intercept = _models.HasIntercept ? [0] : [];
        int[] smaller = [.. intercept, .. others.SelectMany(static t => t.Columns)];
        int[] larger = [.. smaller, .. term.Columns];
        return Row(term.Name, ReductionOfRss.Of(Solve(smaller), Solve(larger), [.. term.Columns]));
    }

    private AnovaRow Intercept() => Row("(Intercept)", ReductionOfRss.Of(Solve(_all[1..]), _full, [0]));

    private AnovaRow Row(string name, ReductionOfRss reduction)
    {
        FTest test = reduction.Test(_full);
        double meanSquare = reduction.Df > 0 ? (reduction.SumOfSquares * FitStatistics.Ratio(1, reduction.Df)).ToDouble() : double.NaN;
        return new AnovaRow(name, reduction.Df, reduction.SumOfSquares.ToDouble(), meanSquare, test.Value, test.P, reduction.Digits);
    }

    /// <summary>A solution, made once. Without aliased columns it does not depend on their order.</summary>
    private LeastSquaresSolution Solve(int[] columns)
    {
        if (columns.Length == _all.Length && _full.Aliased.Length == 0)
        {
            return _full;
        }
        string key = string.Join(',', columns);
        if (!_solved.TryGetValue(key, out LeastSquaresSolution? solution))
        {
            solution = _models.Solve(columns);
            _solved.Add(key, solution);
        }
        return solution;
    }
}
