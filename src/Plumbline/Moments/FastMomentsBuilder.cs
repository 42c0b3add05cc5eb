using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>Sums moments in plain doubles, about the first row that comes. May be added to from several threads.</summary>
internal sealed class FastMomentsBuilder(
    IReadOnlyList<DesignColumn> columns, IReadOnlyList<RoundingSource> sources, RowWeights weights) : IDisposable
{
    private readonly ConcurrentBag<FastMomentsWorker> _idle = [];
    private readonly ConcurrentBag<FastMomentsWorker> _all = [];
    private readonly Lock _gate = new();
    private double[]? _shift;

    /// <summary>Rows with non-zero weight so far.</summary>
    public long RowsUsed => _all.Sum(static worker => worker.Rows);

    /// <summary>Adds the rows of a block: predictors, response, and the weights last when there are any.</summary>
    public void Add(RowBlock block)
    {
        if (block.Rows == 0)
        {
            return;
        }
        lock (_gate)
        {
            _shift ??= FirstRow(block);
        }
        FastMomentsWorker worker = Rent(_shift);
        worker.Add(block);
        Return(worker);
    }

    /// <summary>A worker about a shift (intercept last, with shift 0).</summary>
    public FastMomentsWorker Rent(double[] shift)
    {
        _shift ??= shift;
        if (!_idle.TryTake(out FastMomentsWorker? worker))
        {
            worker = new FastMomentsWorker(_shift, weights);
            _all.Add(worker);
        }
        return worker;
    }

    public void Return(FastMomentsWorker worker) => _idle.Add(worker);

    /// <summary>The moments of all rows added so far.</summary>
    public FastMoments Build()
    {
        int k = columns.Count;
        var upper = new double[Moments.PackedLength(k)];
        long rows = 0;
        var logs = Numerics.ExactValue.Zero;
        foreach (FastMomentsWorker worker in _all)
        {
            rows += worker.Observations;
            logs += worker.SumLogWeights;
            for (int i = 0; i < k; i++)
            {
                for (int j = i; j < k; j++)
                {
                    int a = (i + k - 1) % k, b = (j + k - 1) % k;
                    upper[Moments.PackedIndex(i, j, k)] += worker[Math.Min(a, b), Math.Max(a, b)];
                }
            }
        }
        var shift = new double[k];
        _shift?.AsSpan(0, k - 1).CopyTo(shift.AsSpan(1));
        return new FastMoments(columns, sources, rows, logs, shift, upper);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FastMomentsWorker worker in _all)
        {
            worker.Dispose();
        }
    }

    private double[] FirstRow(RowBlock block)
    {
        var shift = new double[columns.Count];
        for (int c = 0; c < columns.Count - 1; c++)
        {
            shift[c] = block[c].High[0];
        }
        return shift;
    }
}
