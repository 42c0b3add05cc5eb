using Plumbline.Numerics;

namespace Plumbline;

/// <summary>One thread's share of the sums of a design with categories.</summary>
internal sealed unsafe class CellMomentsWorker : IDisposable
{
    /// <summary>Rows that are looked at by all sums before the next: their numbers stay in the second-level cache.</summary>
    private const int StripRows = 4096;

    private readonly DesignShape _shape;
    private readonly CellPlan _plan;
    private readonly RowWeights _weights;
    private readonly ExactMomentsWorker _dense;
    private readonly ExactGram? _unweighted;
    private readonly PinnedColumns _pinned = new();
    private readonly ColumnPointer[] _parts;            // of a strip; the constant is the last
    private readonly ColumnPointer[] _denseColumns;
    private readonly ColumnPointer[] _unweightedColumns;
    private readonly CellGram[][] _grams;
    private readonly CellNode[] _nodes;             // of the sets
    private readonly List<NativeBuffer> _cells = [];
    private int _capacity;

    public CellMomentsWorker(DesignShape shape, CellPlan plan, RowWeights weights)
    {
        _shape = shape;
        _plan = plan;
        _weights = weights;
        _parts = new ColumnPointer[shape.Parts.Count];
        _denseColumns = new ColumnPointer[plan.Dense.Count + 1];
        _dense = new ExactMomentsWorker(_denseColumns.Length, weights);
        _unweightedColumns = new ColumnPointer[shape.Unweighted.Count];
        _unweighted = weights == RowWeights.Weights && shape.Unweighted.Count > 0 ? ExactGram.Create(shape.Unweighted.Count, weighted: false) : null;
        for (int k = 0; k < shape.Categories.Count; k++)
        {
            Tree.Node([k]);
        }
        _nodes = [.. plan.Sets.Select(set => Tree.Node(set.Categories))];
        _grams = [.. plan.Sets.Select(static set => set.Groups.Select(static g => CellGram.Create(g.Right.Length)).ToArray())];
        Counts = [.. Enumerable.Range(0, Tree.Nodes.Count).Select(static _ => new List<long>())];
        Counted = [.. Tree.Nodes.Select(node => node.Parent is null || plan.Sets.Any(s => s.Counts && s.Categories.AsSpan().SequenceEqual(node.Categories)))];
    }

    /// <summary>The cells so far.</summary>
    public CellTree Tree { get; } = new();

    /// <summary>For each node of the tree the rows in each cell, those of weight 0 too, or the sum of frequencies; empty where nobody asks.</summary>
    public List<long>[] Counts { get; }

    /// <summary>Rows with non-zero weight so far.</summary>
    public long Rows => _dense.Rows;

    /// <summary>The rows that they stand for.</summary>
    public long Observations => _dense.Observations;

    /// <summary>Σ log w so far.</summary>
    public ExactValue SumLogWeights => _dense.SumLogWeights;

    private bool[] Counted { get; }

    private bool IsWeighted => _weights != RowWeights.None;

    /// <summary>Adds a block that is laid out as the shape says.</summary>
    /// <exception cref="PlumblineException">A value is not finite, or a weight is negative.</exception>
    public void Add(RowBlock block)
    {
        int numbers = _shape.Parts.Count - 1, columns = numbers + _shape.Categories.Count;
        if (block.Count != columns + (IsWeighted ? 1 : 0))
        {
            throw new ArgumentException($"The block has {block.Count} columns; {columns + (IsWeighted ? 1 : 0)} were announced.", nameof(block));
        }
        try
        {
            ReadOnlySpan<ColumnPointer> parts = _pinned.Pin(block, numbers);
            double* weights = IsWeighted ? _pinned.Pin(block[columns]).High : null;
            int strip = _nodes.Length == 0 ? block.Rows : StripRows;
            for (int start = 0; start < block.Rows; start += strip)
            {
                for (int p = 0; p < _parts.Length; p++)
                {
                    _parts[p] = parts[p].Skip(start);
                }
                AddStrip(block, start, Math.Min(strip, block.Rows - start), weights is null ? null : weights + start);
            }
        }
        finally
        {
            _pinned.Release();
        }
    }

