namespace Plumbline;

/// <summary>
/// How often each of n units is drawn when n are drawn with replacement, unit by unit: counts that are exactly multinomial,
/// without the units being known or numbered in advance. Each seed and replicate has a sequence of its own, the same bits everywhere.
/// </summary>
/// <remarks>
/// Method      of the draws that are left, each falls on the next of the k units left with chance 1/k, whatever happened before: the count is
///             binomial (m, 1/k), and is found by inversion of one uniform number. (1 − 1/k)^m comes from + − × ÷ alone.
/// Cost        one uniform number and about two steps a unit.
/// Source      Devroye, Non-Uniform Random Variate Generation (1986), §XI.1.4 (conditional method), §X.4.1 (inversion).
/// Fails when  asked for more than n units: there are none left to draw.
/// </remarks>
internal sealed class ResampleCounts(ulong seed, int replicate, long units)
{
    private const int Series = 1024;            // from so many units on, a short series gives the logarithm
    private const int Few = 8;                  // draws for each unit left, at most, for one inversion

    private static readonly double[] s_inverseFactorials =
    [
        1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800,
        1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200,
    ];

    private readonly NormalGenerator _random = new(Mix(Mix(seed + 0x9E3779B97F4A7C15) + (((ulong)replicate + 1) * 0xD1342543DE82EF95)));
    private long _units = units;
    private long _draws = units;

    /// <summary>The count of the next unit.</summary>
    public long Next()
    {
        if (_units <= 0)
        {
            throw new InvalidOperationException("All units were drawn from already.");
        }
        long count = _units == 1 ? _draws : Binomial(_draws, _units);
        _units--;
        _draws -= count;
        return count;
    }

    /// <summary>How many of m draws fall on one of k ≥ 2 units.</summary>
    private long Binomial(long m, long k)
    {
        if (m > Few * k)
        {
            return Binomial(m / 2, k) + Binomial(m - (m / 2), k);       // hardly ever: it keeps (1 − 1/k)^m far from 0
        }
        double uniform = (_random.Bits() >> 11) * (1.0 / (1L << 53));
        double chance = None(m, k);
        long count = 0;
        while (uniform >= chance && count < m)
        {
            uniform -= chance;
            chance *= (m - count) / ((count + 1.0) * (k - 1));
            count++;
        }
        return count;
    }

    /// <summary>(1 − 1/k)^m for m ≤ 8k.</summary>
    private static double None(long m, long k)
    {
        double x = 1.0 / k;
        if (k < Series)
        {
            double power = 1, square = 1 - x;
            for (long rest = m; rest > 0; rest >>= 1)
            {
                power *= (rest & 1) == 1 ? square : 1;
                square *= square;
            }
            return power;
        }
        // −log(1 − x) by its series, x ≤ 2⁻¹⁰; then e^−t = (e^(−t/16))¹⁶, the inner one by its series.
        double log = x * (1 + (x * ((1.0 / 2) + (x * ((1.0 / 3) + (x * ((1.0 / 4) + (x * ((1.0 / 5) + (x / 6))))))))));
        double t = m * log / -16, sum = s_inverseFactorials[^1];
        for (int term = s_inverseFactorials.Length - 2; term >= 0; term--)
        {
            sum = Math.FusedMultiplyAdd(sum, t, s_inverseFactorials[term]);
        }
        double fourth = sum * sum * sum * sum;
        return fourth * fourth * fourth * fourth;
    }

    // The finalizer of SplitMix64: neighbors become unrelated.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
