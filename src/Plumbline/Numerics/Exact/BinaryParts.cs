namespace Plumbline.Numerics;

/// <summary>A finite double taken apart: (−1)^Negative · Mantissa · 2^Exponent, the mantissa below 2⁵³.</summary>
internal readonly struct BinaryParts
{
    public BinaryParts(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        ulong mantissa = (ulong)bits & 0xF_FFFF_FFFF_FFFF;
        Negative = bits < 0;
        Mantissa = exponent == 0 ? mantissa : mantissa | (1UL << 52);
        Exponent = Math.Max(exponent, 1) - 1075;
    }

    public bool Negative { get; }

    public ulong Mantissa { get; }

    public int Exponent { get; }

    /// <summary>The exponent of the lowest bit that is set; for a value that is not 0.</summary>
    public int LowestBit => Exponent + System.Numerics.BitOperations.TrailingZeroCount(Mantissa);

    /// <summary>The least e with |value| &lt; 2^e; for a value that is not 0.</summary>
    public int Top => Exponent + 64 - System.Numerics.BitOperations.LeadingZeroCount(Mantissa);
}