    private void AddStrip(RowBlock block, int start, int rows, double* weights)
    {
        long firstRow = block.FirstRow + start;
        Fill(_denseColumns.AsSpan(0, _plan.Dense.Count), _parts, _plan.Dense);
        _denseColumns[^1] = _parts[^1];
        _dense.Add(_denseColumns, weights, rows, firstRow);
        if (_unweighted is not null)
        {
            Fill(_unweightedColumns, _parts, _shape.Unweighted);
            _unweighted.Add(_unweightedColumns, null, rows);
        }
        FindCells(block, start, rows, _weights == RowWeights.Frequencies ? weights : null);
        for (int s = 0; s < _nodes.Length; s++)
        {
            AddTo(s, weights, rows, firstRow);
        }
    }

    /// <summary>Numbers with numbers: the dense parts, then the constant.</summary>
    public FixedPointMatrix DenseTotal() => _dense.Total();

    /// <summary>The unweighted sums, when there are weights.</summary>
    public FixedPointMatrix? UnweightedTotal() => _unweighted?.Total();

    /// <summary>The sums of a group, for one of its right factors.</summary>
    public FixedPointVector Total(int set, int group, int right) => _grams[set][group].Total(right);

    /// <inheritdoc/>
    public void Dispose()
    {
        _dense.Dispose();
        _unweighted?.Dispose();
        _pinned.Dispose();
        foreach (CellGram gram in _grams.SelectMany(static g => g))
        {
            gram.Dispose();
        }
        _cells.ForEach(static buffer => buffer.Dispose());
    }

    private static void Fill(Span<ColumnPointer> target, ReadOnlySpan<ColumnPointer> parts, IReadOnlyList<int> wanted)
    {
        for (int n = 0; n < target.Length; n++)
        {
            target[n] = Part(parts, wanted[n]);
        }
    }

    /// <summary>The constant is the last pointer.</summary>
    private static ColumnPointer Part(ReadOnlySpan<ColumnPointer> parts, int part) => part == 0 ? parts[^1] : parts[part - 1];

    private void FindCells(RowBlock block, int start, int rows, double* frequencies)
    {
        if (rows > _capacity)
        {
            _cells.ForEach(static buffer => buffer.Dispose());
            _cells.Clear();
            _capacity = rows;
            _cells.AddRange(Tree.Nodes.Select(_ => NativeBuffer.OfEights((_capacity + 1) / 2)));
        }
        foreach (CellNode node in Tree.Nodes)
        {
            Span<int> cells = Cells(node, rows);
            ReadOnlySpan<double> codes = block[_shape.Parts.Count - 1 + node.Categories[^1]].High.Slice(start, rows);
            node.Add(node.Parent is null ? default : Cells(node.Parent, rows), codes, cells);
            if (Counted[node.Index])
            {
                Count(Counts[node.Index], cells, node.Count, frequencies);
            }
        }
    }

    private static void Count(List<long> counts, ReadOnlySpan<int> cells, int count, double* frequencies)
    {
        if (counts.Count < count)
        {
            System.Runtime.InteropServices.CollectionsMarshal.SetCount(counts, count);
        }
        Span<long> entries = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts);
        if (frequencies is null)
        {
            foreach (int cell in cells)
            {
                entries[cell]++;
            }
            return;
        }
        for (int r = 0; r < cells.Length; r++)
        {
            entries[cells[r]] += (long)frequencies[r];
        }
    }

    private Span<int> Cells(CellNode node, int rows) => new(_cells[node.Index].Longs, rows);

    private void AddTo(int set, double* weights, int rows, long firstRow)
    {
        CellNode node = _nodes[set];
        CellGroup[] groups = _plan.Sets[set].Groups;
        for (int g = 0; g < groups.Length; g++)
        {
            CellGroup group = groups[g];
            var right = new ColumnPointer[group.Right.Length];
            Fill(right, _parts, group.Right);
            ColumnPointer? left = group.Left == 0 ? null : Part(_parts, group.Left);
            long stopped = _grams[set][g].Add(left, right, weights, (int*)_cells[node.Index].Longs, rows, node.Count);
            if (stopped >= 0)
            {
                throw NotFiniteFrom(stopped, rows, firstRow);
            }
        }
    }

    private PlumblineException NotFiniteFrom(long first, int rows, long firstRow)
    {
        for (long r = first; r < rows; r++)
        {
            foreach (ref readonly ColumnPointer part in _parts.AsSpan())
            {
                double value = part.High[(nint)r * part.Stride];
                if (!double.IsFinite(value))
                {
                    return ExactMomentsWorker.NotFinite(firstRow + r, value);
                }
            }
        }
        throw new InvalidOperationException("A sum of finite values was reported as not finite.");
    }
}
