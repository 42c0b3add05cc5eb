using System.Collections.Concurrent;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Sums what a design needs from rows as they come, exactly: numbers with numbers, and with categories cell by cell, in one
/// pass; levels may appear at any row. <see cref="Add"/> may be called from several threads at once. Neither the threads,
/// nor the order of the rows, nor how they are cut into blocks changes a bit of the result.
/// </summary>
internal sealed class CellMomentsBuilder : IDisposable
{
    private readonly DesignShape _shape;
    private readonly RowWeights _weights;
    private readonly CellPlan _plan;
    private readonly ConcurrentBag<CellMomentsWorker> _idle = [];
    private readonly ConcurrentBag<CellMomentsWorker> _all = [];

    /// <summary>Starts with no rows.</summary>
    /// <param name="shape">How blocks are laid out, and which products are needed.</param>
    /// <param name="weights">Whether blocks bring a column of weights, last, and what these are.</param>
    public CellMomentsBuilder(DesignShape shape, RowWeights weights)
    {
        _shape = shape;
        _weights = weights;
        _plan = new CellPlan(shape, weights);
    }

    /// <summary>Adds the rows of a block; no missing values.</summary>
    /// <exception cref="PlumblineException">A value is not finite (<c>infinite-value</c>) or a weight is negative (<c>negative-weight</c>).</exception>
    public void Add(RowBlock block)
    {
        if (!_idle.TryTake(out CellMomentsWorker? worker))
        {
            worker = new CellMomentsWorker(_shape, _plan, _weights);
            _all.Add(worker);
        }
        worker.Add(block);
        _idle.Add(worker);
    }

    /// <summary>The moments of all rows added so far.</summary>
    public CellMoments Build()
    {
        var total = new CellSums(_shape, _plan, _weights);
        foreach (CellMomentsWorker worker in _all)
        {
            total.Add(worker);
        }
        return total.Build();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CellMomentsWorker worker in _all)
        {
            worker.Dispose();
        }
        _all.Clear();
        _idle.Clear();
    }
}
