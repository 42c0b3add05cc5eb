namespace Plumbline;

/// <summary>Hands the influence measures of every row on, some rows at a time.</summary>
internal sealed class RowWriter(CheckLayout layout, Action<ReadOnlySpan<InfluenceRow>> take, int most)
{
    private readonly CheckStrip _strip = new(layout, withProducts: false, withFitted: false);
    private readonly InfluenceRows _maker = new(layout);
    private readonly InfluenceRow[] _rows = new InfluenceRow[Math.Min(most, RowScores.Strip)];

    /// <summary>Takes the rows of a block; blocks come in order.</summary>
    public void Write(ModelBlock block)
    {
        for (int start = 0; start < block.Rows; start += _rows.Length)
        {
            _strip.Take(block, start, Math.Min(_rows.Length, block.Rows - start));
            for (int r = 0; r < _strip.Rows; r++)
            {
                _rows[r] = _maker.Of(_strip.Keep(r, block, []));
            }
            take(_rows.AsSpan(0, _strip.Rows));
        }
    }
}
