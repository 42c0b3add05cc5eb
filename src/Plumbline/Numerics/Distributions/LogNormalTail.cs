namespace Plumbline.Numerics;

/// <summary>
/// log Φ(z), Φ the standard normal distribution function, also where Φ is below the smallest double or next to 1.
/// </summary>
/// <remarks>
/// Method      below −20, −z²/2 − log(−z√2π) + log(1 − 1/z² + 3/z⁴ − …), whose terms fall below 1e-17 before they grow; to 0 the logarithm of
///             the tail; above 0 log(1 − Φ(−z)) without the cancellation.
/// Source      Abramowitz, Stegun, Handbook of Mathematical Functions, 26.2.12.
/// </remarks>
internal static class LogNormalTail
{
    private const double FarOut = -20;
    private const double HalfLogOfTwoPi = 0.91893853320467274178;

    /// <summary>log P(Z ≤ <paramref name="z"/>).</summary>
    public static double Lower(double z)
    {
        if (!(z < 0))
        {
            return Log1p(-Normal.UpperTail(z));
        }
        if (z > FarOut)
        {
            return Math.Log(Normal.LowerTail(z));
        }
        double inverse = 1 / (z * z), term = 1, sum = 0;
        for (int k = 1; Math.Abs(term) > 1e-18; k += 2)
        {
            term *= -k * inverse;
            sum += term;
        }
        return (-0.5 * z * z) - Math.Log(-z) - HalfLogOfTwoPi + Log1p(sum);
    }

    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
