using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// A number held as the unevaluated sum of two doubles, High + Low with |Low| ≤ ½ulp(High): about 106 bits.
/// Relative errors, with u = 2⁻⁵³: sum and difference 3u², product 5u², quotient 15u², square root 4u².
/// </summary>
/// <remarks>
/// Source: Joldes, Muller, Popescu, Tight and rigorous error bounds for basic building blocks of double-word
/// arithmetic, ACM TOMS 44 (2017), algorithms 6, 12 and 17; Lefèvre et al., Accurate calculation of Euclidean
/// norms using double-word arithmetic, ACM TOMS 49 (2023), for the root.
/// The range is that of doubles; below about 2⁻⁹⁶⁰ low parts are lost.
/// </remarks>
public readonly partial struct DoubleDouble : IReal<DoubleDouble>, IEquatable<DoubleDouble>, IComparable<DoubleDouble>
{
    /// <summary>A value from its two parts, which are normalized.</summary>
    public DoubleDouble(double high, double low)
    {
        High = ErrorFree.TwoSum(high, low, out double rest);
        Low = double.IsFinite(High) ? rest : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleDouble(double high, double low, bool normalized)
    {
        _ = normalized;
        High = high;
        Low = low;
    }

    /// <summary>The nearest double.</summary>
    public double High { get; }

    /// <summary>What <see cref="High"/> leaves.</summary>
    public double Low { get; }

    static int IReal<DoubleDouble>.Bits => 101;

    // Each sum errs by 3u² of a partial sum, all products by 5u² of their sum, the conversion by 2u²: (3p + 7)u² < 5pu².
    static double IReal<DoubleDouble>.DotUnit => 5.1 / ((double)(1L << 53) * (1L << 53));

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Math.Sign(High);

    /// <summary>A double, without error.</summary>
    public static DoubleDouble From(double value) => new(value, 0, true);

    /// <summary>An exact value, truncated to 106 bits.</summary>
    public static DoubleDouble From(ExactValue value)
    {
        Span<double> pieces = stackalloc double[2];
        ExactBits.Cut(value, pieces);
        return new DoubleDouble(pieces[0], pieces[1]);
    }

    /// <summary>A double, without error.</summary>
    public static implicit operator DoubleDouble(double value) => From(value);

    /// <summary>The nearest double.</summary>
    public static explicit operator double(DoubleDouble value) => value.High;

    /// <inheritdoc/>
    public double ToDouble() => High;

    /// <summary>The value without rounding; it must be finite.</summary>
    public ExactValue ToExact() => ExactValue.From(High) + ExactValue.From(Low);

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double s = ErrorFree.TwoSum(a.High, b.High, out double e);
        double t = ErrorFree.TwoSum(a.Low, b.Low, out double f);
        s = ErrorFree.FastTwoSum(s, e + t, out e);
        s = ErrorFree.FastTwoSum(s, e + f, out e);
        return new DoubleDouble(s, e, true);
    }

    /// <summary>The negated value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low, true);

    /// <summary>The difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    /// <summary>The product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = ErrorFree.TwoProduct(a.High, b.High, out double e);
        double cross = Math.FusedMultiplyAdd(a.Low, b.High, Math.FusedMultiplyAdd(a.High, b.Low, a.Low * b.Low));
        p = ErrorFree.FastTwoSum(p, e + cross, out e);
        return new DoubleDouble(p, e, true);
    }

    /// <summary>The quotient.</summary>
    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q = a.High / b.High;
        if (!double.IsFinite(q))
        {
            return From(q);
        }
        DoubleDouble rest = a - (b * From(q));
        double high = ErrorFree.FastTwoSum(q, rest.High / b.High, out double low);
        return new DoubleDouble(high, low, true);
    }

    /// <summary>The square root; not a number below 0.</summary>
    public static DoubleDouble Sqrt(DoubleDouble value)
    {
        double root = Math.Sqrt(value.High);
        if (root == 0 || !double.IsFinite(root))
        {
            return From(root);
        }
        double rest = Math.FusedMultiplyAdd(-root, root, value.High) + value.Low;
        double high = ErrorFree.FastTwoSum(root, rest / (2 * root), out double low);
        return new DoubleDouble(high, low, true);
    }

    /// <summary>The value times 2^<paramref name="power"/>.</summary>
    public DoubleDouble Scale(int power) => new(Math.ScaleB(High, power), Math.ScaleB(Low, power), true);

    /// <inheritdoc/>
    public int CompareTo(DoubleDouble other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <inheritdoc/>
    public bool Equals(DoubleDouble other) => High == other.High && Low == other.Low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DoubleDouble other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(High, Low);

    /// <inheritdoc/>
    public override string ToString() => Low == 0 ? $"{High:R}" : $"{High:R} {(Low < 0 ? '-' : '+')} {Math.Abs(Low):R}";

    /// <summary>Whether the two are the same number.</summary>
    public static bool operator ==(DoubleDouble a, DoubleDouble b) => a.Equals(b);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(DoubleDouble a, DoubleDouble b) => !a.Equals(b);

    /// <summary>Order of the real line.</summary>
    public static bool operator <(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    /// <summary>Order of the real line.</summary>
    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    /// <summary>Order of the real line.</summary>
    public static bool operator <=(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low <= b.Low);

    /// <summary>Order of the real line.</summary>
    public static bool operator >=(DoubleDouble a, DoubleDouble b) => b <= a;
}
