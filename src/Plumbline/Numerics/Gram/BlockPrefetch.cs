using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>
/// Asks for the next block's rows while the present block is multiplied: a few cache lines before every tile, so that
/// reading memory and arithmetic overlap. A hint only; does nothing where the machine takes none.
/// </summary>
internal unsafe struct BlockPrefetch
{
    private const int Line = 64;

    private byte* _next;
    private byte* _end;
    private int _linesAStep;

    /// <summary>Prepares for the rows of a row-major matrix; columns that are stored one by one are left to the machine.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRow">The first row of the next block.</param>
    /// <param name="rows">Its rows; 0 at the end.</param>
    /// <param name="steps">How many times <see cref="Step"/> will be called.</param>
    public void Begin(ReadOnlySpan<ColumnPointer> columns, nint firstRow, nint rows, int steps)
    {
        nint stride = columns[0].Stride;
        _next = (byte*)(columns[0].High + (firstRow * stride));
        _end = Sse.IsSupported && stride > 1 ? _next + (rows * stride * sizeof(double)) : _next;
        _linesAStep = (int)(((_end - _next) / Line / Math.Max(1, steps)) + 1);
    }

    /// <summary>Asks for some more lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        for (int n = 0; n < _linesAStep && _next < _end; n++)
        {
            Sse.Prefetch1(_next);
            _next += Line;
        }
    }
}
