using System.Numerics;

namespace Plumbline.Files;

/// <summary>The double nearest to w·10^q, ties to even, for an integer w of at most 64 bits.</summary>
/// Method      w times a 128-bit approximation of 5^q, of which 55 bits decide; says so when they cannot.
/// Cost        One or two 64×64-bit products.
/// Source      Lemire, Number Parsing at a Gigabyte per Second, Software: Practice and Experience 51 (2021);
///             Mushtak and Lemire, Fast number parsing without fallback (2023).
/// Fails when  the result is subnormal, infinite or undecided: false, and the caller takes a slower way.
internal static class DecimalToDouble
{
    private const int Smallest = -300;
    private const int Largest = 300;

    // 5^q as 128 bits whose first is 1: truncated for q ≥ 0, rounded up for q < 0. Each is computed when first needed.
    private static readonly Power?[] Powers = new Power?[Largest - Smallest + 1];

    /// <summary>Finds the double; false when this method cannot decide.</summary>
    public static bool TryNearest(ulong w, int q, out double value)
    {
        value = 0;
        if (w == 0)
        {
            return true;
        }
        if (q is < Smallest or > Largest)
        {
            return false;
        }
        Power power = Powers[q - Smallest] ??= Power.Of(q);
        int shift = BitOperations.LeadingZeroCount(w);
        w <<= shift;
        ulong high = Math.BigMul(w, power.High, out ulong low);
        if ((high & 0x1FF) == 0x1FF)
        {
            // The bits below the 55 that count are all ones: what the second half of the power adds may carry into them.
            ulong more = Math.BigMul(w, power.Low, out _);
            low += more;
            high += low < more ? 1UL : 0;
        }
        if (low == ulong.MaxValue && q is < -27 or > 55)
        {
            return false;
        }
        int top = (int)(high >> 63);
        ulong mantissa = high >> (top + 9);
        int exponent = (((152170 + 65536) * q) >> 16) + 63 + top - shift + 1023;
        if (exponent is <= 0 or >= 0x7FE)
        {
            return false;
        }
        if (low <= 1 && q is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << (top + 9) == high)
        {
            mantissa &= ~1UL; // exactly half way: to even
        }
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa == 1UL << 53)
        {
            mantissa = 1UL << 52;
            exponent++;
        }
        value = BitConverter.UInt64BitsToDouble((mantissa & ((1UL << 52) - 1)) | ((ulong)exponent << 52));
        return true;
    }

    private sealed record Power(ulong High, ulong Low)
    {
        public static Power Of(int q)
        {
            BigInteger five = BigInteger.Pow(5, Math.Abs(q));
            BigInteger bits = q >= 0 ? five << 128 : (BigInteger.One << (int)((2 * five.GetBitLength()) + 256)) / five;
            bits >>= (int)(bits.GetBitLength() - 128);
            bits += q < 0 ? 1 : 0;
            return new Power((ulong)(bits >> 64), (ulong)(bits & ulong.MaxValue));
        }
    }
}
