using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What columns do to the residual sum of squares: RSS(smaller) − RSS(larger), where the larger model has all columns of the
/// smaller, and more.
/// </summary>
/// <remarks>
/// Method      both RSS are enclosed to a relative 2⁻¹⁰⁰, and so the difference has that much of the larger one: it does not cancel.
///             It is exactly 0 if and only if every estimate of an added column is, which exact solving decides.
/// Cost        two solutions.
/// Source      Seber and Lee, Linear Regression Analysis, 2nd ed., §4.3.
/// Fails when  the difference is below 2⁻¹⁰⁰ of RSS and yet not 0: it then has no proven digit, which <see cref="Digits"/> says.
/// </remarks>
internal sealed record ReductionOfRss(long Df, ExactInterval SumOfSquares)
{
    /// <summary>Correct significant digits of the sum of squares.</summary>
    public int? Digits => CorrectDigits.Count(SumOfSquares.ToDouble(), SumOfSquares);

    /// <summary>Compares two solutions.</summary>
    /// <param name="smaller">The model without the columns.</param>
    /// <param name="larger">The model with them.</param>
    /// <param name="added">The columns added, as the larger solution calls them.</param>
    public static ReductionOfRss Of(LeastSquaresSolution smaller, LeastSquaresSolution larger, IReadOnlyCollection<int> added)
    {
        int df = larger.Rank - smaller.Rank;
        ExactInterval difference = smaller.RssEnclosure!.Value - larger.RssEnclosure!.Value;
        bool isZero = df <= 0 || (difference.ContainsZero && Enumerable.Range(0, larger.Rank)
            .Where(k => added.Contains(larger.Kept[k]))
            .All(k => larger.Estimates[k] == 0 && larger.Digits[k] is null));
        return new ReductionOfRss(Math.Max(0, df), isZero ? default : difference.NotNegative());
    }

    /// <summary>
    /// (sum of squares / df) / (RSS / residual df) with its p-value: NaN without degrees of freedom, infinite when RSS is exactly 0.
    /// </summary>
    public FTest Test(LeastSquaresSolution full)
    {
        double df2 = full.Statistics.DfResidual;
        ExactInterval rss = full.RssEnclosure!.Value;
        if (Df == 0 || df2 == 0 || (rss.IsZero && SumOfSquares.IsZero))
        {
            return new FTest(double.NaN, Df, df2, double.NaN);
        }
        if (rss.Low.Sign <= 0)
        {
            return new FTest(double.PositiveInfinity, Df, df2, double.NaN);
        }
        double f = (SumOfSquares / rss * FitStatistics.Ratio(full.Statistics.DfResidual, Df)).ToDouble();
        return new FTest(f, Df, df2, FisherF.UpperTail(f, Df, df2));
    }
}
