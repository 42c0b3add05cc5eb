namespace Plumbline;

/// <summary>
/// Some rows as a fitted model sees them, in doubles: a value for every coefficient, the response, weights. What needs rows
/// (residuals, robust covariances, prediction) works on these. One thread at a time; the memory is used again for the next block.
/// </summary>
internal sealed class ModelBlock
{
    private readonly double[][] _columns;
    private readonly double[][] _extras;
    private readonly double[]?[] _lows;         // of each column, and last of the response; null until one is needed
    private readonly bool[] _hasLow;

    /// <summary>A block of memory for up to <paramref name="capacity"/> rows.</summary>
    /// <param name="columns">How many coefficients.</param>
    /// <param name="extras">How many further columns.</param>
    /// <param name="capacity">The most rows.</param>
    /// <param name="weighted">Whether there are weights.</param>
    /// <param name="offset">Whether there is an offset.</param>
    public ModelBlock(int columns, int extras, int capacity, bool weighted, bool offset)
    {
        _columns = Allocate(columns, capacity);
        _extras = Allocate(extras, capacity);
        _lows = new double[columns + 1][];
        _hasLow = new bool[columns + 1];
        ResponseBuffer = new double[capacity];
        WeightsBuffer = weighted ? new double[capacity] : [];
        OffsetBuffer = offset ? new double[capacity] : [];
        RowNumbers = new long[capacity];
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; set; }

    /// <summary>How many coefficients.</summary>
    public int Count => _columns.Length;

    /// <summary>The response as the formula has it (<c>log(price)</c>), the offset not taken away; NaN where it is not known.</summary>
    public ReadOnlySpan<double> Response => ResponseBuffer.AsSpan(0, Rows);

    /// <summary>What the doubles of <see cref="Response"/> leave of its values; empty when nothing.</summary>
    public ReadOnlySpan<double> ResponseLow => Low(Count);

    /// <summary>The weights; empty when there are none.</summary>
    public ReadOnlySpan<double> Weights => WeightsBuffer.Length == 0 ? default : WeightsBuffer.AsSpan(0, Rows);

    /// <summary>The offset; empty when there is none.</summary>
    public ReadOnlySpan<double> Offset => OffsetBuffer.Length == 0 ? default : OffsetBuffer.AsSpan(0, Rows);

    /// <summary>Memory of <see cref="Response"/>.</summary>
    public double[] ResponseBuffer { get; }

    /// <summary>Memory of <see cref="Weights"/>.</summary>
    public double[] WeightsBuffer { get; }

    /// <summary>Memory of <see cref="Offset"/>.</summary>
    public double[] OffsetBuffer { get; }

    /// <summary>For each row its 1-based number in the source, where the source tells.</summary>
    public long[] RowNumbers { get; }

    /// <summary>The values that coefficient <paramref name="j"/> multiplies, in the order of the model's coefficients.</summary>
    public ReadOnlySpan<double> Column(int j) => _columns[j].AsSpan(0, Rows);

    /// <summary>
    /// What the doubles of <see cref="Column"/> leave of its values (powers, products, large integers): the value is the sum of both.
    /// Empty when nothing.
    /// </summary>
    public ReadOnlySpan<double> Low(int j) => _hasLow[j] ? _lows[j].AsSpan(0, Rows) : default;

    /// <summary>Column <paramref name="j"/> with what its doubles leave.</summary>
    public NumberColumn Wide(int j) => new(_columns[j], _hasLow[j] ? _lows[j] : null, 0, Rows);

    /// <summary>Takes over what the doubles of a column leave; j = <see cref="Count"/> for the response. Empty for nothing.</summary>
    public void SetLow(int j, ReadOnlySpan<double> low)
    {
        _hasLow[j] = !low.IsEmpty;
        if (_hasLow[j])
        {
            low.CopyTo(_lows[j] ??= new double[ResponseBuffer.Length]);
        }
    }

    /// <summary>Memory of <see cref="Column"/>.</summary>
    public double[] ColumnBuffer(int j) => _columns[j];

    /// <summary>A further column that was asked for (a cluster's codes, an order), as the source gives it.</summary>
    public ReadOnlySpan<double> Extra(int e) => _extras[e].AsSpan(0, Rows);

    /// <summary>Memory of <see cref="Extra"/>.</summary>
    public double[] ExtraBuffer(int e) => _extras[e];

    private static double[][] Allocate(int columns, int capacity)
    {
        var all = new double[columns][];
        for (int c = 0; c < columns; c++)
        {
            all[c] = new double[capacity];
        }
        return all;
    }
}
