namespace Plumbline.Numerics;

/// <summary>
/// δ(a) in Γ(a) = √(2π/a)·(a/e)ᵃ·e^δ(a): what Stirling's formula leaves out, for a &gt; 0.
/// </summary>
/// <remarks>
/// Method      Σ B₂ₖ/(2k(2k−1)a²ᵏ⁻¹) for a ≥ 12; below, δ(a) = δ(a+1) + (a+½)·log(1+1/a) − 1, a sum of positive terms
/// Source      DLMF 5.11.1; Loader (2000), Fast and accurate computation of binomial probabilities
/// </remarks>
internal static class StirlingError
{
    private const double AsymptoticFrom = 12;

    public static double Of(double a)
    {
        double steps = 0;
        for (; a < AsymptoticFrom; a++)
        {
            steps += Step(a);
        }
        double inverse = 1 / a;
        double q = inverse * inverse;
        double series = (1 / 12.0) + (q * ((-1 / 360.0) + (q * ((1 / 1260.0) + (q * ((-1 / 1680.0) + (q * ((1 / 1188.0)
            + (q * ((-691 / 360360.0) + (q * ((1 / 156.0) + (q * (-3617 / 122400.0))))))))))))));
        return steps + (inverse * series);
    }

    // (a + ½)·log(1 + 1/a) − 1 = atanh(r)/r − 1 with r = 1/(2a + 1)
    private static double Step(double a)
    {
        if (a < 0.5)
        {
            return ((a + 0.5) * (Math.Log(1 + a) - Math.Log(a))) - 1;
        }
        double r = 1 / ((2 * a) + 1);
        return SmallDifferences.InverseTangentSeries(r * r);
    }
}
