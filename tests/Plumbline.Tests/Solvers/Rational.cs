using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

/// <summary>A fraction of big integers: the reference that never rounds.</summary>
internal readonly record struct Rational
{
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public bool IsZero => Numerator.IsZero;

    public static Rational From(ExactValue value) => value.Exponent >= 0
        ? new(value.Mantissa << value.Exponent, 1)
        : new(value.Mantissa, BigInteger.One << -value.Exponent);

    public static Rational From(double value) => From(ExactValue.From(value));

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public Rational DividedBy(Rational b) => new(Numerator * b.Denominator, Denominator * b.Numerator);

    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    public bool IsAtMost(Rational other) => Numerator * other.Denominator <= other.Numerator * Denominator;

    /// <summary>The nearest double (to a little more than its precision).</summary>
    public double ToDouble() => IsZero ? 0 : ExactMath.DivideDown(new ExactValue(Numerator, 0), new ExactValue(Denominator, 0), 300).ToDouble();

    /// <summary>The value as a very narrow interval's lower end: 600 bits.</summary>
    public ExactValue ToExact(int bits = 600) => IsZero ? ExactValue.Zero : ExactMath.DivideDown(new ExactValue(Numerator, 0), new ExactValue(Denominator, 0), bits);
}
