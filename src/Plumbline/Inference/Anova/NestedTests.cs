using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The tests of a smaller against a larger model: F, likelihood ratio, Wald.</summary>
/// <remarks>
/// Method      all three from the exact difference of the residual sums of squares, SS, and the larger RSS:
///             F = (SS/q)/(RSS/df), LR = n·log(1 + SS/RSS), Wald = q·F; q the difference of the ranks.
/// Cost        the two solutions.
/// Source      Greene, Econometric Analysis, 7th ed., §5.6 and §14.6; R's anova, lmtest::lrtest and lmtest::waldtest.
/// Fails when  the larger fit is exact or has no residual degrees of freedom: F is infinite or NaN, the others NaN.
/// </remarks>
internal static class NestedTests
{
    /// <summary>Compares two solutions of nested models.</summary>
    /// <param name="formulas">Of the smaller and the larger model.</param>
    /// <param name="smaller">The smaller model.</param>
    /// <param name="larger">The larger model, with all columns of the smaller first.</param>
    /// <param name="added">The columns that the larger has beside them.</param>
    public static NestedComparison Compare(
        (string Smaller, string Larger) formulas, LeastSquaresSolution smaller, LeastSquaresSolution larger, IReadOnlyCollection<int> added)
    {
        ReductionOfRss reduction = ReductionOfRss.Of(smaller, larger, added);
        FitStatistics full = larger.Statistics;
        FTest f = reduction.Test(larger);
        ExactInterval rss = larger.RssEnclosure!.Value;
        double ratio = double.NaN;
        if (rss.Low.Sign > 0)
        {
            ratio = full.Rows * Functions.Log1p((reduction.SumOfSquares / rss).ToDouble());
        }
        double wald = double.IsFinite(f.Value) ? f.Value * reduction.Df : double.NaN;
        return new NestedComparison
        {
            Smaller = formulas.Smaller,
            Larger = formulas.Larger,
            SmallerRss = smaller.Statistics.Rss,
            LargerRss = full.Rss,
            SmallerDfResidual = smaller.Statistics.DfResidual,
            LargerDfResidual = full.DfResidual,
            SmallerLogLikelihood = smaller.Statistics.LogLikelihood,
            LargerLogLikelihood = full.LogLikelihood,
            SumOfSquares = reduction.SumOfSquares.ToDouble(),
            Digits = reduction.Digits,
            F = f,
            LikelihoodRatio = ratio,
            LikelihoodRatioP = Upper(ratio, reduction.Df),
            Wald = wald,
            WaldP = Upper(wald, reduction.Df),
        };
    }

    private static double Upper(double statistic, long df) => double.IsNaN(statistic) ? double.NaN : ChiSquared.UpperTail(statistic, df);
}
