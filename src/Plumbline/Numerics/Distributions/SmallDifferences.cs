namespace Plumbline.Numerics;

/// <summary>
/// Elementary functions less the first terms of their series, without the cancellation.
/// </summary>
/// <remarks>
/// Method      power series where the terms cancel, the definition elsewhere
/// Source      Loader (2000), Fast and accurate computation of binomial probabilities (the idea);
///             the series are Taylor's
/// Fails when  an argument is outside the stated range
/// </remarks>
internal static class SmallDifferences
{
    /// <summary>Σ_{k≥1} r²ᵏ/(2k+1) = atanh(r)/r − 1, from r² ≤ ¼.</summary>
    public static double InverseTangentSeries(double square)
    {
        double sum = 0;
        double power = square;
        for (int k = 3; power / k > 1e-18 * sum; k += 2)
        {
            sum += power / k;
            power *= square;
        }
        return sum;
    }

    /// <summary>log(1 + v) − v for v ≥ −½.</summary>
    public static double LogOnePlusLessLinear(double v)
    {
        if (Math.Abs(v) > 0.5)
        {
            return Math.Log(1 + v) - v;
        }
        double r = v / (2 + v);                             // log(1 + v) = 2·atanh(r); 2r − v = −r·v
        return (2 * r * InverseTangentSeries(r * r)) - (r * v);
    }

    /// <summary>eˢ − 1 − s.</summary>
    public static double ExpLessLinear(double s)
    {
        if (Math.Abs(s) > 0.7)
        {
            return Math.Exp(s) - 1 - s;
        }
        double term = 0.5 * s * s;
        double sum = term;
        for (int k = 3; Math.Abs(term) > 1e-18 * sum; k++)
        {
            term *= s / k;
            sum += term;
        }
        return sum;
    }

    /// <summary>eˢ − 1.</summary>
    public static double ExpLessOne(double s) => Math.Abs(s) > 0.7 ? Math.Exp(s) - 1 : s + ExpLessLinear(s);

    /// <summary>
    /// log(1 − y + y·eˢ) − y·s, for 0 ≤ y ≤ 1 and any s: the cumulant function of a coin with probability y, less its mean.
    /// Near ½·y·(1 − y)·s² for small s. <paramref name="complement"/> is 1 − y, with its own relative accuracy.
    /// </summary>
    public static double CoinCumulant(double y, double complement, double s)
    {
        if (y > complement)
        {
            (y, complement, s) = (complement, y, -s);       // the coin's other face
        }
        if (s > 700)                                        // eˢ would overflow
        {
            double log = Math.Log(y) + s;
            return (log > 40 ? log : log < -40 ? Math.Exp(log) : Math.Log(complement + Math.Exp(log))) - (y * s);
        }
        double v = y * ExpLessOne(s);
        return Math.Abs(v) <= 0.5
            ? LogOnePlusLessLinear(v) + (y * ExpLessLinear(s))
            : Math.Log(1 + v) - (y * s);
    }
}
