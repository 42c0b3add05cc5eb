namespace Plumbline;

/// <summary>Which rows of a block are still in, as some are marked and taken out; remembers where they stood.</summary>
internal sealed class RowSelection
{
    private long _firstRow;
    private bool[] _marked = [];
    private int[] _kept = [];           // the positions that stay, in what was there before
    private int[] _original = [];       // where each row stood in the block
    private bool _isWhole;

    /// <summary>The rows that are in.</summary>
    public int Count { get; private set; }

    /// <summary>The first row that is marked.</summary>
    public int FirstMarked => Array.IndexOf(_marked, true, 0, Count);

    /// <summary>Starts with all rows of a block.</summary>
    public void Reset(long firstRow, int rows)
    {
        _firstRow = firstRow;
        Count = rows;
        _isWhole = true;
        if (_marked.Length < rows)
        {
            _marked = new bool[rows];
            _kept = new int[rows];
            _original = new int[rows];
        }
        Array.Clear(_marked, 0, rows);
    }

    /// <summary>Marks the rows with NaN and counts them.</summary>
    /// <returns>Whether there are any.</returns>
    public bool MarkNaN(ReadOnlySpan<double> values, ref long count)
    {
        long before = count;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                _marked[i] = true;
                count++;
            }
        }
        return count > before;
    }

    /// <summary>Takes the marked rows out.</summary>
    /// <returns>The positions of the rows that stay, ascending.</returns>
    public ReadOnlySpan<int> Compact()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!_marked[i])
            {
                _original[kept] = _isWhole ? i : _original[i];
                _kept[kept++] = i;
            }
        }
        Array.Clear(_marked, 0, Count);
        _isWhole = false;
        Count = kept;
        return _kept.AsSpan(0, kept);
    }

    /// <summary>The 1-based row of the source that a position was.</summary>
    public long Line(int position) => _firstRow + (_isWhole ? position : _original[position]) + 1;
}
