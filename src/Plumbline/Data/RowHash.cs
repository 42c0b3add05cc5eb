namespace Plumbline;

/// <summary>
/// A number from 0 to below 1 for a row, from a seed and the bits of its values: which part of a split it belongs to. It does not
/// depend on where the row stands, so a split survives reordering, and identical rows are always in one part.
/// </summary>
internal struct RowHash(ulong seed)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15);

    /// <summary>The number.</summary>
    public readonly double Fraction => FractionOf(Bits);

    /// <summary>The number as 64 bits.</summary>
    public readonly ulong Bits => Mix(_state);

    /// <summary>Takes a text in.</summary>
    public void Add(string text)
    {
        foreach (char c in text)
        {
            _state = Mix(_state ^ (c * 0xD1342543DE82EF95)) + 0x9E3779B97F4A7C15;
        }
        Add(text.Length);
    }

    /// <summary>Takes a value in. Zeros of both signs are one, as are all missing values.</summary>
    public void Add(double value)
    {
        ulong bits = value == 0 ? 0 : double.IsNaN(value) ? 0x7FF8000000000000 : BitConverter.DoubleToUInt64Bits(value);
        _state = Mix(_state ^ (bits * 0xD1342543DE82EF95)) + 0x9E3779B97F4A7C15;
    }

    /// <summary>64 bits as a number from 0 to below 1.</summary>
    public static double FractionOf(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
