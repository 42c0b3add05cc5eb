namespace Plumbline.Numerics;

/// <summary>
/// An interval [Low, High] of exact values that encloses a real number. Every operation encloses the result:
/// sums and products are exact and then rounded outward to <see cref="Bits"/> bits.
/// Cost: a few big-integer operations.  Fails when: the divisor's interval contains 0 (an exception).
/// </summary>
internal readonly struct ExactInterval
{
    /// <summary>Bits kept at each end.</summary>
    public const int Bits = 256;

    public ExactInterval(ExactValue low, ExactValue high)
    {
        if (low > high)
        {
            throw new ArgumentException("The ends of the interval are in the wrong order.");
        }
        Low = ExactMath.RoundDown(low, Bits);
        High = ExactMath.RoundUp(high, Bits);
    }

    public ExactInterval(ExactValue value)
        : this(value, value)
    {
    }

    public ExactValue Low { get; }

    public ExactValue High { get; }

    public bool ContainsZero => Low.Sign <= 0 && High.Sign >= 0;

    public bool IsZero => Low.IsZero && High.IsZero;

    /// <summary>Whether both ends round to the same double: the enclosed number then rounds to it, too.</summary>
    public bool IsResolved => Low.ToDouble() == High.ToDouble();

    /// <summary>The double nearest to the middle; the correctly rounded value when <see cref="IsResolved"/>.</summary>
    public double ToDouble() => (Low + High).Scale(-1).ToDouble();

    public ExactInterval Scale(int power) => new(Low.Scale(power), High.Scale(power));

    public static ExactInterval From(double value) => new(ExactValue.From(value));

    public static ExactInterval operator +(ExactInterval a, ExactInterval b) => new(a.Low + b.Low, a.High + b.High);

    public static ExactInterval operator -(ExactInterval a) => new(-a.High, -a.Low);

    public static ExactInterval operator -(ExactInterval a, ExactInterval b) => a + -b;

    public static ExactInterval operator *(ExactInterval a, ExactInterval b)
    {
        ExactValue p = a.Low * b.Low, q = a.Low * b.High, r = a.High * b.Low, s = a.High * b.High;
        return new ExactInterval(Min(Min(p, q), Min(r, s)), Max(Max(p, q), Max(r, s)));
    }

    public static ExactInterval operator /(ExactInterval a, ExactInterval b)
    {
        if (b.ContainsZero)
        {
            throw new DivideByZeroException("The divisor's interval contains 0.");
        }
        return a * Reciprocal(b);
    }

    /// <summary>a/b, b positive; a single point when the division is exact.</summary>
    public static ExactInterval Quotient(ExactValue a, ExactValue b)
    {
        if (a.Sign < 0)
        {
            return -Quotient(-a, b);
        }
        ExactValue low = ExactMath.Divide(a, b, Bits, out bool isExact);
        return new ExactInterval(low, isExact ? low : NextAbove(low));
    }

    public static ExactInterval Sqrt(ExactInterval a)
    {
        ExactValue low = a.Low.Sign <= 0 ? ExactValue.Zero : ExactMath.SqrtDown(a.Low, Bits);
        ExactValue high = ExactMath.Sqrt(a.High, Bits, out bool isExact);
        return new ExactInterval(low, isExact ? high : NextAbove(high));
    }

    /// <summary>The part of the interval that is not negative, for what is known not to be.</summary>
    public ExactInterval NotNegative() => Low.Sign >= 0 ? this : new(ExactValue.Zero, Max(High, ExactValue.Zero));

    private static ExactInterval Reciprocal(ExactInterval b)
    {
        if (b.High.Sign < 0)
        {
            return -Reciprocal(-b);
        }
        ExactValue low = ExactMath.DivideDown(ExactMath.One, b.High, Bits);
        ExactValue high = ExactMath.Divide(ExactMath.One, b.Low, Bits, out bool isExact);
        return new ExactInterval(low, isExact ? high : NextAbove(high));
    }

    /// <summary>A number above any that truncation to Bits bits took to this positive one.</summary>
    private static ExactValue NextAbove(ExactValue value) => value + ExactMath.PowerOfTwo(value.Magnitude - Bits + 1);

    private static ExactValue Min(ExactValue a, ExactValue b) => a <= b ? a : b;

    private static ExactValue Max(ExactValue a, ExactValue b) => a >= b ? a : b;
}
