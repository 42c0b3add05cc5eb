using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The numbers about a fit as a whole, as R's <c>summary.lm</c>, <c>logLik</c>, <c>AIC</c> and <c>BIC</c> define them.</summary>
/// <remarks>
/// Method      interval arithmetic on the enclosures of RSS and TSS; each result is the double nearest the middle, and so
///             the correctly rounded value whenever the enclosures are narrow. The likelihood's logarithms are double-double.
/// Fails when  RSS is exactly 0: F is infinite, likelihood, AIC and BIC are NaN. TSS exactly 0: R² and F are NaN.
/// </remarks>
internal sealed record FitStatistics
{
    /// <summary>Rows with non-zero weight.</summary>
    public required long Rows { get; init; }

    /// <summary>Rank, less one when there is an intercept.</summary>
    public required long DfModel { get; init; }

    /// <summary>Rows less rank.</summary>
    public required long DfResidual { get; init; }

    /// <summary>Residual sum of squares.</summary>
    public required double Rss { get; init; }

    /// <summary>Whether it is exactly 0.</summary>
    public required bool IsExactFit { get; init; }

    /// <summary>Total sum of squares: about the mean with an intercept, about 0 without.</summary>
    public required double Tss { get; init; }

    /// <summary>√(RSS / residual degrees of freedom).</summary>
    public required double Sigma { get; init; }

    /// <summary>1 − RSS/TSS.</summary>
    public required double RSquared { get; init; }

    /// <summary>1 − (RSS/TSS)·(n − intercept)/df.</summary>
    public required double AdjustedRSquared { get; init; }

    /// <summary>((TSS − RSS)/model df) / (RSS/residual df).</summary>
    public required double F { get; init; }

    /// <summary>Gaussian, at σ² = RSS/n, with ½Σ log w.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>−2·logLik + 2·(rank + 1).</summary>
    public required double Aic { get; init; }

    /// <summary>−2·logLik + log(n)·(rank + 1).</summary>
    public required double Bic { get; init; }

    /// <summary>Computes everything from enclosures in the data's units.</summary>
    /// <param name="rows">n.</param>
    /// <param name="rank">Coefficients estimated.</param>
    /// <param name="hasIntercept">Whether TSS is about the mean.</param>
    /// <param name="rss">Encloses RSS; [0, 0] when it is exactly 0.</param>
    /// <param name="tss">Encloses TSS; [0, 0] when it is exactly 0.</param>
    /// <param name="explainsNothing">Whether RSS = TSS exactly.</param>
    /// <param name="sumLogWeights">Σ log w.</param>
    public static FitStatistics From(
        long rows, int rank, bool hasIntercept, ExactInterval rss, ExactInterval tss, bool explainsNothing, ExactValue sumLogWeights)
    {
        int intercept = hasIntercept ? 1 : 0;
        long dfModel = rank - intercept;
        long dfResidual = rows - rank;
        rss = rss.NotNegative();
        tss = tss.NotNegative();

        double rSquared = double.NaN, adjusted = double.NaN, f = double.NaN;
        if (tss.Low.Sign > 0)
        {
            ExactInterval one = ExactInterval.From(1);
            ExactInterval unexplained = explainsNothing ? one : rss / tss;
            rSquared = (one - unexplained).ToDouble();
            if (dfResidual > 0)
            {
                adjusted = (one - (unexplained * Ratio(rows - intercept, dfResidual))).ToDouble();
            }
            if (dfModel > 0 && dfResidual > 0)
            {
                f = explainsNothing ? 0
                    : rss.Low.Sign <= 0 ? double.PositiveInfinity
                    : ((tss - rss) / rss * Ratio(dfResidual, dfModel)).ToDouble();
            }
        }
        double logLikelihood = double.NaN, aic = double.NaN, bic = double.NaN;
        if (rss.Low.Sign > 0)
        {
            DoubleDouble n = DoubleDouble.From(rows);
            DoubleDouble logN = DoubleDouble.Log(n);
            DoubleDouble logRss = DoubleDouble.Log((rss.Low + rss.High).Scale(-1));
            DoubleDouble one = DoubleDouble.From(1);
            DoubleDouble minusTwice = (n * (DoubleDouble.Log(DoubleDouble.Pi + DoubleDouble.Pi) + one + (logRss - logN)))
                - DoubleDouble.From(sumLogWeights);
            DoubleDouble parameters = DoubleDouble.From(rank + 1);
            logLikelihood = minusTwice.Scale(-1).High * -1;
            aic = (minusTwice + parameters + parameters).High;
            bic = (minusTwice + (parameters * logN)).High;
        }
        return new FitStatistics
        {
            Rows = rows,
            DfModel = dfModel,
            DfResidual = dfResidual,
            Rss = rss.ToDouble(),
            IsExactFit = rss.IsZero,
            Tss = tss.ToDouble(),
            Sigma = dfResidual > 0 ? ExactInterval.Sqrt(rss * Ratio(1, dfResidual)).ToDouble() : double.NaN,
            RSquared = rSquared,
            AdjustedRSquared = adjusted,
            F = f,
            LogLikelihood = logLikelihood,
            Aic = aic,
            Bic = bic,
        };
    }

    /// <summary>
    /// The same for sampling weights: they have no likelihood, and their scale has no meaning, so that σ is that of weights whose
    /// mean is 1.
    /// </summary>
    public FitStatistics WithoutLikelihood(double meanWeight) => this with
    {
        Sigma = Sigma / Math.Sqrt(meanWeight),
        LogLikelihood = double.NaN,
        Aic = double.NaN,
        Bic = double.NaN,
    };

    internal static ExactInterval Ratio(long numerator, long denominator)
        => ExactInterval.Quotient(new ExactValue(numerator, 0), new ExactValue(denominator, 0));
}
