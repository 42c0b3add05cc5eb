using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// Asks for the next block's rows while the present block is multiplied, some bytes further with every row of every
/// tile, so that reading memory and arithmetic overlap. A hint only.
/// </summary>
internal unsafe struct BlockPrefetch
{
    private byte* _next;
    private nint _taken;

    /// <summary>Bytes to go on with each row of a tile; 0 asks for the same line again and again, which costs nothing.</summary>
    public nint Step { get; private set; }

    /// <summary>Prepares for the rows of a row-major matrix; columns that are stored one by one are left to the machine.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRow">The first row of the next block.</param>
    /// <param name="rows">Its rows; 0 at the end.</param>
    /// <param name="steps">Rows of this block times tiles; for the exact product the block before tells how many there are of each.</param>
    public void Begin(ReadOnlySpan<ColumnPointer> columns, nint firstRow, nint rows, nint steps)
    {
        steps = Math.Max(steps, _taken);
        _taken = 0;
        nint stride = columns[0].Stride;
        _next = (byte*)(columns[0].High + (firstRow * stride));
        Step = stride > 1 ? ((rows * stride * sizeof(double)) + steps - 1) / steps : 0;
    }

    /// <summary>Where the next tile begins to ask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Take(nint rows)
    {
        byte* here = _next;
        _next += rows * Step;
        _taken += rows;
        return here;
    }
}
