using System.Collections.Concurrent;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Exact sums Σ w c cᵀ over rows of columns that are given a block at a time, from several threads.</summary>
/// <param name="columns">How many columns.</param>
/// <param name="weighted">Whether rows come with weights.</param>
/// <param name="wanted">Which entries (i, j), i ≤ j, are wanted; others may be anything. Null for all.</param>
internal sealed class ExactSums(int columns, bool weighted, Func<int, int, bool>? wanted = null) : IDisposable
{
    private readonly ConcurrentBag<Share> _idle = [];
    private readonly ConcurrentBag<Share> _all = [];

    /// <summary>Adds the first rows of some columns.</summary>
    /// <param name="from">The columns.</param>
    /// <param name="weights">A weight a row, finite and not negative; null for none.</param>
    /// <param name="start">The first row of the columns; weights begin at 0.</param>
    /// <param name="rows">How many rows.</param>
    public unsafe void Add(ReadOnlySpan<NumberColumn> from, double[]? weights, int start, int rows)
    {
        if (!_idle.TryTake(out Share? share))
        {
            share = new Share(ExactGram.Create(columns, weighted, wanted), new PinnedColumns());
            _all.Add(share);
        }
        var pointers = new ColumnPointer[columns];
        try
        {
            for (int j = 0; j < columns; j++)
            {
                pointers[j] = share.Pins.Pin(from[j]).Skip(start);
            }
            fixed (double* w = weights)
            {
                if (share.Gram.Add(pointers, w, rows) >= 0)
                {
                    throw new PlumblineException("infinite-value", "A residual or a column is not a finite number in the second look at the rows. Scale the columns down, or leave the row out.");
                }
            }
        }
        finally
        {
            share.Pins.Release();
        }
        _idle.Add(share);
    }

    /// <summary>The sums over all rows so far.</summary>
    public Func<int, int, ExactValue> Total()
    {
        var total = new FixedPointMatrix(columns, symmetric: !weighted);
        foreach (Share share in _all)
        {
            total.Add(share.Gram.Total());
        }
        return (i, j) => total[Math.Min(i, j), Math.Max(i, j)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Share share in _all)
        {
            share.Gram.Dispose();
            share.Pins.Dispose();
        }
    }

    private sealed record Share(ExactGram Gram, PinnedColumns Pins);
}
