namespace Plumbline.Numerics;

/// <summary>The standard normal distribution: mean 0, variance 1.</summary>
/// <remarks>
/// Accuracy: 1e-12 relative in both tails and in the quantiles, for probabilities down to 1e-300; 2e-15 is the worst seen.
/// Quantiles keep that relative accuracy as they cross 0: near p = ½ they are found from p − ½, which the given double
/// holds exactly. NaN in gives NaN. Method: z² is χ² with 1 degree of freedom; see RatioLaw.cs and QuantileSearch.cs.
/// </remarks>
public static class Normal
{
    /// <summary>P(Z ≤ <paramref name="z"/>).</summary>
    /// <param name="z">The value of z.</param>
    public static double LowerTail(double z) => StudentT.LowerTail(z, double.PositiveInfinity);

    /// <summary>P(Z &gt; <paramref name="z"/>).</summary>
    /// <param name="z">The value of z.</param>
    public static double UpperTail(double z) => StudentT.UpperTail(z, double.PositiveInfinity);

    /// <summary>P(|Z| ≥ |<paramref name="z"/>|): the two-sided p-value of a z test.</summary>
    /// <param name="z">The value of z.</param>
    public static double TwoSided(double z) => StudentT.TwoSided(z, double.PositiveInfinity);

    /// <summary>The z with P(Z ≤ z) = <paramref name="p"/>; infinite for p = 0 and p = 1.</summary>
    /// <param name="p">A probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside 0 to 1.</exception>
    public static double Quantile(double p) => StudentT.Quantile(p, double.PositiveInfinity);

    /// <summary>The z with P(Z &gt; z) = <paramref name="q"/>; infinite for q = 0 and q = 1.</summary>
    /// <param name="q">A probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside 0 to 1.</exception>
    public static double UpperQuantile(double q) => StudentT.UpperQuantile(q, double.PositiveInfinity);
}
