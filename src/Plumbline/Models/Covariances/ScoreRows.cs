using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Σ s sᵀ over rows of scores in fixed point, which come one by one and are summed exactly, each rounded to 106 bits. For one thread.
/// </summary>
internal sealed class ScoreRows : IDisposable
{
    private readonly ExactSums _sums;
    private readonly IReadOnlyList<int> _powers;
    private readonly double[][] _high;
    private readonly double[][] _low;
    private readonly NumberColumn[] _columns;
    private int _rows;

    /// <param name="size">How many columns.</param>
    /// <param name="powers">The power of two that each column was scaled down by: the sums are for the columns as they were.</param>
    public ScoreRows(int size, IReadOnlyList<int> powers)
    {
        _sums = new ExactSums(size, weighted: false);
        _powers = powers;
        _high = new double[size][];
        _low = new double[size][];
        _columns = new NumberColumn[size];
        for (int j = 0; j < size; j++)
        {
            _high[j] = new double[RowScores.Strip];
            _low[j] = new double[RowScores.Strip];
            _columns[j] = new NumberColumn(_high[j], _low[j], 0, RowScores.Strip);
        }
    }

    /// <summary>Adds one row.</summary>
    public void Add(ReadOnlySpan<Int128> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            DoubleDouble score = FixedPoint.ToDoubleDouble(scores[j]);
            _high[j][_rows] = score.High;
            _low[j][_rows] = score.Low;
        }
        if (++_rows == RowScores.Strip)
        {
            Flush();
        }
    }

    /// <summary>The sums of products so far, for columns in the data's units.</summary>
    public Func<int, int, ExactValue> Total()
    {
        Flush();
        Func<int, int, ExactValue> total = _sums.Total();
        return (i, j) => total(i, j).Scale(_powers[i] + _powers[j]);
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();

    private void Flush()
    {
        _sums.Add(_columns, null, 0, _rows);
        _rows = 0;
    }
}
