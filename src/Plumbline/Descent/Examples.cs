using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Examples row after row in memory, each a whole number of vectors long: the parameters' columns, standardized, then the response, then
/// zeros. With parameters that stand as (θ, −1, 0 …) the product of both is the error.
/// </summary>
internal sealed unsafe class Examples : IDisposable
{
    /// <summary>Doubles of a vector.</summary>
    public const int Lanes = 8;

    private readonly NativeBuffer _rows;

    /// <summary>Room for some rows.</summary>
    public Examples(int columns, int capacity)
    {
        Columns = columns;
        Stride = StrideOf(columns);
        Capacity = capacity;
        _rows = NativeBuffer.OfScatteredEights((long)Stride * capacity);
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

    /// <summary>Doubles from one row of so many parameters to the next.</summary>
    public static int StrideOf(int columns) => (columns + Lanes) / Lanes * Lanes;

    /// <summary>A row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* Row(long row) => _rows.Doubles + (row * Stride);

    /// <summary>Takes all rows out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a row of a block, standardized.</summary>
    /// <param name="block">The block.</param>
    /// <param name="row">The row in it.</param>
    /// <param name="places">The columns that have a parameter.</param>
    /// <param name="mean">What is taken away from each.</param>
    /// <param name="scale">What each is divided by then.</param>
    /// <param name="averageWeight">Of the weights, when the block has any: a squared error counts w over this times, so the row is multiplied by the root of it.</param>
    public void Add(ModelBlock block, int row, int[] places, double[] mean, double[] scale, double averageWeight = 1)
    {
        double* to = Row(Count++);
        double square = 0, root = block.WeightsBuffer.Length == 0 ? 1 : Math.Sqrt(block.WeightsBuffer[row] / averageWeight);
        for (int j = 0; j < Columns; j++)
        {
            double x = to[j] = root * ((block.ColumnBuffer(places[j])[row] - mean[j]) / scale[j]);
            square += x * x;
        }
        LargestSquare = Math.Max(LargestSquare, square);
        double y = block.ResponseBuffer[row];
        to[Columns] = root * (block.OffsetBuffer.Length == 0 ? y : y - block.OffsetBuffer[row]);
    }

    /// <summary>Asks the memory for a row that will be needed soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(double* row, int stride)
    {
        if (Sse.IsSupported)
        {
            for (int n = 0; n < stride; n += Lanes)
            {
                Sse.Prefetch0(row + n);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
