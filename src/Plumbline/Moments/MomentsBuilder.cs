using System.Collections.Concurrent;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Sums the moments of rows as they come, exactly. <see cref="Add(RowBlock)"/> may be called from several threads
/// at once: each works on sums of its own, which are put together in the end. Neither the threads, nor the
/// order of the rows, nor how they are cut into blocks changes a bit of the result.
/// </summary>
public sealed class MomentsBuilder : IDisposable
{
    private readonly IReadOnlyList<DesignColumn> _columns;
    private readonly IReadOnlyList<RoundingSource> _sources;
    private readonly RowWeights _weights;
    private readonly ConcurrentBag<ExactMomentsWorker> _idle = [];
    private readonly ConcurrentBag<ExactMomentsWorker> _all = [];

    /// <summary>Starts with no rows.</summary>
    /// <param name="columns">The intercept first, then the predictors, then the response, as a design has them.</param>
    /// <param name="sources">The rounding sources that the columns' degrees refer to.</param>
    /// <param name="weighted">Whether blocks bring a column of weights, last.</param>
    public MomentsBuilder(IReadOnlyList<DesignColumn> columns, IReadOnlyList<RoundingSource> sources, bool weighted = false)
        : this(columns, sources, weighted ? RowWeights.Weights : RowWeights.None)
    {
    }

    internal MomentsBuilder(IReadOnlyList<DesignColumn> columns, IReadOnlyList<RoundingSource> sources, RowWeights weights)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns.Count, 1);
        _columns = columns;
        _sources = sources;
        _weights = weights;
    }

    /// <summary>Starts with no rows, for plain columns of doubles: predictors first, the response last.</summary>
    /// <param name="names">The names of the predictors and of the response; the intercept is added.</param>
    public MomentsBuilder(params string[] names)
        : this(PlainColumns.Named(names), PlainColumns.Sources(names))
    {
    }

    /// <summary>How many threads have worked at once.</summary>
    internal int Workers => _all.Count;

    /// <summary>Rows with non-zero weight so far; with frequencies they stand for more (<see cref="Moments.Rows"/>).</summary>
    internal long RowsUsed => _all.Sum(static worker => worker.Rows);

    /// <summary>Adds the rows of a block: predictors, response, and the weights last when there are any; no missing values.</summary>
    /// <exception cref="PlumblineException">A value is not finite (<c>infinite-value</c>) or a weight is negative (<c>negative-weight</c>).</exception>
    public void Add(RowBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        ExactMomentsWorker worker = Rent();
        worker.Add(block);
        Return(worker);
    }

    /// <summary>The moments of all rows added so far.</summary>
    public Moments Build()
    {
        FixedPointMatrix? total = null;
        long rows = 0;
        ExactValue logs = ExactValue.Zero;
        foreach (ExactMomentsWorker worker in _all)
        {
            rows += worker.Observations;
            logs += worker.SumLogWeights;
            FixedPointMatrix sums = worker.Total();
            if (total is null && _all.Count > 1)
            {
                total = new FixedPointMatrix(_columns.Count, symmetric: _weights == RowWeights.None);
            }
            if (total is null)
            {
                total = sums;
            }
            else
            {
                total.Add(sums);
            }
        }
        return new Moments(_columns, _sources, rows, logs, Pack(total));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ExactMomentsWorker worker in _all)
        {
            worker.Dispose();
        }
        _all.Clear();
        _idle.Clear();
    }

    internal ExactMomentsWorker Rent()
    {
        if (!_idle.TryTake(out ExactMomentsWorker? worker))
        {
            worker = new ExactMomentsWorker(_columns.Count, _weights);
            _all.Add(worker);
        }
        return worker;
    }

    internal void Return(ExactMomentsWorker worker) => _idle.Add(worker);

    /// <summary>From the order of the kernel (intercept last) to that of moments (intercept first).</summary>
    private ExactValue[] Pack(FixedPointMatrix? total)
    {
        int k = _columns.Count;
        var upper = new ExactValue[Moments.PackedLength(k)];
        if (total is null)
        {
            return upper;
        }
        for (int i = 0; i < k; i++)
        {
            for (int j = i; j < k; j++)
            {
                int a = (i + k - 1) % k, b = (j + k - 1) % k;
                upper[Moments.PackedIndex(i, j, k)] = total[Math.Min(a, b), Math.Max(a, b)];
            }
        }
        return upper;
    }
}
