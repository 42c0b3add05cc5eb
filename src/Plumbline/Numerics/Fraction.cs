using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>A fraction in lowest terms with a positive denominator.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The nearest double, or one beside it in a near tie.</summary>
    public double ToDouble()
        => ExactMath.DivideDown(new ExactValue(Numerator, 0), new ExactValue(Denominator, 0), 200).ToDouble();

    /// <summary>A whole number.</summary>
    public static Fraction From(BigInteger value) => new(value, BigInteger.One);

    /// <summary>Whether the value is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    public static Fraction operator +(Fraction a, Fraction b) => Reduced((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a) => a with { Numerator = -a.Numerator };

    public static Fraction operator -(Fraction a, Fraction b) => a + -b;

    public static Fraction operator *(Fraction a, Fraction b) => Reduced(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient; the divisor is not 0.</summary>
    public static Fraction operator /(Fraction a, Fraction b) => Reduced(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The value as an interval: a point when a double's power of two divides it.</summary>
    public ExactInterval ToInterval() => ExactInterval.Quotient(new ExactValue(Numerator, 0), new ExactValue(Denominator, 0));

    /// <summary>The fraction in lowest terms.</summary>
    public static Fraction Reduced(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new Fraction(numerator / divisor, denominator / divisor);
    }

    /// <summary>
    /// The simplest fraction in [low, high]: 0 if it is in there, else the integer nearest the middle if there is one,
    /// else the one with the smallest denominator.
    /// Method: continued fractions; the common part of the expansions of both ends.
    /// </summary>
    public static Fraction SimplestIn(ExactValue low, ExactValue high)
    {
        if (low.Sign <= 0 && high.Sign >= 0)
        {
            return new Fraction(0, 1);
        }
        if (high.Sign < 0)
        {
            Fraction positive = SimplestIn(-high, -low);
            return positive with { Numerator = -positive.Numerator };
        }
        ExactValue middle = (low + high).Scale(-1);
        var nearest = new ExactValue(Floor(middle + ExactMath.PowerOfTwo(-1)), 0);
        if (!nearest.IsZero && nearest >= low && nearest <= high)
        {
            return new Fraction(nearest.Mantissa << nearest.Exponent, 1);
        }
        int exponent = Math.Min(Math.Min(low.Exponent, high.Exponent), 0);
        BigInteger one = BigInteger.One << -exponent;
        return Simplest(low.Mantissa << (low.Exponent - exponent), one, high.Mantissa << (high.Exponent - exponent), one);
    }

    private static BigInteger Floor(ExactValue value)
        => value.Exponent >= 0 ? value.Mantissa << value.Exponent : value.Mantissa >> -value.Exponent;

    /// <summary>The simplest fraction in [a/b, c/d], 0 &lt; a/b ≤ c/d.</summary>
    private static Fraction Simplest(BigInteger a, BigInteger b, BigInteger c, BigInteger d)
    {
        var whole = BigInteger.DivRem(a, b, out BigInteger rest);
        if (rest.IsZero)
        {
            return new Fraction(whole, 1);
        }
        if ((whole + 1) * d <= c)
        {
            return new Fraction(whole + 1, 1);
        }
        // Both lie strictly between whole and whole + 1: whole + 1/(simplest in [1/(c/d − whole), 1/(a/b − whole)]).
        Fraction inner = Simplest(d, c - (whole * d), b, rest);
        return new Fraction((whole * inner.Numerator) + inner.Denominator, inner.Numerator);
    }
}
