using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// Values of a block cut into planes of small integers, and the sums of those integers for each cell.
/// Plane s of column c holds integers times 2^(Unit[c] − 30 s).
/// </summary>
/// <remarks>
/// Bounds      a value's first integer is at most 2³¹ in magnitude, the later ones 2²⁹. A row brings at most 16 values a column
///             (products and their errors), of which all but the first are below 2⁻⁵² of the largest: below 2³³ + 16 in
///             all. 2²⁰ − 64 rows stay below 2⁵³, so that no sum rounds, in any order.
/// Unit        moves up when a value is larger than before; the sums are then carried over to fixed point first.
/// </remarks>
internal sealed unsafe class CellPlanes<TLanes, TVector>(int columns, int width) : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Step = CellCutting<TLanes, TVector>.Step;
    private const int TopBits = 31;
    private const int Margin = 2;                   // so that a slightly larger value does not move the window
    private const int MaxPlanes = 8;
    private const int RowsPerSpill = 1 << 20;
    private const int NoUnit = int.MinValue;
    private const int LowestUnit = -1000;           // 2^−Unit is a normal double

    private readonly FixedPointVector[] _totals = [.. Enumerable.Range(0, columns).Select(static _ => new FixedPointVector())];
    private readonly int[] _units = [.. Enumerable.Repeat(NoUnit, columns)];
    private readonly double[] _limits = new double[columns];
    private readonly NativeBuffer _scales = NativeBuffer.OfEights(width);
    private readonly NativeBuffer _unscales = NativeBuffer.OfEights(width);
    private readonly NativeBuffer _most = NativeBuffer.OfEights(width);
    private readonly NativeBuffer _rest = NativeBuffer.OfEights(CellGram.BlockRows * width);
    private readonly NativeBuffer?[] _block = new NativeBuffer?[MaxPlanes];
    private readonly NativeBuffer?[] _sums = new NativeBuffer?[MaxPlanes];
    private int _cells;
    private int _rows;
    private int _planes;
    private int _unspilled;

    /// <summary>Whether all values cut last were finite.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>The sums of a column in fixed point, without what is still in the planes.</summary>
    public FixedPointVector Total(int column) => _totals[column];

    /// <summary>Has room for that many cells from now on.</summary>
    public void Grow(int count)
    {
        foreach (FixedPointVector total in _totals)
        {
            total.Grow(count);
        }
        if (count <= _cells)
        {
            return;
        }
        int larger = Math.Max(count, (int)Math.Min(Array.MaxLength / width, 2L * _cells));
        for (int s = 0; s < MaxPlanes; s++)
        {
            if (_sums[s] is { } old)
            {
                NativeBuffer grown = NativeBuffer.OfEights(checked(larger * width));
                new ReadOnlySpan<double>(old.Doubles, _cells * width).CopyTo(new Span<double>(grown.Doubles, larger * width));
                _sums[s] = grown;
                old.Dispose();
            }
        }
        _cells = larger;
    }

    /// <summary>Begins a block: nothing is cut yet.</summary>
    public void Begin(int rows)
    {
        if (_unspilled + rows >= RowsPerSpill)
        {
            Spill();
        }
        _rows = rows;
        _planes = 0;
    }

    /// <summary>Cuts values (rows × width) and adds the integers to those of the block; false when that would not be exact.</summary>
    public bool Cut(double* values)
    {
        if (!RaiseUnits(values) || !CellCutting<TLanes, TVector>.First(values, Plane(0), _rest.Doubles, _scales.Doubles, _unscales.Doubles, _rows, width, _planes == 0, out bool more))
        {
            return false;
        }
        _planes = Math.Max(_planes, 1);
        for (int s = 1; more; s++)
        {
            if (s == MaxPlanes)
            {
                return false;
            }
            more = CellCutting<TLanes, TVector>.Next(_rest.Doubles, Plane(s), _rows * width, s >= _planes);
            _planes = Math.Max(_planes, s + 1);
        }
        return true;
    }

    /// <summary>Adds the block's integers to the cells of its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(int* cells)
    {
        for (int s = 0; s < _planes; s++)
        {
            double* sums = (_sums[s] ??= NativeBuffer.OfEights(checked(_cells * width))).Doubles;
            double* values = _block[s]!.Doubles;
            for (int r = 0; r < _rows; r++)
            {
                double* target = sums + ((nint)cells[r] * width);
                for (int v = 0; v < width; v += TLanes.Count, values += TLanes.Count)
                {
                    TLanes.Store(target + v, TLanes.Add(TLanes.Load(target + v), TLanes.Load(values)));
                }
            }
        }
        _unspilled += _rows;
    }

    /// <summary>Carries all sums over to fixed point.</summary>
    public void Spill()
    {
        for (int c = 0; c < columns; c++)
        {
            Spill(c);
        }
        _unspilled = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer? buffer in (NativeBuffer?[])[_scales, _unscales, _most, _rest, .. _block, .. _sums])
        {
            buffer?.Dispose();
        }
    }

    private double* Plane(int s) => (_block[s] ??= NativeBuffer.OfEights(CellGram.BlockRows * width)).Doubles;

    private void Spill(int column)
    {
        FixedPointVector total = _totals[column];
        if (_units[column] == NoUnit || total.Count == 0)
        {
            return;
        }
        int deepest = MaxPlanes - 1;
        while (deepest >= 0 && _sums[deepest] is null)
        {
            deepest--;
        }
        for (int s = 0; s <= deepest; s++)
        {
            int exponent = _units[column] - (Step * s);
            bool hasRoom = false;
            double* sum = _sums[s]!.Doubles + column;
            for (int i = 0; i < total.Count; i++, sum += width)
            {
                if (*sum != 0)
                {
                    if (!hasRoom)
                    {
                        total.EnsureRoom(exponent, _units[column] + TopBits);
                        hasRoom = true;
                    }
                    total.Add(i, (long)*sum, exponent);
                    *sum = 0;
                }
            }
        }
    }

    /// <summary>Moves up the units of columns with a larger value than before; false when it is too late for that.</summary>
    private bool RaiseUnits(double* values)
    {
        IsFinite = CellCutting<TLanes, TVector>.Largest(values, _most.Doubles, _rows, width);
        if (!IsFinite)
        {
            return false;
        }
        for (int c = 0; c < columns; c++)
        {
            if (_most.Doubles[c] > _limits[c])
            {
                if (_planes > 0)
                {
                    return false;       // what the block has so far stands in the old unit
                }
                RaiseUnit(c, _most.Doubles[c]);
            }
        }
        return true;
    }

    private void RaiseUnit(int column, double most)
    {
        Spill(column);
        int unit = Math.Max(LowestUnit, Math.ILogB(most) + 1 + Margin - TopBits);
        _units[column] = unit;
        _limits[column] = Math.ScaleB(1, unit + TopBits);
        _scales.Doubles[column] = Math.ScaleB(1, -unit);
        _unscales.Doubles[column] = Math.ScaleB(1, unit);
    }
}
