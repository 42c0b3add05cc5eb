using Plumbline.Numerics;

namespace Plumbline;

/// <summary>One thread's share of the summation: sums, rows with weight, and the logarithms of the weights.</summary>
internal abstract unsafe class MomentsWorker(int size, RowWeights weights) : IDisposable
{
    private readonly FixedPointMatrix _logs = new(1, symmetric: false);
    private readonly PinnedColumns _pinned = new();

    private bool IsWeighted => weights != RowWeights.None;

    /// <summary>Columns, with the intercept.</summary>
    protected int Size { get; } = size;

    /// <summary>Rows with non-zero weight so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The rows that they stand for: with frequencies their sum, else as many as there are.</summary>
    public long Observations { get; private set; }

    /// <summary>Σ log w so far.</summary>
    public ExactValue SumLogWeights => _logs[0, 0];

    /// <summary>Adds a block: predictors, response, and the weights last when there are any.</summary>
    public void Add(RowBlock block)
    {
        int columns = Size - 1;
        if (block.Count != columns + (IsWeighted ? 1 : 0))
        {
            throw new ArgumentException($"The block has {block.Count} columns; {columns + (IsWeighted ? 1 : 0)} were announced.", nameof(block));
        }
        try
        {
            ReadOnlySpan<ColumnPointer> pointers = _pinned.Pin(block, columns);
            double* values = IsWeighted ? _pinned.Pin(block[columns]).High : null;
            Add(pointers, values, block.Rows, block.FirstRow);
        }
        finally
        {
            _pinned.Release();
        }
    }

    /// <summary>Adds rows wherever they are; the last pointer is the intercept's.</summary>
    /// <exception cref="PlumblineException">A value is not finite, or a weight is negative.</exception>
    public void Add(ReadOnlySpan<ColumnPointer> columns, double* values, long rows, long firstRow)
    {
        if (values is null)
        {
            Rows += rows;
            Observations += rows;
        }
        else
        {
            AddWeights(values, rows, firstRow);
        }
        Sum(columns, values, rows, firstRow);
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _pinned.Dispose();

    /// <summary>Adds the products.</summary>
    protected abstract void Sum(ReadOnlySpan<ColumnPointer> columns, double* values, long rows, long firstRow);

    private void AddWeights(double* values, long rows, long firstRow)
    {
        _logs.EnsureColumn(0, 0, 1);
        for (long r = 0; r < rows; r++)
        {
            double w = values[r];
            if (!(w >= 0) || double.IsPositiveInfinity(w))
            {
                throw new PlumblineException("negative-weight", $"Row {firstRow + r + 1}: the weight is {w}. Weights are finite and not negative.") { Line = firstRow + r + 1 };
            }
            if (w == 0)
            {
                continue;
            }
            Rows++;
            if (weights == RowWeights.Frequencies)
            {
                AddFrequency(w, firstRow + r + 1);
                continue;
            }
            Observations++;
            double log = Math.Log(w);
            if (log != 0)
            {
                BinaryParts parts = new(log);
                _logs.EnsureRow(0, parts.LowestBit, parts.Top);
                _logs.AddProduct(0, 0, log, 1, 0, subtract: false);
            }
        }
    }

    private void AddFrequency(double w, long line)
    {
        if (w != Math.Floor(w) || w > 1L << 53)
        {
            string value = w.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            throw new PlumblineException(
                "not-a-frequency",
                $"Row {line}: the weight is {value}. A frequency says how many equal rows one row stands for: a whole number, 0 or more. "
                + "For weights that tell precision, or the inverse of a probability, choose that kind.")
            {
                Line = line,
            };
        }
        Observations += (long)w;
    }
}

/// <summary>Sums without rounding.</summary>
internal sealed unsafe class ExactMomentsWorker(int size, RowWeights weights) : MomentsWorker(size, weights)
{
    private readonly ExactGram _gram = ExactGram.Create(size, weights != RowWeights.None);

    public FixedPointMatrix Total() => _gram.Total();

    public override void Dispose()
    {
        _gram.Dispose();
        base.Dispose();
    }

    protected override void Sum(ReadOnlySpan<ColumnPointer> columns, double* values, long rows, long firstRow)
    {
        long stopped = _gram.Add(columns, values, rows);
        if (stopped < 0)
        {
            return;
        }
        for (long r = stopped; r < rows; r++)
        {
            foreach (ColumnPointer column in columns)
            {
                double value = column.High[(nint)r * column.Stride];
                if (!double.IsFinite(value))
                {
                    throw NotFinite(firstRow + r, value);
                }
            }
        }
        throw new InvalidOperationException("A sum of finite values was reported as not finite.");
    }

    public static PlumblineException NotFinite(long row, double value) =>
        new("infinite-value", $"Row {row + 1} holds {value}. Every value must be a finite number; leave such rows out first.") { Line = row + 1 };
}

/// <summary>Sums in plain doubles about a shift.</summary>
internal sealed unsafe class FastMomentsWorker(double[] shift, RowWeights weights) : MomentsWorker(shift.Length, weights)
{
    private readonly FastGram _gram = FastGram.Create(shift, weights != RowWeights.None);

    public double this[int i, int j] => _gram[i, j];

    public override void Dispose()
    {
        _gram.Dispose();
        base.Dispose();
    }

    protected override void Sum(ReadOnlySpan<ColumnPointer> columns, double* values, long rows, long firstRow) =>
        _gram.Add(columns, values, rows);
}
