namespace Plumbline;

/// <summary>Memory for one computed or compacted column; it grows to the largest block and is used again.</summary>
internal sealed class ColumnBuffer
{
    private double[] _high = [];
    private double[] _low = [];
    private bool _wide;
    private int _rows;

    /// <summary>The leading parts, with room for whole strips.</summary>
    public double[] High => _high;

    /// <summary>The low parts.</summary>
    public double[] Low => _low;

    /// <summary>The column that was written.</summary>
    public NumberColumn Column => new(_high, _wide ? _low : null, 0, _rows);

    /// <summary>Makes room.</summary>
    public void Prepare(int rows, bool low)
    {
        int capacity = (rows + Strip.Rows - 1) / Strip.Rows * Strip.Rows;
        if (_high.Length < capacity)
        {
            _high = new double[capacity];
        }
        if (low && _low.Length < capacity)
        {
            _low = new double[capacity];
        }
    }

    /// <summary>Says what was written: low parts that are all 0 are not kept.</summary>
    public void Written(int rows, bool wide)
    {
        _rows = rows;
        _wide = wide && _low.AsSpan(0, rows).ContainsAnyExcept(0.0);
    }

    /// <summary>Takes over the given rows of a column, which may be this buffer's own (rows ascending).</summary>
    public void Compact(NumberColumn source, ReadOnlySpan<int> kept)
    {
        Prepare(kept.Length, source.HasLow);
        ReadOnlySpan<double> high = source.High, low = source.Low;
        for (int i = 0; i < kept.Length; i++)
        {
            _high[i] = high[kept[i]];
        }
        if (source.HasLow)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                _low[i] = low[kept[i]];
            }
        }
        _rows = kept.Length;
        _wide = source.HasLow;
    }
}
