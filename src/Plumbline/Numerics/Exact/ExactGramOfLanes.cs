using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>The exact Gram matrix, for one width of vectors.</summary>
/// <remarks>
/// Method   Blocks of 128 rows are cut into slices of 22-bit integers (<see cref="SlicedPanels{TLanes,TVector}"/>), the
///          slices multiplied by the ordinary tile kernel (<see cref="TileKernel{TLanes,TVector}"/>), whose sums are
///          exact, and added to 64-bit integers by level. When a column's window moves, or every 1024 blocks, the levels
///          are carried over to fixed point (<see cref="FixedPointMatrix"/>). What a few values have beyond their
///          slices, and rows whose exponents span too much, are multiplied as integers one by one.
/// Weights  Σ w zᵢ zⱼ is the product of w·zᵢ, held exactly as a double-double, and zⱼ: two sets of slices.
///          A column with low parts adds Σ (w·lowᵢ) zⱼ in a second round.
/// Cost     S(S+1)/2 plain Gram products for S slices.
/// </remarks>
internal sealed unsafe class ExactGram<TLanes, TVector> : ExactGram
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _size;
    private readonly PanelLayout _layout;
    private readonly SlicedPanels<TLanes, TVector> _right;
    private readonly SlicedPanels<TLanes, TVector> _left;      // the same object when unweighted
    private readonly bool _weighted;
    private readonly NativeBuffer _noShift;
    private readonly FixedPointMatrix _total;
    private readonly LevelSums<TLanes, TVector> _levels;
    private readonly LeftoverSums<TLanes, TVector> _leftovers;
    private readonly bool[] _wild = new bool[SliceWindow.BlockRows];
    private BlockPrefetch _prefetch;
    private int _neighbors;
    private int _blocks;

    public ExactGram(int columns, bool weighted, Func<int, int, bool>? wanted)
    {
        _size = columns;
        _weighted = weighted;
        _layout = new PanelLayout(columns, TLanes.Count, TileKernel<TLanes, TVector>.GroupSize, wanted);
        _right = new SlicedPanels<TLanes, TVector>(_layout);
        _left = weighted ? new SlicedPanels<TLanes, TVector>(_layout) : _right;
        _noShift = NativeBuffer.OfEights(_layout.Padded);
        _total = new FixedPointMatrix(columns, symmetric: !weighted);
        _levels = new LevelSums<TLanes, TVector>(_layout, _left, _right, _total);
        _leftovers = new LeftoverSums<TLanes, TVector>(_layout, _left, _right, _total, !weighted);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override long Add(ReadOnlySpan<ColumnPointer> columns, double* weights, long rows)
    {
        if (columns.Length != _size || (weights is not null) != _weighted)
        {
            throw new ArgumentException("Columns and weights must be as the summation was created for.");
        }
        _neighbors = PanelGather<TLanes, TVector>.Neighbors(columns);
        for (long start = 0; start < rows; start += SliceWindow.BlockRows)
        {
            int count = (int)Math.Min(SliceWindow.BlockRows, rows - start);
            double* w = weights is null ? null : weights + start;
            long next = Math.Min(SliceWindow.BlockRows, rows - start - count);
            _prefetch.Begin(columns, (nint)(start + count), (nint)next, count * _layout.Tiles.Length);
            if (!AddBlock(columns, (nint)start, w, count, lowPart: false))
            {
                return start;
            }
            if (_weighted && HasLow(columns) && !AddBlock(columns, (nint)start, w, count, lowPart: true))
            {
                return start;
            }
        }
        return -1;
    }

    /// <inheritdoc/>
    public override FixedPointMatrix Total()
    {
        SpillAll();
        return _total;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _right.Dispose();
        _left.Dispose();
        _noShift.Dispose();
        _leftovers.Dispose();
        _levels.Dispose();
    }

    private static bool HasLow(ReadOnlySpan<ColumnPointer> columns)
    {
        foreach (ref readonly ColumnPointer column in columns)
        {
            if (column.Low is not null)
            {
                return true;
            }
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AddBlock(ReadOnlySpan<ColumnPointer> columns, nint start, double* weights, int rows, bool lowPart)
    {
        Array.Clear(_wild);
        if (!Gather(columns, start, weights, rows, lowPart))
        {
            return false;
        }
        RaiseWindows(_right);
        if (_weighted)
        {
            RaiseWindows(_left);
        }
        bool anyWild = CutAll(rows);
        Multiply(rows);
        _leftovers.Add(_wild);
        if (anyWild)
        {
            new SlowRows(_total, columns, start, weights, lowPart).Add(_wild.AsSpan(0, rows));
        }
        if (++_blocks == SliceWindow.BlocksPerSpill)
        {
            SpillAll();
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Gather(ReadOnlySpan<ColumnPointer> columns, nint start, double* weights, int rows, bool lowPart)
    {
        bool finite = true;
        PanelGather<TLanes, TVector>.High(columns, _neighbors, start, rows, _layout, SliceWindow.BlockRows, _noShift.Doubles, _right.High(0));
        for (int p = 0; p < _layout.Panels.Length; p++)
        {
            PanelLayout.Panel panel = _layout.Panels[p];
            bool low = HasLow(columns[panel.First..Math.Min(panel.First + panel.Width, _size)]);
            _right.SetHasLow(p, low);
            if (low)
            {
                PanelGather<TLanes, TVector>.Low(columns, start, rows, panel, _right.Low(p));
            }
            finite &= _right.Scan(p, rows);
            if (_weighted)
            {
                double* factor = lowPart ? _left.High(p) : _right.High(p);
                if (lowPart)
                {
                    PanelGather<TLanes, TVector>.Low(columns, start, rows, panel, factor);
                }
                WeightedRows.Multiply(factor, weights, rows, panel.Width, _left.High(p), _left.Low(p), _wild);
                _left.SetHasLow(p, true);
                finite &= _left.Scan(p, rows);
            }
        }
        return finite;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RaiseWindows(SlicedPanels<TLanes, TVector> side)
    {
        for (int c = 0; c < _size; c++)
        {
            if (side.Exceeds(c))
            {
                if (side.Deepest[c] > 0)        // else there is nothing to carry over
                {
                    _levels.Spill(c);
                    _leftovers.Spill(c);
                }
                side.RaiseWindow(c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool CutAll(int rows)
    {
        CutSide(_right, rows);
        if (_weighted)
        {
            CutSide(_left, rows);
        }
        bool any = _wild.AsSpan(0, rows).Contains(true);
        if (any)
        {
            for (int r = 0; r < rows; r++)
            {
                if (_wild[r])
                {
                    _right.ClearSlices(r);
                    _left.ClearSlices(r);
                }
            }
        }
        if (!_weighted)
        {
            _right.AddUp(rows);
        }
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CutSide(SlicedPanels<TLanes, TVector> side, int rows)
    {
        side.Leftovers.Clear();
        for (int p = 0; p < _layout.Panels.Length; p++)
        {
            side.MarkTiny(p, rows, _wild);
        }
        for (int r = 0; r < rows; r++)
        {
            for (int p = 0; _wild[r] && p < _layout.Panels.Length; p++)
            {
                side.ClearRow(p, r);
            }
        }
        for (int p = 0; p < _layout.Panels.Length; p++)
        {
            side.Cut(p, rows, _wild);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int rows)
    {
        // One product at a time over all pairs: its one matrix of slices stays in the second-level cache.
        bool more = true;
        for (int n = 0; more; n++)
        {
            more = false;
            foreach (ref readonly PanelLayout.PanelPair pair in _layout.Pairs.AsSpan())
            {
                ReadOnlySpan<ProductPlan.Product> plan = ProductPlan.For(_left.Slices[pair.P], _right.Slices[pair.Q], !_weighted);
                if (n < plan.Length)
                {
                    _levels.Add(pair, plan[n].Targets, Matrix(_left, plan[n].P, pair.P), Matrix(_right, plan[n].Q, pair.Q), rows, ref _prefetch);
                    more |= n + 1 < plan.Length;
                }
            }
        }
    }

    private static double* Matrix(SlicedPanels<TLanes, TVector> side, ProductPlan.Operand operand, int panel) =>
        operand.A == operand.B ? side.Slice(operand.A, panel) : side.Sum(operand.A, operand.B, panel);

    private void SpillAll()
    {
        _levels.SpillAll();
        _leftovers.SpillAll();
        Array.Clear(_left.Deepest);
        Array.Clear(_right.Deepest);
        _blocks = 0;
    }
}
