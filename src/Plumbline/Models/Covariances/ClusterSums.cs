using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The middle of CR0 and CR1: M = Σ_g s_g s_gᵀ with s_g = Σ_{i in g} w·e·x, for one way of clustering, or for two and their intersection.
/// </summary>
/// <remarks>
/// Method      the sums s_g of scaled columns and residuals are kept in fixed point of 120 bits, one for each cluster and thread; they add up to
///             the same bits in any order. In the end their squares are summed by the exact kernel.
/// Cost        k products in double-double a row and way; 16·k bytes a cluster, way and thread, nothing that grows with the rows.
/// Source      Liang, Zeger, Longitudinal data analysis using generalized linear models, Biometrika 73 (1986); Cameron, Gelbach, Miller,
///             Robust inference with multiway clustering, JBES 29 (2011): V = V_a + V_b − V_{a∩b}.
/// Fails when  a cluster's name is missing in a row of the fit (<see cref="Missing"/>).
/// </remarks>
internal sealed class ClusterSums(LeastSquaresGeometry geometry, bool isExactFit, int ways)
{
    private readonly ConcurrentBag<Worker> _idle = [];
    private readonly ConcurrentBag<Worker> _all = [];
    private readonly int _tables = ways == 1 ? 1 : 3;

    /// <summary>In how many rows of the fit a way's cluster is missing.</summary>
    public long Missing(int way) => _all.Sum(worker => worker.Missing[way]);

    /// <summary>Adds the rows of a block, whose first further columns name the clusters; from several threads at a time.</summary>
    public void Add(ModelBlock block)
    {
        if (!_idle.TryTake(out Worker? worker))
        {
            worker = new Worker(new RowScores(geometry, isExactFit, withLeverages: false), geometry.Count, ways, _tables);
            _all.Add(worker);
        }
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start);
            worker.Scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                if (weight != 0)
                {
                    double first = block.Extra(0)[start + r];
                    worker.Add(r, weight, first, ways == 1 ? 0 : block.Extra(1)[start + r]);
                }
            }
        }
        _idle.Add(worker);
    }

    /// <summary>For each way, and last for the intersection of two: M, and how many clusters there are.</summary>
    public IReadOnlyList<(Func<int, int, ExactValue> Sum, long Clusters)> Totals()
    {
        var totals = new List<(Func<int, int, ExactValue>, long)>();
        for (int t = 0; t < _tables; t++)
        {
            var whole = new ClusterTable(geometry.Count);
            foreach (Worker worker in _all)
            {
                whole.Add(worker.Tables[t]);
            }
            using var sums = new ScoreRows(geometry.Count, geometry.Powers);
            whole.Squares(sums);
            totals.Add((sums.Total(), whole.Count));
        }
        return totals;
    }

    private sealed class Worker(RowScores scores, int size, int ways, int tables)
    {
        private readonly Int128[] _products = new Int128[size];

        public RowScores Scores => scores;

        public long[] Missing { get; } = new long[ways];

        public ClusterTable[] Tables { get; } = [.. Enumerable.Range(0, tables).Select(_ => new ClusterTable(size))];

        public void Add(int row, double weight, double first, double second)
        {
            if (double.IsNaN(first) || double.IsNaN(second))
            {
                Missing[0] += double.IsNaN(first) ? 1 : 0;
                if (double.IsNaN(second))
                {
                    Missing[1]++;
                }
                return;
            }
            DoubleDouble u = scores.Residuals[row] * DoubleDouble.From(weight);
            for (int j = 0; j < _products.Length; j++)
            {
                _products[j] = FixedPoint.Product(u, scores.Column(j)[row]);
            }
            Tables[0].Add(first, 0, _products);
            if (ways == 2)
            {
                Tables[1].Add(0, second, _products);
                Tables[2].Add(first, second, _products);
            }
        }
    }
}

/// <summary>A row of sums in fixed point for each cluster.</summary>
internal sealed class ClusterTable(int size)
{
    private readonly Dictionary<(double First, double Second), int> _places = [];
    private readonly List<Int128> _sums = [];

    /// <summary>How many clusters.</summary>
    public int Count => _places.Count;

    /// <summary>Adds to a cluster's sums.</summary>
    public void Add(double first, double second, ReadOnlySpan<Int128> values)
    {
        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, (first, second), out bool exists);
        if (!exists)
        {
            place = _places.Count - 1;
            CollectionsMarshal.SetCount(_sums, checked(_places.Count * size));
            CollectionsMarshal.AsSpan(_sums).Slice(place * size, size).Clear();
        }
        Span<Int128> sums = CollectionsMarshal.AsSpan(_sums).Slice(place * size, size);
        for (int j = 0; j < sums.Length; j++)
        {
            sums[j] += values[j];
        }
    }

    /// <summary>Adds all sums of another table.</summary>
    public void Add(ClusterTable other)
    {
        foreach (((double first, double second), int place) in other._places)
        {
            Add(first, second, CollectionsMarshal.AsSpan(other._sums).Slice(place * size, size));
        }
    }

    /// <summary>Hands every cluster's sums over as a row.</summary>
    public void Squares(ScoreRows rows)
    {
        ReadOnlySpan<Int128> sums = CollectionsMarshal.AsSpan(_sums);
        for (int place = 0; place < Count; place++)
        {
            rows.Add(sums.Slice(place * size, size));
        }
    }
}
