using System.Numerics;

namespace Plumbline;

/// <summary>
/// Standard normal numbers with the same bits on every platform.
/// Method: xoshiro256** seeded by SplitMix64; normals by the polar method of Marsaglia, one of each pair kept for the
/// next call; √ is correctly rounded everywhere, and the logarithm is computed here from + − × ÷.
/// Cost: 1.27 pairs of uniforms and one logarithm for two normals.
/// Source: Blackman, Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021);
/// Marsaglia, Bray, A convenient method for generating normal variables, SIAM Review 6 (1964).
/// Fails when: never; the numbers reach about ±8.6.
/// </summary>
internal sealed class NormalGenerator
{
    private const double Ln2 = 0.693147180559945309;

    private readonly ulong[] _state = new ulong[4];
    private double _spare = double.NaN;

    /// <summary>A generator of its own sequence for each seed.</summary>
    public NormalGenerator(ulong seed)
    {
        for (int i = 0; i < 4; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            ulong z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            _state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>The next normal.</summary>
    public double Next()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }
        while (true)
        {
            double u = Uniform(), v = Uniform();
            double square = (u * u) + (v * v);
            if (square < 1 && square > 0)
            {
                double factor = Math.Sqrt(-2 * Log(square) / square);
                _spare = v * factor;
                return u * factor;
            }
        }
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Bits()
    {
        ulong[] s = _state;
        ulong result = BitOperations.RotateLeft(s[1] * 5, 7) * 9;
        ulong t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = BitOperations.RotateLeft(s[3], 45);
        return result;
    }

    // On a grid of 2⁻⁵² in [−1, 1).
    private double Uniform() => ((long)(Bits() >> 11) - (1L << 52)) * (1.0 / (1L << 52));

    /// <summary>
    /// log s for s in (0, 1): s = m·2ᵉ with m in [√½, √2), and log m = 2·artanh t with t = (m − 1)/(m + 1), |t| ≤ 0.172:
    /// the series t + t³/3 + … + t²¹/21 leaves less than 2⁻⁵⁵ of it.
    /// </summary>
    internal static double Log(double s)
    {
        int exponent = Math.ILogB(s);
        double m = Math.ScaleB(s, -exponent);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }
        double t = (m - 1) / (m + 1), square = t * t, sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = (sum * square) + (1.0 / k);
        }
        return (exponent * Ln2) + (2 * t * sum);
    }
}
