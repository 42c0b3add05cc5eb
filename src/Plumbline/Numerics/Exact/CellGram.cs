namespace Plumbline.Numerics;

/// <summary>
/// Sums Σ w·a·bⱼ over the rows of each cell without rounding, for one left factor a and several right factors bⱼ.
/// One object is used by one thread; results add up.
/// </summary>
internal abstract unsafe class CellGram : IDisposable
{
    /// <summary>Rows in a block: values, planes and what is left of sixteen columns stay in the first-level cache.</summary>
    public const int BlockRows = 64;

    /// <summary>Creates a summation with <paramref name="columns"/> right factors, at the widest lanes that they fill.</summary>
    public static CellGram Create(int columns)
    {
        int lanes = LaneWidth.Best;
        while (lanes > columns)
        {
            lanes >>= 1;
        }
        return Create(columns, lanes);
    }

    /// <summary>The same at a width of one's choice: 8, 4, 2 or 1. Every width gives the same bits.</summary>
    public static CellGram Create(int columns, int lanes) => lanes switch
    {
        8 => new CellGram<Lanes8, System.Runtime.Intrinsics.Vector512<double>>(columns),
        4 => new CellGram<Lanes4, System.Runtime.Intrinsics.Vector256<double>>(columns),
        2 => new CellGram<Lanes2, System.Runtime.Intrinsics.Vector128<double>>(columns),
        1 => new CellGram<Lanes1, double>(columns),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "Lanes are 8, 4, 2 or 1."),
    };

    /// <summary>Adds rows. Where a value is not finite, the block of 64 rows that holds it is not added, nor any after it.</summary>
    /// <param name="left">The left factor; null for 1.</param>
    /// <param name="right">The right factors.</param>
    /// <param name="weights">A weight a row, finite and not negative; null for 1.</param>
    /// <param name="cells">The cell of each row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="count">How many cells there are by now: larger than any in <paramref name="cells"/>.</param>
    /// <returns>The first row of the block of 64 in which a value is not finite, or −1.</returns>
    public abstract long Add(ColumnPointer? left, ReadOnlySpan<ColumnPointer> right, double* weights, int* cells, long rows, int count);

    /// <summary>All that was added for a right factor, in fixed point.</summary>
    public abstract FixedPointVector Total(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
