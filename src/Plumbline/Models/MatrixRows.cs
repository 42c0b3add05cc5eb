using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Rows of a matrix in memory that stays in place, as the kernels read them.</summary>
internal sealed unsafe class MatrixRows(double* x, double* y, double* weights, int rows, int columns, MatrixLayout layout)
{
    /// <summary>Rows that a thread takes at a time: fewer where they are long.</summary>
    private readonly int _partRows = Math.Clamp((1 << 21) / (columns + 2) / 128 * 128, 1 << 10, 1 << 14);

    private readonly double* _x = x;
    private readonly double* _y = y;

    public double* Weights { get; } = weights;

    /// <summary>Calls <paramref name="work"/> for parts that together are all rows, from several threads.</summary>
    public void ForEachPart(int threads, CancellationToken cancellation, Action<int, int> work)
    {
        int parts = (rows + _partRows - 1) / _partRows;
        int degree = Math.Min(parts, threads > 0 ? threads : Environment.ProcessorCount);
        if (degree == 1)
        {
            for (int p = 0; p < parts; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(p * _partRows, Math.Min(_partRows, rows - (p * _partRows)));
            }
            return;
        }
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellation }, p =>
                work(p * _partRows, Math.Min(_partRows, rows - (p * _partRows))));
        }
        catch (AggregateException failures)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(
                failures.InnerExceptions.OrderBy(static e => (e as PlumblineException)?.Line ?? long.MaxValue).First());
        }
    }

    /// <summary>Adds some rows to a worker's sums.</summary>
    public void AddTo(MomentsWorker worker, int start, int count)
    {
        double one = 1;
        var pointers = new ColumnPointer[columns + 2];
        for (int j = 0; j < columns; j++)
        {
            pointers[j] = layout == MatrixLayout.RowMajor
                ? new ColumnPointer(_x + ((nint)start * columns) + j, null, columns)
                : new ColumnPointer(_x + ((nint)j * rows) + start, null, 1);
        }
        pointers[columns] = new ColumnPointer(_y + start, null, 1);
        pointers[columns + 1] = new ColumnPointer(&one, null, 0);
        worker.Add(pointers, Weights is null ? null : Weights + start, count, start);
    }

    /// <summary>The first row and, last, 0 for the intercept: what fast sums are taken about.</summary>
    public double[] FirstRow()
    {
        var row = new double[columns + 2];
        for (int j = 0; j < columns; j++)
        {
            row[j] = At(0, j);
        }
        row[columns] = _y[0];
        return row;
    }

    /// <summary>Finds the value that spoiled the sums and says where it is.</summary>
    public void ThrowNotFinite(string[] names)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= columns; j++)
            {
                double value = j < columns ? At(i, j) : _y[i];
                if (!double.IsFinite(value))
                {
                    throw new PlumblineException("infinite-value", $"Row {i + 1} of {names[j]} holds {value}. Every value must be a finite number; leave such rows out first.") { Line = i + 1, Column = names[j] };
                }
            }
        }
        throw new PlumblineException("overflow", "The sums of squares are beyond the range of doubles. Use exact arithmetic, or scale the columns down.");
    }

    private double At(int i, int j) => layout == MatrixLayout.RowMajor ? _x[((nint)i * columns) + j] : _x[((nint)j * rows) + i];
}
