namespace Plumbline.Numerics;

/// <summary>
/// The numbers of the slicing: how wide a slice is, and why every partial sum is exact.
/// </summary>
/// <remarks>
/// Slice s of column j holds integers of at most 2²¹ in magnitude, times 2^(Unit[j] − 22 s).
/// A product of two slices is at most 2⁴², of two sums of two slices 2⁴⁴; over 128 rows that is 2⁵¹. Sums start from
/// 1.5·2⁵² and so stay within [2⁵², 2⁵³], where doubles are integers: no sum ever rounds, fused or not, in any order,
/// and its bits less those of 1.5·2⁵² are the integer sum.
/// </remarks>
internal static class SliceWindow
{
    /// <summary>Bits from one slice to the next.</summary>
    public const int Step = 22;

    /// <summary>The first slice's values are at most 2^TopBits in magnitude.</summary>
    public const int TopBits = 21;

    /// <summary>Rows in a block.</summary>
    public const int BlockRows = 128;

    /// <summary>The most slices a block is cut into; 175 bits. What is left of a rare row goes the long way.</summary>
    public const int MaxSlices = 8;

    /// <summary>Adding and subtracting this rounds a double below 2⁵¹ to an integer; sums start from it.</summary>
    public const double Magic = 6755399441055744.0;      // 1.5 · 2⁵²

    /// <summary>Blocks after which the 64-bit level sums are carried over: |sum| ≤ 1024 · 8 · 2⁴⁹ = 2⁶² by then.</summary>
    public const int BlocksPerSpill = 1024;

    /// <summary>Units are kept from here up, so that 2^−Unit is a normal double.</summary>
    public const int MinUnit = -1000;

    /// <summary>A value smaller than 2^(Unit − 900) could underflow when scaled: its row goes the long way.</summary>
    public const int Reach = 900;

    /// <summary>The unit of a column whose largest magnitude is <paramref name="max"/>: then |value| ≤ 2^(unit + 21).</summary>
    /// <remarks>
    /// One bit more than is needed, so that a slightly larger value in a later block does not move the window and carry all sums over; but
    /// not where the unit is that of a slice of whole numbers: they would need another slice.
    /// </remarks>
    public static int UnitFor(double max)
    {
        int unit = Math.ILogB(max) + 1 - TopBits;
        bool isWhole = unit >= 0 && unit % Step == 0;
        return Math.Max(MinUnit, isWhole ? unit : unit + 1);
    }
}
