using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Examples row after row in memory, each a whole number of vectors long: the parameters' columns, standardized, then zeros; and
/// the responses.
/// </summary>
internal sealed unsafe class Examples : IDisposable
{
    /// <summary>Doubles of a vector.</summary>
    public const int Lanes = 8;

    private readonly NativeBuffer _rows;
    private readonly NativeBuffer _response;

    /// <summary>Room for some rows.</summary>
    public Examples(int columns, int capacity)
    {
        Columns = columns;
        Stride = (columns + Lanes - 1) / Lanes * Lanes;
        Capacity = capacity;
        _rows = NativeBuffer.OfEights(checked(Stride * capacity));
        _response = NativeBuffer.OfEights(capacity);
    }

    /// <summary>Parameters.</summary>
    public int Columns { get; }

    /// <summary>Doubles from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The most rows.</summary>
    public int Capacity { get; }

    /// <summary>The rows that are there.</summary>
    public int Count { get; private set; }

    /// <summary>The largest ‖x‖² of all rows that were ever added.</summary>
    public double LargestSquare { get; private set; }

    /// <summary>A row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* Row(long row) => _rows.Doubles + (row * Stride);

    /// <summary>A response.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Response(long row) => _response.Doubles[row];

    /// <summary>Asks the memory for a row that will be needed soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long row)
    {
        if (Sse.IsSupported)
        {
            double* p = Row(row);
            for (int n = 0; n < Stride; n += Lanes)
            {
                Sse.Prefetch0(p + n);
            }
            Sse.Prefetch0(_response.Doubles + row);
        }
    }

    /// <summary>Takes all rows out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a row of a block, standardized; <paramref name="places"/> are the columns that have a parameter.</summary>
    public void Add(ModelBlock block, int row, int[] places, double[] mean, double[] scale)
    {
        double* to = Row(Count);
        double square = 0;
        for (int j = 0; j < Columns; j++)
        {
            double x = to[j] = (block.ColumnBuffer(places[j])[row] - mean[j]) / scale[j];
            square += x * x;
        }
        LargestSquare = Math.Max(LargestSquare, square);
        for (int j = Columns; j < Stride; j++)
        {
            to[j] = 0;
        }
        double y = block.ResponseBuffer[row];
        _response.Doubles[Count++] = block.OffsetBuffer.Length == 0 ? y : y - block.OffsetBuffer[row];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _response.Dispose();
    }
}
