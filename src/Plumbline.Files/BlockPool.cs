using System.Collections.Concurrent;

namespace Plumbline.Files;

/// <summary>The memory of blocks: used again once a block is disposed, so that a reading of any length needs only a few.</summary>
/// <param name="columns">How many columns a block has.</param>
/// <param name="rows">The most rows it has.</param>
internal sealed class BlockPool(int columns, int rows)
{
    private readonly ConcurrentBag<BlockBuffer> _free = [];

    /// <summary>The most rows of a block.</summary>
    public int Rows => rows;

    /// <summary>Rows that make a block about 1 MiB, a multiple of DuckDB's vectors of 2,048.</summary>
    public static int RowsFor(int columns, int? wanted) =>
        wanted ?? Math.Clamp((1 << 17) / Math.Max(columns, 1) / 2048 * 2048, 2048, 16384);

    /// <summary>Memory for a block.</summary>
    public BlockBuffer Rent() => _free.TryTake(out BlockBuffer? buffer) ? buffer : new BlockBuffer(this, columns, rows);

    /// <summary>Takes memory back.</summary>
    public void Return(BlockBuffer buffer) => _free.Add(buffer);
}

/// <summary>The memory of one block, filled row by row or vector by vector, column after column.</summary>
internal sealed class BlockBuffer(BlockPool pool, int columns, int capacity)
{
    private readonly double[] _high = new double[Math.Max(1, columns) * capacity];
    private readonly bool[] _hasLow = new bool[columns];
    private double[]? _low;

    /// <summary>The values of column <paramref name="column"/>, as many as the block can hold.</summary>
    public Span<double> High(int column) => _high.AsSpan(column * capacity, capacity);

    /// <summary>The values of all columns, column after column, each <see cref="Stride"/> after the one before.</summary>
    public double[] Values => _high;

    /// <summary>How far columns lie apart.</summary>
    public int Stride => capacity;

    /// <summary>Whether some value of the column was too wide for a double.</summary>
    public bool HasLow(int column) => _hasLow[column];

    /// <summary>What doubles leave of column <paramref name="column"/>; all zero when first asked for.</summary>
    public Span<double> Low(int column)
    {
        _low ??= new double[_high.Length];
        Span<double> low = _low.AsSpan(column * capacity, capacity);
        if (!_hasLow[column])
        {
            _hasLow[column] = true;
            low.Clear();
        }
        return low;
    }

    /// <summary>Hands the rows over; the memory comes back when the block is disposed.</summary>
    public RowBlock ToBlock(long firstRow, int rows)
    {
        var view = new NumberColumn[columns];
        for (int c = 0; c < columns; c++)
        {
            view[c] = Column(c, rows);
        }
        return new RowBlock(firstRow, rows, view, Release);
    }

    /// <summary>The first rows of a column.</summary>
    public NumberColumn Column(int column, int rows) => new(_high, _hasLow[column] ? _low : null, column * capacity, rows);

    /// <summary>Gives the memory back to the pool.</summary>
    public void Release()
    {
        Array.Clear(_hasLow);
        pool.Return(this);
    }
}
