namespace Plumbline;

/// <summary>
/// Some rows of a source, column by column. Whoever receives a block owns it until it is disposed;
/// then its memory may be used for another. A block is read by one thread at a time.
/// </summary>
public sealed class RowBlock : IDisposable
{
    private readonly NumberColumn[] _columns;
    private Action? _release;

    /// <summary>Creates a block.</summary>
    /// <param name="firstRow">The 0-based number of its first row in the source.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">The columns, each with <paramref name="rows"/> values.</param>
    /// <param name="release">Called once when the block is disposed; null when nothing is to be done.</param>
    public RowBlock(long firstRow, int rows, NumberColumn[] columns, Action? release = null)
    {
        FirstRow = firstRow;
        Rows = rows;
        _columns = columns;
        _release = release;
    }

    /// <summary>The 0-based number of the block's first row in the source.</summary>
    public long FirstRow { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>A column, in the order in which the columns were asked for.</summary>
    public NumberColumn this[int column] => _columns[column];

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
