using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Puts the shares of threads together, and adds up cells where a smaller set of categories is asked for.</summary>
internal sealed class CellSums
{
    private readonly DesignShape _shape;
    private readonly CellPlan _plan;
    private readonly RowWeights _weights;
    private readonly CellTree _tree = new();
    private readonly Dictionary<CellProduct, FixedPointVector> _sums = [];
    private readonly long[][] _levelRows;
    private readonly FixedPointMatrix _dense;
    private readonly FixedPointMatrix _unweighted;
    private long _rows;
    private long _observations;
    private ExactValue _logs;

    public CellSums(DesignShape shape, CellPlan plan, RowWeights weights)
    {
        _shape = shape;
        _plan = plan;
        _weights = weights;
        _dense = new FixedPointMatrix(plan.Dense.Count + 1, symmetric: weights == RowWeights.None);
        _unweighted = new FixedPointMatrix(shape.Unweighted.Count, symmetric: true);
        _levelRows = [.. shape.Categories.Select(static _ => Array.Empty<long>())];
        for (int k = 0; k < shape.Categories.Count; k++)
        {
            _tree.Node([k]);
        }
        foreach (CellSet set in plan.Sets)
        {
            CellNode node = _tree.Node(set.Categories);
            foreach ((int a, int b) in set.Products)
            {
                Sum(node, a, b);
            }
        }
    }

    /// <summary>Adds a thread's share.</summary>
    public void Add(CellMomentsWorker worker)
    {
        _rows += worker.Rows;
        _observations += worker.Observations;
        _logs += worker.SumLogWeights;
        _dense.Add(worker.DenseTotal());
        if (worker.UnweightedTotal() is { } unweighted)
        {
            _unweighted.Add(unweighted);
        }
        int[][] places = _tree.Take(worker.Tree, null);
        for (int k = 0; k < _levelRows.Length; k++)
        {
            List<long> counts = worker.Counts[worker.Tree.Node([k]).Index];
            Array.Resize(ref _levelRows[k], Math.Max(_levelRows[k].Length, counts.Count));
            for (int code = 0; code < counts.Count; code++)
            {
                _levelRows[k][code] += counts[code];
            }
        }
        for (int s = 0; s < _plan.Sets.Count; s++)
        {
            CellSet set = _plan.Sets[s];
            int there = worker.Tree.Node(set.Categories).Index;
            CellNode node = _tree.Node(set.Categories);
            if (set.Counts)
            {
                AddCounts(Sum(node, 0, 0), worker.Counts[there], places[there]);
            }
            for (int g = 0; g < set.Groups.Length; g++)
            {
                CellGroup group = set.Groups[g];
                for (int n = 0; n < group.Right.Length; n++)
                {
                    Sum(node, group.Left, group.Right[n]).Add(worker.Total(s, g, n), places[there], subtract: false);
                }
            }
        }
    }

    /// <summary>All of it, as moments.</summary>
    public CellMoments Build()
    {
        foreach (CellMargin margin in _plan.Margins)
        {
            CellMargins.AddUp(margin, _tree, _sums);
        }
        return new CellMoments(_shape, _weights)
        {
            Rows = _rows,
            Observations = _observations,
            SumLogWeights = _logs,
            LevelRows = _levelRows,
            Tree = _tree,
            Sums = _sums,
            Dense = Pack(_dense, [.. _plan.Dense, 0]),
            UnweightedSums = _weights == RowWeights.Weights ? Pack(_unweighted, [.. _shape.Unweighted]) : null,
        };
    }

    /// <summary>The sums of a product in the cells of a node, with room for all of them.</summary>
    private FixedPointVector Sum(CellNode node, int a, int b)
    {
        var product = new CellProduct(node.Index, a, b);
        if (!_sums.TryGetValue(product, out FixedPointVector? sum))
        {
            _sums.Add(product, sum = new FixedPointVector());
        }
        sum.Grow(node.Count);
        return sum;
    }

    private static void AddCounts(FixedPointVector sum, List<long> counts, ReadOnlySpan<int> places)
    {
        sum.EnsureRoom(0, 1);
        for (int i = 0; i < counts.Count; i++)
        {
            sum.Add(places[i], counts[i], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Dictionary<(int A, int B), ExactValue> Pack(FixedPointMatrix matrix, int[] parts)
    {
        var sums = new Dictionary<(int A, int B), ExactValue>(parts.Length * (parts.Length + 1) / 2);
        for (int i = 0; i < parts.Length; i++)
        {
            for (int j = i; j < parts.Length; j++)
            {
                sums[(Math.Min(parts[i], parts[j]), Math.Max(parts[i], parts[j]))] = matrix[i, j];
            }
        }
        return sums;
    }
}
