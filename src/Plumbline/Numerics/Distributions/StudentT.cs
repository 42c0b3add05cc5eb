namespace Plumbline.Numerics;

/// <summary>
/// Student's t distribution. Degrees of freedom are a real number above 0, or infinite (then it is the normal distribution).
/// </summary>
/// <remarks>
/// Accuracy: 1e-12 relative in both tails, in the two-sided p and in the quantiles, for 1 to 10⁹ degrees of freedom and
/// probabilities down to 1e-300; 2e-15 is the worst seen. Quantiles keep that relative accuracy as they cross 0:
/// near p = ½ they are found from p − ½, which the given double holds exactly.
/// NaN in gives NaN. Method: t² is F with 1 and ν degrees of freedom; see RatioLaw.cs and QuantileSearch.cs.
/// </remarks>
public static class StudentT
{
    /// <summary>P(T ≤ <paramref name="t"/>).</summary>
    /// <param name="t">The value of t.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative.</exception>
    public static double LowerTail(double t, double degrees) => UpperTail(-t, degrees);

    /// <summary>P(T &gt; <paramref name="t"/>).</summary>
    /// <inheritdoc cref="LowerTail"/>
    public static double UpperTail(double t, double degrees)
    {
        double half = 0.5 * TwoSided(t, degrees);
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>P(|T| ≥ |<paramref name="t"/>|): the two-sided p-value of a t test.</summary>
    /// <inheritdoc cref="LowerTail"/>
    public static double TwoSided(double t, double degrees)
    {
        DistributionArguments.Degrees(degrees);
        if (double.IsNaN(t) || double.IsNaN(degrees))
        {
            return double.NaN;
        }
        double magnitude = Math.Abs(t);
        if (magnitude == 0 || double.IsInfinity(magnitude))
        {
            return magnitude == 0 ? 1 : 0;
        }
        return new RatioLaw(0.5, 0.5 * degrees).Tail(PositiveNumber.Square(magnitude), upper: true);
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="p"/>.</summary>
    /// <param name="p">A probability, 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <returns>The quantile, infinite for p = 0 and p = 1 and when it is outside the range of doubles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double Quantile(double p, double degrees)
    {
        DistributionArguments.Probability(p);
        DistributionArguments.Degrees(degrees);
        if (double.IsNaN(p + degrees))
        {
            return double.NaN;
        }
        if (p == 0.5)
        {
            return 0;
        }
        // |t| has the two-sided p of the smaller tail; 1 − p is exact for p > ½, and 1 − 2p is where it matters.
        double tail = p < 0.5 ? p : 1 - p;
        double magnitude = QuantileSearch.Find(
            new RatioLaw(0.5, 0.5 * degrees), new QuantileSearch.Variable(1, Root: true), 1 - (2 * tail), 2 * tail);
        return p < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>The t with P(T &gt; t) = <paramref name="q"/>: the critical value of a one-sided t test (of a two-sided one for q = α/2).</summary>
    /// <param name="q">A probability, 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <returns>The quantile, infinite for q = 0 and q = 1 and when it is outside the range of doubles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double UpperQuantile(double q, double degrees)
    {
        DistributionArguments.Probability(q);
        double t = Quantile(q, degrees);
        return t == 0 ? 0 : -t;
    }
}
