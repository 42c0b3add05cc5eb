using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

public readonly partial struct DoubleDouble
{
    /// <summary>ln 2.</summary>
    public static DoubleDouble Ln2 { get; } = new(0.6931471805599453, 2.3190468138462996e-17, true);

    /// <summary>π.</summary>
    public static DoubleDouble Pi { get; } = new(3.141592653589793, 1.2246467991473532e-16, true);

    /// <summary>The natural logarithm, to a relative 2⁻⁹⁶ (absolute near 1); not a number below 0.</summary>
    /// <remarks>
    /// Method: v = 2^k·m with m in [√½, √2); m is divided by c = n/64 near it, and
    /// log v = k·ln 2 + log c + 2·artanh(s), s = (m/c − 1)/(m/c + 1), |s| below 1/128; log c by the same series.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DoubleDouble Log(DoubleDouble value)
    {
        if (!(value.High > 0) || double.IsInfinity(value.High))
        {
            return From(Math.Log(value.High));
        }
        return LogScaled(value, 0);
    }

    /// <summary>The logarithm of an exact positive value, whatever its exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static DoubleDouble Log(ExactValue value)
    {
        if (value.Sign <= 0)
        {
            return From(double.NaN);
        }
        int power = value.Magnitude;
        return LogScaled(From(value.Scale(-power)), power);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble LogScaled(DoubleDouble value, int power)
    {
        int k = Math.ILogB(value.High);
        DoubleDouble m = value.Scale(-k);                     // in [1, 2)
        if (m.High > 1.4142135623730951)
        {
            m = m.Scale(-1);
            k++;
        }
        int n = (int)Math.Round(m.High * 64);                 // 45 … 91
        DoubleDouble result = LogRatio(m * From(64), From(n));
        if (n != 64)
        {
            result += LogInteger(n) - (From(6) * Ln2);
        }
        return result + (From((double)k + power) * Ln2);
    }

    /// <summary>log n against the power of two below it; |s| is then below 1/3, some 35 terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble LogInteger(int n)
    {
        int k = int.Log2(n);
        return LogRatio(From(n), From(1 << k)) + (From(k) * Ln2);
    }

    /// <summary>log(a/b) = 2·artanh((a − b)/(a + b)), summed until terms vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble LogRatio(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble s = (a - b) / (a + b);
        DoubleDouble square = s * s;
        DoubleDouble power = s;
        DoubleDouble sum = s;
        for (int i = 3; Math.Abs(power.High) > Math.Abs(sum.High) * 1e-34 && i < 200; i += 2)
        {
            power *= square;
            sum += power / From(i);
        }
        return sum + sum;
    }
}
