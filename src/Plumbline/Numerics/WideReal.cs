using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>How many bits a <see cref="WideReal{TWidth}"/> keeps.</summary>
internal interface IWidth
{
    static abstract int Bits { get; }
}

internal readonly struct Width512 : IWidth
{
    public static int Bits => 512;
}

internal readonly struct Width2048 : IWidth
{
    public static int Bits => 2048;
}

/// <summary>
/// A floating-point number on big integers, for the few problems that quad-double cannot settle.
/// Method      every operation is exact (or one integer quotient or root) and then truncated.
/// Cost        some hundred nanoseconds an operation, and garbage.
/// Fails when  never: the exponent is an int of its own.
/// </summary>
internal readonly struct WideReal<TWidth>(ExactValue value) : IReal<WideReal<TWidth>>
    where TWidth : IWidth
{
    private readonly ExactValue _value = value;

    public static int Bits => TWidth.Bits - 2;

    public static double DotUnit => Math.ScaleB(1, 4 - Math.Min(TWidth.Bits, 900));

    public static WideReal<TWidth> From(double value) => new(ExactValue.From(value));

    public static WideReal<TWidth> From(ExactValue value) => new(Truncate(value));

    public ExactValue ToExact() => _value;

    public double ToDouble() => _value.ToDouble();

    public static WideReal<TWidth> Sqrt(WideReal<TWidth> value)
        => new(Truncate(ExactMath.SqrtDown(value._value, TWidth.Bits)));

    public static void SubtractProduct(Span<WideReal<TWidth>> y, WideReal<TWidth> a, ReadOnlySpan<WideReal<TWidth>> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = From(y[i]._value - (a._value * x[i]._value));
        }
    }

    public static WideReal<TWidth> operator +(WideReal<TWidth> a, WideReal<TWidth> b) => From(a._value + b._value);

    public static WideReal<TWidth> operator -(WideReal<TWidth> a, WideReal<TWidth> b) => From(a._value - b._value);

    public static WideReal<TWidth> operator -(WideReal<TWidth> a) => new(-a._value);

    public static WideReal<TWidth> operator *(WideReal<TWidth> a, WideReal<TWidth> b) => From(a._value * b._value);

    public static WideReal<TWidth> operator /(WideReal<TWidth> a, WideReal<TWidth> b)
        => new(ExactMath.DivideDown(a._value, b._value, TWidth.Bits));

    private static ExactValue Truncate(ExactValue value)
    {
        int excess = (int)BigInteger.Abs(value.Mantissa).GetBitLength() - TWidth.Bits;
        if (excess <= 0)
        {
            return value;
        }
        BigInteger kept = BigInteger.Abs(value.Mantissa) >> excess;
        return new ExactValue(value.Sign < 0 ? -kept : kept, value.Exponent + excess);
    }
}
