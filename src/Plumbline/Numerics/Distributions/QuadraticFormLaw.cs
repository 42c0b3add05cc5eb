namespace Plumbline.Numerics;

/// <summary>
/// The sign of Q = Σ aᵢ zᵢ², the zᵢ independent standard normal: P(Q &lt; 0) and P(Q &gt; 0), each to some 13 digits however small it is.
/// </summary>
/// <remarks>
/// Method      with K(s) = −½ Σ log(1 − 2aᵢs), P(Q &lt; 0) = −(1/2πi) ∫ exp(K(s))/s ds along Re s = −g, 0 &lt; g &lt; −1/(2·min a). The line runs
///             through the saddle point of K(s) − log(−s), where the integrand is largest and positive, so nothing cancels. On the line
///             exp(K(s) − K(−g)) = Π (1 − i·t·bᵢ)^−½ with bᵢ = 2aᵢ/(1 + 2aᵢg): real arithmetic. t = τ·sinh(u), τ the width of the peak, and the
///             trapezoidal rule in u: singularities stay π/4 from the real line, so that a step of 1/16 errs by less than 1e-20.
/// Cost        some hundreds of nodes, each of as many operations as there are terms.
/// Source      Imhof, Computing the distribution of quadratic forms in normal variables, Biometrika 48 (1961), for the integral; Rice,
///             Distribution of quadratic forms in normal random variables, SIAM J. Sci. Stat. Comput. 1 (1980), for the line through the
///             saddle point; Trefethen, Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014).
/// Fails when  the smallest aᵢ is the difference of nearly equal numbers: P has then no more digits than it.
/// </remarks>
internal static class QuadraticFormLaw
{
    private const double Step = 1.0 / 16;
    private const double Negligible = 1e-20;

    /// <summary>P(Q &lt; 0); NaN without terms or when one is NaN.</summary>
    public static double Negative(ReadOnlySpan<double> a) => Tail(a, 1);

    /// <summary>P(Q &gt; 0).</summary>
    public static double Positive(ReadOnlySpan<double> a) => Tail(a, -1);

    private static double Tail(ReadOnlySpan<double> a, double sign)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (double term in a)
        {
            least = Math.Min(least, sign * term);
            greatest = Math.Max(greatest, sign * term);
        }
        if (a.IsEmpty || double.IsNaN(least) || (least == 0 && greatest == 0))
        {
            return double.NaN;
        }
        if (least >= 0 || greatest <= 0)
        {
            return least >= 0 ? 0 : 1;
        }
        double g = SaddlePoint(a, sign, least);
        var b = new double[a.Length];
        double exponent = 0, curvature = 1 / (g * g);
        for (int i = 0; i < b.Length; i++)
        {
            double twice = 2 * sign * a[i];
            exponent -= 0.5 * SmallLog(twice * g);
            b[i] = twice / (1 + (twice * g));
            curvature += 0.5 * b[i] * b[i];
        }
        return Math.Min(1, Math.Exp(exponent) / Math.PI * Integral(b, g, 1 / Math.Sqrt(curvature)));
    }

    /// <summary>The root of Σ aᵢ/(1 + 2aᵢg) + 1/g, which falls as g grows; it lies in the bracket for any a.</summary>
    private static double SaddlePoint(ReadOnlySpan<double> a, double sign, double least)
    {
        double low = 1 / ((a.Length + 2) * -least), high = 1 / (2 * -least);
        for (int step = 0; step < 60; step++)
        {
            double g = 0.5 * (low + high), slope = 1 / g;
            foreach (double term in a)
            {
                slope += sign * term / (1 + (2 * sign * term * g));
            }
            if (slope > 0)
            {
                low = g;
            }
            else
            {
                high = g;
            }
        }
        return low;
    }

    /// <summary>∫ Re[Π (1 − itbᵢ)^−½ / (g − it)] dt from 0 to infinity.</summary>
    private static double Integral(double[] b, double g, double width)
    {
        double sum = 0.5 * width / g;
        for (int node = 1; ; node++)
        {
            double u = node * Step, t = width * Math.Sinh(u);
            double size = 0, phase = 0;
            foreach (double one in b)
            {
                double x = t * one;
                size -= 0.25 * SmallLog(x * x);
                phase += 0.5 * Math.Atan(x);
            }
            double factor = Math.Exp(size) * width * Math.Cosh(u);
            sum += factor * ((g * Math.Cos(phase)) - (t * Math.Sin(phase))) / ((g * g) + (t * t));
            if (factor / Math.Sqrt((g * g) + (t * t)) < Negligible * Math.Abs(sum) || u > 700)
            {
                return sum * Step;
            }
        }
    }

    /// <summary>log(1 + x), to a few units in the last place.</summary>
    private static double SmallLog(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }
}
