using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Sums Σ w (z − c)(z − c)ᵀ over rows in plain doubles. One object is used by one thread; results add up.</summary>
internal abstract unsafe class FastGram : IDisposable
{
    /// <summary>Creates a summation at the widest lanes that the machine has.</summary>
    /// <param name="shift">c, one a column: what is taken from every value before it is squared.</param>
    /// <param name="weighted">Whether rows come with weights.</param>
    public static FastGram Create(ReadOnlySpan<double> shift, bool weighted) => Create(shift, weighted, LaneWidth.Best);

    /// <summary>The same at 8, 4, 2 or 1 lanes. Every width gives the same bits where fused multiply-add exists.</summary>
    public static FastGram Create(ReadOnlySpan<double> shift, bool weighted, int lanes) => lanes switch
    {
        8 => new FastGram<Lanes8, System.Runtime.Intrinsics.Vector512<double>>(shift, weighted),
        4 => new FastGram<Lanes4, System.Runtime.Intrinsics.Vector256<double>>(shift, weighted),
        2 => new FastGram<Lanes2, System.Runtime.Intrinsics.Vector128<double>>(shift, weighted),
        1 => new FastGram<Lanes1, double>(shift, weighted),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "Lanes are 8, 4, 2 or 1."),
    };

    /// <summary>Adds rows; low parts are ignored. Infinities and NaN end up in the sums.</summary>
    public abstract void Add(ReadOnlySpan<ColumnPointer> columns, double* weights, long rows);

    /// <summary>The sum of entry (i, j), i ≤ j.</summary>
    public abstract double this[int i, int j] { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The plain Gram matrix, for one width of vectors.</summary>
/// <remarks>
/// Method   blocks of 128 rows are brought into panels, less the shift, and multiplied tile by tile; the sums of a block
///          are rounded sums of 128 products, and added to a running total: the error grows like 128 + n/128 roundings.
/// Cost     k²/2 fused multiply-adds a row.
/// </remarks>
internal sealed unsafe class FastGram<TLanes, TVector> : FastGram
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int BlockRows = 128;
    private readonly int _size;
    private readonly PanelLayout _layout;
    private readonly NativeBuffer _shift;
    private readonly NativeBuffer _right;
    private readonly NativeBuffer? _left;
    private readonly NativeBuffer _sums;
    private BlockPrefetch _prefetch;

    public FastGram(ReadOnlySpan<double> shift, bool weighted)
    {
        _size = shift.Length;
        _layout = new PanelLayout(_size, TLanes.Count, TileKernel<TLanes, TVector>.GroupSize);
        _shift = NativeBuffer.OfEights(_layout.Padded);
        shift.CopyTo(new Span<double>(_shift.Doubles, _size));
        _right = NativeBuffer.OfEights(_layout.Padded * BlockRows);
        _left = weighted ? NativeBuffer.OfEights(_layout.Padded * BlockRows) : null;
        _sums = NativeBuffer.OfEights(_layout.AccumulatorLength);
    }

    /// <inheritdoc/>
    public override double this[int i, int j] => _sums.Doubles[_layout.AccumulatorIndex(i, j)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ReadOnlySpan<ColumnPointer> columns, double* weights, long rows)
    {
        if (columns.Length != _size || (weights is null) != (_left is null))
        {
            throw new ArgumentException("Columns and weights must be as the summation was created for.");
        }
        int neighbors = PanelGather<TLanes, TVector>.Neighbors(columns);
        for (long start = 0; start < rows; start += BlockRows)
        {
            int count = (int)Math.Min(BlockRows, rows - start);
            PanelGather<TLanes, TVector>.High(columns, neighbors, (nint)start, count, _layout, BlockRows, _shift.Doubles, _right.Doubles);
            if (_left is not null)
            {
                foreach (PanelLayout.Panel panel in _layout.Panels)
                {
                    Weigh(_right.Doubles + (panel.First * BlockRows), weights + start, count, panel.Width, _left.Doubles + (panel.First * BlockRows));
                }
            }
            long left = Math.Min(BlockRows, rows - start - count);
            _prefetch.Begin(columns, (nint)(start + count), (nint)left, count * _layout.Tiles.Length);
            Multiply(count);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _shift.Dispose();
        _right.Dispose();
        _left?.Dispose();
        _sums.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(double* source, double* weights, int rows, int width, double* target)
    {
        for (int r = 0; r < rows; r++)
        {
            TVector w = TLanes.Broadcast(weights[r]);
            for (int c = 0; c < width; c += TLanes.Count)
            {
                TLanes.Store(target + c, TLanes.Multiply(TLanes.Load(source + c), w));
            }
            source += width;
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int rows)
    {
        double* left = (_left ?? _right).Doubles;
        foreach (ref readonly PanelLayout.PanelPair pair in _layout.Pairs.AsSpan())
        {
            PanelLayout.Panel p = _layout.Panels[pair.P], q = _layout.Panels[pair.Q];
            double* a = left + (p.First * BlockRows), b = _right.Doubles + (q.First * BlockRows);
            for (int t = pair.FirstTile; t < pair.EndTile; t++)
            {
                ref readonly PanelLayout.Tile tile = ref _layout.Tiles[t];
                Tiles<TLanes, TVector>.Run<AddSums<TLanes, TVector>>(tile, a, p.Width, b, q.Width, rows, 0, _sums.Doubles + tile.Accumulator, ref _prefetch);
            }
        }
    }
}
