using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Numbers of size about 1 as whole multiples of 2⁻¹²⁰: their sums are the same in any order, and what was added can be taken away again.
/// Fails when: a sum reaches 2⁷; sums of scores stay below 1 by the inequality of Cauchy and Schwarz.
/// </summary>
internal static class FixedPoint
{
    private const int Bits = 120;
    private const int MostShift = 70;           // of a mantissa of 53 bits, for numbers below 2³

    /// <summary>w·ẽ·x̃, all but the last bits.</summary>
    public static Int128 Product(DoubleDouble u, DoubleDouble x)
    {
        double p = ErrorFree.TwoProduct(u.High, x.High, out double rest);
        double cross = Math.FusedMultiplyAdd(u.High, x.Low, u.Low * x.High);
        return From(p) + From(rest) + From(cross);
    }

    /// <summary>The number as two doubles.</summary>
    public static DoubleDouble ToDoubleDouble(Int128 value)
    {
        double high = (double)value;
        double low = (double)(value - (Int128)high);
        return new DoubleDouble(high, low).Scale(-Bits);
    }

    private static Int128 From(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0)
        {
            return 0;       // 0, or smaller than any multiple
        }
        Int128 mantissa = (bits & 0xF_FFFF_FFFF_FFFFL) | (1L << 52);
        int shift = exponent - 1075 + Bits;
        if (shift > MostShift)
        {
            throw new PlumblineException("overflow", "A residual is far larger than the fit's sums allow. Use exact arithmetic.");
        }
        Int128 magnitude = shift >= 0 ? mantissa << shift : shift > -64 ? mantissa >> -shift : 0;
        return bits < 0 ? -magnitude : magnitude;
    }
}
