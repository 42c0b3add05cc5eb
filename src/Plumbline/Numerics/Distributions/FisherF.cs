namespace Plumbline.Numerics;

/// <summary>
/// Fisher's F distribution: the ratio of two independent χ² variables, each over its degrees of freedom.
/// Degrees of freedom are real numbers above 0, or infinite (the χ² is then its mean; both infinite: the constant 1).
/// </summary>
/// <remarks>
/// Accuracy: 1e-12 relative in both tails and in the quantiles, for 1 to 10⁹ degrees of freedom and probabilities
/// down to 1e-300; 2e-15 is the worst seen. A tail above about ½ is 1 less the other one.
/// NaN in gives NaN. The method is told in RatioLaw.cs and QuantileSearch.cs.
/// </remarks>
public static class FisherF
{
    /// <summary>P(F ≤ <paramref name="x"/>).</summary>
    /// <param name="x">The value of F; below 0 the probability is 0.</param>
    /// <param name="numerator">Degrees of freedom of the numerator.</param>
    /// <param name="denominator">Degrees of freedom of the denominator.</param>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom are 0 or negative.</exception>
    public static double LowerTail(double x, double numerator, double denominator) => Tail(x, numerator, denominator, upper: false);

    /// <summary>P(F &gt; <paramref name="x"/>): the p-value of an F test.</summary>
    /// <inheritdoc cref="LowerTail"/>
    public static double UpperTail(double x, double numerator, double denominator) => Tail(x, numerator, denominator, upper: true);

    /// <summary>The x with P(F ≤ x) = <paramref name="p"/>.</summary>
    /// <param name="p">A probability, 0 to 1.</param>
    /// <param name="numerator">Degrees of freedom of the numerator.</param>
    /// <param name="denominator">Degrees of freedom of the denominator.</param>
    /// <returns>The quantile: 0 for p = 0, infinity for p = 1, and either when the quantile is outside the range of doubles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double Quantile(double p, double numerator, double denominator)
    {
        DistributionArguments.Probability(p);
        return Quantile(p, 1 - p, numerator, denominator);
    }

    /// <summary>The x with P(F &gt; x) = <paramref name="q"/>: the critical value of an F test.</summary>
    /// <param name="q">A probability, 0 to 1.</param>
    /// <param name="numerator">Degrees of freedom of the numerator.</param>
    /// <param name="denominator">Degrees of freedom of the denominator.</param>
    /// <returns>The quantile: infinity for q = 0, 0 for q = 1, and either when the quantile is outside the range of doubles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom are 0 or negative, or the probability is outside 0 to 1.</exception>
    public static double UpperQuantile(double q, double numerator, double denominator)
    {
        DistributionArguments.Probability(q);
        return Quantile(1 - q, q, numerator, denominator);
    }

    private static double Tail(double x, double numerator, double denominator, bool upper)
    {
        DistributionArguments.Degrees(numerator);
        DistributionArguments.Degrees(denominator);
        if (double.IsNaN(x) || double.IsNaN(numerator) || double.IsNaN(denominator))
        {
            return double.NaN;
        }
        bool constant = double.IsInfinity(numerator) && double.IsInfinity(denominator);
        if (x <= 0 || (constant && x < 1))
        {
            return upper ? 1 : 0;
        }
        if (double.IsPositiveInfinity(x) || constant)
        {
            return upper ? 0 : 1;
        }
        return new RatioLaw(0.5 * numerator, 0.5 * denominator).Tail(PositiveNumber.Quotient(x, 1), upper);
    }

    private static double Quantile(double lower, double upper, double numerator, double denominator)
    {
        DistributionArguments.Degrees(numerator);
        DistributionArguments.Degrees(denominator);
        if (double.IsNaN(lower + numerator + denominator))
        {
            return double.NaN;
        }
        if (double.IsInfinity(numerator) && double.IsInfinity(denominator))
        {
            return 1;
        }
        return QuantileSearch.Find(
            new RatioLaw(0.5 * numerator, 0.5 * denominator), new QuantileSearch.Variable(1, Root: false), lower, upper);
    }
}
