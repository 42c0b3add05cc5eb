namespace Plumbline.Numerics;

/// <summary>
/// The χ² distribution: the sum of the squares of independent standard normal variables.
/// Degrees of freedom are a real number above 0, or infinite (then all probability is at infinity).
/// </summary>
/// <remarks>
/// Accuracy: 1e-12 relative in both tails and in the quantiles, for 1 to 10⁹ degrees of freedom and probabilities
/// down to 1e-300; 2e-15 is the worst seen. A tail above about ½ is 1 less the other one.
/// NaN in gives NaN. The method is told in RatioLaw.cs and QuantileSearch.cs.
/// </remarks>
public static class ChiSquared
{
    /// <summary>P(χ² ≤ <paramref name="x"/>).</summary>
    /// <param name="x">The value of χ²; below 0 the probability is 0.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative.</exception>
    public static double LowerTail(double x, double degrees) => Tail(x, degrees, upper: false);

    /// <summary>P(χ² &gt; <paramref name="x"/>): the p-value of a χ² test.</summary>
    /// <inheritdoc cref="LowerTail"/>
    public static double UpperTail(double x, double degrees) => Tail(x, degrees, upper: true);

    /// <summary>The x with P(χ² ≤ x) = <paramref name="p"/>.</summary>
    /// <param name="p">A probability, 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <returns>The quantile: 0 for p = 0 or when it is too small for a double, infinity for p = 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double Quantile(double p, double degrees)
    {
        DistributionArguments.Probability(p);
        return Quantile(p, 1 - p, degrees);
    }

    /// <summary>The x with P(χ² &gt; x) = <paramref name="q"/>: the critical value of a χ² test.</summary>
    /// <param name="q">A probability, 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    /// <returns>The quantile: infinity for q = 0, 0 for q = 1 or when it is too small for a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double UpperQuantile(double q, double degrees)
    {
        DistributionArguments.Probability(q);
        return Quantile(1 - q, q, degrees);
    }

    private static double Tail(double x, double degrees, bool upper)
    {
        DistributionArguments.Degrees(degrees);
        if (double.IsNaN(x) || double.IsNaN(degrees))
        {
            return double.NaN;
        }
        if (double.IsPositiveInfinity(x))
        {
            return upper ? 0 : 1;
        }
        if (x <= 0 || double.IsInfinity(degrees))
        {
            return upper ? 1 : 0;
        }
        return new RatioLaw(0.5 * degrees, double.PositiveInfinity).Tail(PositiveNumber.Quotient(x, degrees), upper);
    }

    private static double Quantile(double lower, double upper, double degrees)
    {
        DistributionArguments.Degrees(degrees);
        if (double.IsNaN(lower + degrees))
        {
            return double.NaN;
        }
        if (double.IsInfinity(degrees))
        {
            return lower == 0 ? 0 : double.PositiveInfinity;
        }
        return QuantileSearch.Find(
            new RatioLaw(0.5 * degrees, double.PositiveInfinity), new QuantileSearch.Variable(degrees, Root: false), lower, upper);
    }
}
