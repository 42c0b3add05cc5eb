using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// A number held as the unevaluated sum of four doubles of falling magnitude: about 212 bits.
/// Relative errors: sum, difference and product below 2⁻²⁰⁴, quotient and square root below 2⁻²⁰².
/// </summary>
/// <remarks>
/// Method: sums merge the eight parts by magnitude and renormalize; products take every partial product
/// down to the third order exactly, those of the third order rounded, and leave out what is below 2⁻²¹⁰ relative.
/// Source: Hida, Li, Bailey, Algorithms for quad-double precision floating point arithmetic, ARITH-15 (2001);
/// Joldes, Marty, Muller, Popescu, Arithmetic algorithms for extended precision using floating-point expansions,
/// IEEE TC 65 (2016), for merging and renormalization.
/// The range is that of doubles; below about 2⁻⁸⁰⁰ the last parts are lost.
/// </remarks>
public readonly partial struct QuadDouble : IReal<QuadDouble>, IEquatable<QuadDouble>, IComparable<QuadDouble>
{
    private readonly double _0;
    private readonly double _1;
    private readonly double _2;
    private readonly double _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private QuadDouble(double part0, double part1, double part2, double part3)
    {
        _0 = part0;
        _1 = part1;
        _2 = part2;
        _3 = part3;
    }

    /// <summary>The nearest double, or one beside it.</summary>
    public double High => _0;

    /// <summary>The leading two parts.</summary>
    public DoubleDouble HighPair => new(_0, _1);

    static int IReal<QuadDouble>.Bits => 200;

    static double IReal<QuadDouble>.DotUnit => Math.ScaleB(1, -200);

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Math.Sign(_0);

    /// <summary>A double, without error.</summary>
    public static QuadDouble From(double value) => new(value, 0, 0, 0);

    /// <summary>A double-double, without error.</summary>
    public static QuadDouble From(DoubleDouble value) => new(value.High, value.Low, 0, 0);

    /// <summary>An exact value, truncated to 212 bits.</summary>
    public static QuadDouble From(ExactValue value)
    {
        Span<double> pieces = stackalloc double[4];
        ExactBits.Cut(value, pieces);
        return Renormalize(pieces);
    }

    /// <summary>A double, without error.</summary>
    public static implicit operator QuadDouble(double value) => From(value);

    /// <summary>The nearest double, or one beside it.</summary>
    public static explicit operator double(QuadDouble value) => value._0;

    /// <inheritdoc/>
    public double ToDouble() => _0;

    /// <summary>The value without rounding; it must be finite.</summary>
    public ExactValue ToExact()
        => ExactValue.From(_0) + ExactValue.From(_1) + (ExactValue.From(_2) + ExactValue.From(_3));

    /// <summary>The negated value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadDouble operator -(QuadDouble a) => new(-a._0, -a._1, -a._2, -a._3);

    /// <summary>The difference.</summary>
    public static QuadDouble operator -(QuadDouble a, QuadDouble b) => a + -b;

    /// <summary>The quotient: five leading quotients, each of what the last left.</summary>
    public static QuadDouble operator /(QuadDouble a, QuadDouble b)
    {
        Span<double> quotient = stackalloc double[5];
        QuadDouble rest = a;
        for (int k = 0; k < quotient.Length; k++)
        {
            quotient[k] = rest._0 / b._0;
            if (!double.IsFinite(quotient[k]))
            {
                return From(quotient[0]);
            }
            rest -= b * From(quotient[k]);
        }
        return Renormalize(quotient);
    }

    /// <summary>The square root by Newton's iteration from the double's root; not a number below 0.</summary>
    public static QuadDouble Sqrt(QuadDouble value)
    {
        double start = Math.Sqrt(value._0);
        if (start == 0 || !double.IsFinite(start))
        {
            return From(start);
        }
        QuadDouble root = From(start);
        for (int k = 0; k < 3; k++)                           // 53 → 106 → 212 bits, and once more for the rounding
        {
            QuadDouble rest = value - (root * root);
            root += rest / (root + root);
        }
        return root;
    }

    /// <inheritdoc/>
    public int CompareTo(QuadDouble other)
    {
        int order = _0.CompareTo(other._0);
        order = order != 0 ? order : _1.CompareTo(other._1);
        order = order != 0 ? order : _2.CompareTo(other._2);
        return order != 0 ? order : _3.CompareTo(other._3);
    }

    /// <inheritdoc/>
    public bool Equals(QuadDouble other) => _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is QuadDouble other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    /// <inheritdoc/>
    public override string ToString() => $"{_0:R} + {_1:R} + {_2:R} + {_3:R}";

    /// <summary>Whether the two are the same number.</summary>
    public static bool operator ==(QuadDouble a, QuadDouble b) => a.Equals(b);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(QuadDouble a, QuadDouble b) => !a.Equals(b);

    /// <summary>Order of the real line.</summary>
    public static bool operator <(QuadDouble a, QuadDouble b) => a.CompareTo(b) < 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator >(QuadDouble a, QuadDouble b) => a.CompareTo(b) > 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator <=(QuadDouble a, QuadDouble b) => a.CompareTo(b) <= 0;

    /// <summary>Order of the real line.</summary>
    public static bool operator >=(QuadDouble a, QuadDouble b) => a.CompareTo(b) >= 0;
}
