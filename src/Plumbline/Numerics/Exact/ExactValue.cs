using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// An exact binary number, <c>Mantissa · 2^Exponent</c>: what a sum of products of doubles really is.
/// Canonical: the mantissa is odd, or both parts are 0. Addition and multiplication never round.
/// </summary>
public readonly struct ExactValue : IEquatable<ExactValue>, IComparable<ExactValue>
{
    /// <summary>The signed integer part; odd unless the value is 0.</summary>
    public BigInteger Mantissa { get; }

    /// <summary>The power of two; 0 when the value is 0.</summary>
    public int Exponent { get; }

    /// <summary>Zero.</summary>
    public static ExactValue Zero => default;

    /// <summary>The value <paramref name="mantissa"/> · 2^<paramref name="exponent"/>, brought to canonical form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ExactValue(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero)
        {
            Mantissa = BigInteger.Zero;
            Exponent = 0;
            return;
        }
        int shift = (int)BigInteger.TrailingZeroCount(mantissa);
        Mantissa = shift == 0 ? mantissa : mantissa >> shift;
        Exponent = exponent + shift;
    }

    /// <summary>The exact value of a finite double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ExactValue From(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers have an exact value.");
        }
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
        if (exponent == 0)
        {
            exponent = 1;
        }
        else
        {
            mantissa |= 1L << 52;
        }
        return new ExactValue(bits < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    /// <summary>Whether the value is 0.</summary>
    public bool IsZero => Mantissa.IsZero;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Mantissa.Sign;

    /// <summary>The sum, without rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ExactValue operator +(ExactValue a, ExactValue b)
    {
        if (a.IsZero)
        {
            return b;
        }
        if (b.IsZero)
        {
            return a;
        }
        int exponent = Math.Min(a.Exponent, b.Exponent);
        return new ExactValue((a.Mantissa << (a.Exponent - exponent)) + (b.Mantissa << (b.Exponent - exponent)), exponent);
    }

    /// <summary>The negated value.</summary>
    public static ExactValue operator -(ExactValue a) => new(-a.Mantissa, a.Exponent);

    /// <summary>The difference, without rounding.</summary>
    public static ExactValue operator -(ExactValue a, ExactValue b) => a + -b;

    /// <summary>The product, without rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ExactValue operator *(ExactValue a, ExactValue b) => new(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    /// <summary>The value times 2^<paramref name="power"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ExactValue Scale(int power) => IsZero ? this : new ExactValue(Mantissa, Exponent + power);

    /// <summary>The exponent e with 2^e ≤ |value| &lt; 2^(e+1); <see cref="int.MinValue"/> for 0.</summary>
    public int Magnitude => IsZero ? int.MinValue : (int)BigInteger.Abs(Mantissa).GetBitLength() - 1 + Exponent;

    /// <summary>The nearest double, ties to even; infinite when out of range, subnormals rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ToDouble()
    {
        if (IsZero)
        {
            return 0;
        }
        BigInteger magnitude = BigInteger.Abs(Mantissa);
        int top = Magnitude;                                // value in [2^top, 2^(top+1))
        int lsb = Math.Max(top - 52, -1074);                // exponent of the last bit that a double keeps
        int drop = lsb - Exponent;                          // bits of the mantissa below it
        BigInteger kept;
        if (drop <= 0)
        {
            kept = magnitude << -drop;
        }
        else
        {
            kept = magnitude >> drop;
            BigInteger rest = magnitude - (kept << drop);
            int half = rest.CompareTo(BigInteger.One << (drop - 1));
            if (half > 0 || (half == 0 && !kept.IsEven))
            {
                kept += 1;
            }
        }
        double result = Math.ScaleB((double)kept, lsb);     // kept ≤ 2^53: exact, and so is the scaling
        return Mantissa.Sign < 0 ? -result : result;
    }

    /// <inheritdoc/>
    public int CompareTo(ExactValue other) => (this - other).Sign;

    /// <inheritdoc/>
    public bool Equals(ExactValue other) => Mantissa == other.Mantissa && Exponent == other.Exponent;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExactValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mantissa, Exponent);

    /// <inheritdoc/>
    public override string ToString() => $"{Mantissa}·2^{Exponent}";

    /// <summary>Whether the two are the same number.</summary>
    public static bool operator ==(ExactValue a, ExactValue b) => a.Equals(b);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(ExactValue a, ExactValue b) => !a.Equals(b);

    /// <summary>Order of the real line.</summary>
    public static bool operator <(ExactValue a, ExactValue b) => a.CompareTo(b) < 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator >(ExactValue a, ExactValue b) => a.CompareTo(b) > 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator <=(ExactValue a, ExactValue b) => a.CompareTo(b) <= 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator >=(ExactValue a, ExactValue b) => a.CompareTo(b) >= 0;
}
