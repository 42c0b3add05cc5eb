using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Exact sums per cell, for one width of vectors.</summary>
/// <remarks>
/// Method   Blocks of 64 rows. Each product w·a·bⱼ is a sum of a few doubles without rounding (<see cref="CellFactors"/>,
///          two-products). Every one of these is cut into planes of integers of at most 31 bits, 30 bits apart, below one
///          power of two per column. A row then adds its integers to those of its cell, plane by plane, in doubles: the sums
///          stay below 2⁵³ and are exact (<see cref="CellPlanes{TLanes,TVector}"/>). They are carried over to fixed point
///          when a column's window moves, or every 2²⁰ rows.
/// Cost     one load, addition and store a row for each vector of columns and plane, however many cells there are; one plane
///          for whole numbers, three for most measured doubles.
/// Falls back  A block whose products would leave the range of doubles is multiplied value by value as integers.
/// </remarks>
internal sealed unsafe class CellGram<TLanes, TVector> : CellGram
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _columns;
    private readonly int _width;
    private readonly CellFactors _factors = new();
    private readonly CellPlanes<TLanes, TVector> _planes;
    private readonly NativeBuffer _high;
    private readonly NativeBuffer _low;
    private readonly NativeBuffer _product;
    private readonly NativeBuffer _error;
    private readonly NativeBuffer _zeros = NativeBuffer.OfEights(BlockRows);

    public CellGram(int columns)
    {
        _columns = columns;
        _width = (columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        _planes = new CellPlanes<TLanes, TVector>(columns, _width);
        _high = NativeBuffer.OfEights(BlockRows * _width);
        _low = NativeBuffer.OfEights(BlockRows * _width);
        _product = NativeBuffer.OfEights(BlockRows * _width);
        _error = NativeBuffer.OfEights(BlockRows * _width);
    }

    /// <inheritdoc/>
    public override long Add(ColumnPointer? left, ReadOnlySpan<ColumnPointer> right, double* weights, int* cells, long rows, int count)
    {
        if (right.Length != _columns)
        {
            throw new ArgumentException("The right factors must be as many as the summation was created for.", nameof(right));
        }
        _planes.Grow(count);
        for (long start = 0; start < rows; start += BlockRows)
        {
            int length = (int)Math.Min(BlockRows, rows - start);
            ColumnPointer? a = left?.Skip((nint)start);
            double* w = weights is null ? null : weights + start;
            if (!AddBlock(a, right, (nint)start, w, cells + start, length))
            {
                return start;
            }
        }
        return -1;
    }

    /// <inheritdoc/>
    public override FixedPointVector Total(int column)
    {
        _planes.Spill();
        return _planes.Total(column);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _factors.Dispose();
        _planes.Dispose();
        _high.Dispose();
        _low.Dispose();
        _product.Dispose();
        _error.Dispose();
        _zeros.Dispose();
    }

    private bool AddBlock(ColumnPointer? left, ReadOnlySpan<ColumnPointer> right, nint start, double* weights, int* cells, int rows)
    {
        bool anyLow = Gather(right, start, rows);
        _planes.Begin(rows);
        if (left is null && weights is null)
        {
            bool isCut = _planes.Cut(_high.Doubles) && (!anyLow || _planes.Cut(_low.Doubles));
            if (!_planes.IsFinite)
            {
                return false;
            }
            Finish(isCut, null, anyLow, null, cells, rows);
            return true;
        }
        if (!IsFinite(_high.Doubles, rows) || (left is { } a && !IsFinite(a, rows)))
        {
            return false;
        }
        bool isExact = _factors.Load(left, weights, rows) && AreInRange(_high.Doubles, rows) && (!anyLow || AreInRange(_low.Doubles, rows));
        for (int n = 0; n < _factors.Count && isExact; n++)
        {
            isExact = CutProducts(_factors[n], _high.Doubles, rows) && (!anyLow || CutProducts(_factors[n], _low.Doubles, rows));
        }
        Finish(isExact, left, anyLow, weights, cells, rows);
        return true;
    }

    private void Finish(bool isExact, ColumnPointer? left, bool anyLow, double* weights, int* cells, int rows)
    {
        if (isExact)
        {
            _planes.Scatter(cells);
        }
        else
        {
            AddSlowly(left, anyLow, weights, cells, rows);
        }
    }

    /// <summary>Row by row into the panels; whether any column has low parts.</summary>
    private bool Gather(ReadOnlySpan<ColumnPointer> right, nint start, int rows)
    {
        bool anyLow = false;
        bool inFours = _width % 4 == 0;
        if (inFours)
        {
            PanelGather<TLanes, TVector>.Panel(right, start, rows, _zeros.Doubles, _high.Doubles, _width);
        }
        for (int c = 0; c < right.Length; c++)
        {
            anyLow |= right[c].Low is not null;
            if (inFours)
            {
                continue;
            }
            Gather(right[c].High + (start * right[c].Stride), right[c].Stride, rows, _high.Doubles + c, _width);
        }
        for (int c = 0; anyLow && c < right.Length; c++)
        {
            if (right[c].Low is not null)
            {
                Gather(right[c].Low + (start * right[c].Stride), right[c].Stride, rows, _low.Doubles + c, _width);
                continue;
            }
            for (int r = 0; r < rows; r++)
            {
                _low.Doubles[(r * _width) + c] = 0;
            }
        }
        return anyLow;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(double* source, nint stride, int rows, double* target, nint width)
    {
        for (int r = 0; r < rows; r++, source += stride, target += width)
        {
            *target = *source;
        }
    }

    /// <summary>Cuts factor·values, as products and what their rounding leaves.</summary>
    private bool CutProducts(double* factor, double* values, int rows) =>
        Multiply(factor, values, rows) ? _planes.Cut(_product.Doubles) && _planes.Cut(_error.Doubles) : _planes.Cut(_product.Doubles);

    /// <summary>
    /// Products and their errors (Dekker's two-product, which asks for no fused operation and so is the same at every width);
    /// whether any error is not 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Multiply(double* factor, double* values, int rows)
    {
        TVector splitter = TLanes.Broadcast((1 << 27) + 1), any = TLanes.Broadcast(0);
        double* products = _product.Doubles, errors = _error.Doubles;
        for (nint r = 0, n = 0; r < rows; r++)
        {
            TVector f = TLanes.Broadcast(factor[r]);
            TVector wide = TLanes.Multiply(f, splitter);
            TVector fh = TLanes.Subtract(wide, TLanes.Subtract(wide, f)), fl = TLanes.Subtract(f, fh);
            for (int c = 0; c < _width; c += TLanes.Count, n += TLanes.Count)
            {
                TVector x = TLanes.Load(values + n);
                wide = TLanes.Multiply(x, splitter);
                TVector xh = TLanes.Subtract(wide, TLanes.Subtract(wide, x)), xl = TLanes.Subtract(x, xh);
                TVector product = TLanes.Multiply(f, x);
                TVector error = TLanes.Subtract(TLanes.Multiply(fh, xh), product);
                error = TLanes.Add(error, TLanes.Multiply(fh, xl));
                error = TLanes.Add(error, TLanes.Multiply(fl, xh));
                error = TLanes.Add(error, TLanes.Multiply(fl, xl));
                TLanes.Store(products + n, product);
                TLanes.Store(errors + n, error);
                any = TLanes.MaxAbs(error, any);
            }
        }
        return TLanes.AnyNonZero(any);
    }

    private void AddSlowly(ColumnPointer? left, bool anyLow, double* weights, int* cells, int rows)
    {
        for (int r = 0; r < rows; r++)
        {
            double w = weights is null ? 1 : weights[r];
            double high = left is { } a ? a.High[r * a.Stride] : 1;
            double low = left is { Low: not null } b ? b.Low[r * b.Stride] : 0;
            for (int c = 0; c < _columns; c++)
            {
                FixedPointVector total = _planes.Total(c);
                double x = _high.Doubles[(r * _width) + c];
                double y = anyLow ? _low.Doubles[(r * _width) + c] : 0;
                total.AddProduct(cells[r], w, high, x, 0);
                total.AddProduct(cells[r], w, high, y, 0);
                total.AddProduct(cells[r], w, low, x, 0);
                total.AddProduct(cells[r], w, low, y, 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AreInRange(double* values, int rows)
    {
        TVector smallest = TLanes.Broadcast(_factors.Smallest), most = TLanes.Broadcast(0);
        bool tiny = false;
        for (int n = 0; n < rows * _width; n += TLanes.Count)
        {
            TVector value = TLanes.Load(values + n);
            tiny |= TLanes.AnyBelow(value, smallest);
            most = TLanes.MaxAbs(value, most);
        }
        return !tiny && Largest(most) <= _factors.Largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFinite(double* values, int rows)
    {
        TVector zero = TLanes.Broadcast(0), sum = zero;
        for (int n = 0; n < rows * _width; n += TLanes.Count)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(values + n), zero, sum);     // 0 unless a value is not finite
        }
        return !TLanes.AnyNonZero(sum);
    }

    private static bool IsFinite(ColumnPointer column, int rows)
    {
        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            sum += column.High[r * column.Stride] * 0;
        }
        return sum == 0;
    }

    private static double Largest(TVector value)
    {
        double* lanes = stackalloc double[TLanes.Count];
        TLanes.Store(lanes, value);
        double most = 0;
        for (int n = 0; n < TLanes.Count; n++)
        {
            most = Math.Max(most, lanes[n]);
        }
        return most;
    }
}
