using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>
/// Quotients, roots and directed roundings of exact values, to a given number of bits.
/// "Down" is toward −∞ for roundings; quotient and root of the two Down functions are truncated toward 0.
/// Cost: one big-integer operation each.
/// </summary>
internal static class ExactMath
{
    /// <summary>One.</summary>
    public static readonly ExactValue One = ExactValue.From(1);

    /// <summary>2^power.</summary>
    public static ExactValue PowerOfTwo(int power) => new(BigInteger.One, power);

    /// <summary>|a|.</summary>
    public static ExactValue Abs(ExactValue a) => a.Sign < 0 ? -a : a;

    /// <summary>a/b, truncated toward 0 after at least <paramref name="bits"/> significant bits.</summary>
    public static ExactValue DivideDown(ExactValue a, ExactValue b, int bits) => Divide(a, b, bits, out _);

    /// <summary>a/b truncated toward 0, and whether that was exact.</summary>
    public static ExactValue Divide(ExactValue a, ExactValue b, int bits, out bool isExact)
    {
        if (b.IsZero)
        {
            throw new DivideByZeroException();
        }
        int shift = Math.Max(0, bits + 1 + (int)BigInteger.Abs(b.Mantissa).GetBitLength() - (int)BigInteger.Abs(a.Mantissa).GetBitLength());
        BigInteger quotient = BigInteger.DivRem(a.Mantissa << shift, b.Mantissa, out BigInteger rest);
        isExact = rest.IsZero;
        return new ExactValue(quotient, a.Exponent - b.Exponent - shift);
    }

    /// <summary>√a, truncated after at least <paramref name="bits"/> significant bits.</summary>
    public static ExactValue SqrtDown(ExactValue a, int bits) => Sqrt(a, bits, out _);

    /// <summary>√a truncated, and whether that was exact.</summary>
    public static ExactValue Sqrt(ExactValue a, int bits, out bool isExact)
    {
        if (a.Sign < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(a), "The square root of a negative number is asked for.");
        }
        if (a.IsZero)
        {
            isExact = true;
            return a;
        }
        int shift = Math.Max(0, (2 * bits) + 2 - (int)a.Mantissa.GetBitLength());
        if (((a.Exponent - shift) & 1) != 0)
        {
            shift++;
        }
        BigInteger number = a.Mantissa << shift;
        BigInteger root = FloorRoot(number);
        isExact = root * root == number;
        return new ExactValue(root, (a.Exponent - shift) / 2);
    }

    /// <summary>The value itself when it has at most <paramref name="bits"/> bits, else the next such number below.</summary>
    public static ExactValue RoundDown(ExactValue a, int bits)
    {
        int excess = (int)BigInteger.Abs(a.Mantissa).GetBitLength() - bits;
        return excess <= 0 ? a : new ExactValue(a.Mantissa >> excess, a.Exponent + excess);   // >> rounds toward −∞
    }

    /// <summary>The value itself when it has at most <paramref name="bits"/> bits, else the next such number above.</summary>
    public static ExactValue RoundUp(ExactValue a, int bits) => -RoundDown(-a, bits);

    /// <summary>⌊√n⌋ by Newton's iteration from above.</summary>
    private static BigInteger FloorRoot(BigInteger n)
    {
        int length = (int)n.GetBitLength();
        BigInteger root;
        if (length > 128)
        {
            // The leading half gives a start that is right to half its bits.
            int drop = length / 4 * 2;
            root = (FloorRoot(n >> drop) + BigInteger.One) << (drop / 2);
        }
        else
        {
            root = BigInteger.One << ((length + 1) / 2);
        }
        while (true)
        {
            BigInteger next = (root + (n / root)) >> 1;
            if (next >= root)
            {
                return root;
            }
            root = next;
        }
    }
}
