using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// A block of rows cut into slices of small integers, panel by panel: one operand of the exact Gram product.
/// </summary>
/// <remarks>
/// Method   The raw panel is scaled by 2^−Unit a column; then slice = round(r), r ← (r − slice)·2²², until nothing
///          is left in the panel (one slice for small integers, three for most doubles, five or six for double-double
///          powers). If after three slices only a few values still have bits left, those are handed back as
///          <see cref="Leftovers"/> instead of paying for a fourth slice everywhere.
/// Cost     about 7 vector operations a slice and vector, all in the first-level cache.
/// Source   Ozaki, Ogita, Oishi, Rump, Error-free transformations of matrix multiplication (2012), with fixed windows.
/// </remarks>
internal sealed unsafe class SlicedPanels<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly PanelLayout _layout;
    private readonly NativeBuffer?[] _matrices = new NativeBuffer?[SliceWindow.MaxSlices * (SliceWindow.MaxSlices + 1) / 2];
    private readonly NativeBuffer _high;
    private readonly NativeBuffer _low;
    private readonly NativeBuffer _scale;
    private readonly NativeBuffer _max;
    private readonly NativeBuffer _tiny;
    private readonly double[] _limit;
    private readonly bool[] _panelHasLow;
    private readonly bool[] _isSummed;           // the sums of pairs of slices are there already
    private readonly List<Leftover> _leftovers = [];

    public SlicedPanels(PanelLayout layout)
    {
        _layout = layout;
        int block = layout.Padded * SliceWindow.BlockRows;
        _high = NativeBuffer.OfEights(block);
        _low = NativeBuffer.OfEights(block);
        _scale = NativeBuffer.OfEights(layout.Padded);
        _max = NativeBuffer.OfEights(layout.Padded);
        Unit = new int[layout.Padded];
        Deepest = new int[layout.Padded];
        Slices = new int[layout.Panels.Length];
        _panelHasLow = new bool[layout.Panels.Length];
        _isSummed = new bool[layout.Panels.Length];
        _tiny = NativeBuffer.OfEights(layout.Padded);
        _limit = new double[layout.Padded];
        Array.Fill(Unit, SliceWindow.MinUnit);
        Array.Fill(_limit, Math.ScaleB(1, SliceWindow.MinUnit + SliceWindow.TopBits));
        for (int c = 0; c < layout.Padded; c++)
        {
            _scale.Doubles[c] = Math.ScaleB(1, -SliceWindow.MinUnit);
        }
    }

    /// <summary>For each column the exponent of its first slice's unit.</summary>
    public int[] Unit { get; }

    /// <summary>For each column the most slices it was given since its level sums were last carried over.</summary>
    public int[] Deepest { get; }

    /// <summary>The unit of the deepest slice that a column was given since its level sums were last carried over.</summary>
    public int Lowest(int column) => Unit[column] - (SliceWindow.Step * (Deepest[column] - 1));

    /// <summary>For each panel the slices of this block; 0 when the panel is all zeros.</summary>
    public int[] Slices { get; }

    /// <summary>What the slices of this block leave.</summary>
    public List<Leftover> Leftovers => _leftovers;

    /// <summary>The raw values, leading parts; consumed by <see cref="Cut"/>.</summary>
    public double* High(int panel) => _high.Doubles + (_layout.Panels[panel].First * SliceWindow.BlockRows);

    /// <summary>The raw values, low parts; only read where <see cref="SetHasLow"/> said so.</summary>
    public double* Low(int panel) => _low.Doubles + (_layout.Panels[panel].First * SliceWindow.BlockRows);

    public void SetHasLow(int panel, bool value) => _panelHasLow[panel] = value;

    /// <summary>Slice <paramref name="slice"/> of a panel.</summary>
    public double* Slice(int slice, int panel) => Matrix(slice).Doubles + (_layout.Panels[panel].First * SliceWindow.BlockRows);

    /// <summary>The sum of slices a &lt; b of a panel.</summary>
    public double* Sum(int a, int b, int panel) =>
        Matrix(SumIndex(a, b)).Doubles + (_layout.Panels[panel].First * SliceWindow.BlockRows);

    /// <summary>Looks for the largest magnitude of every column; false when a value is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Scan(int panel, int rows)
    {
        (int first, int width) = _layout.Panels[panel];
        double* raw = High(panel);
        TVector zero = TLanes.Broadcast(0);
        bool finite = true;
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector max = zero, bad = zero;
            double* p = raw + v;
            for (int r = 0; r < rows; r++, p += width)
            {
                TVector x = TLanes.Load(p);
                max = TLanes.MaxAbs(x, max);
                bad = TLanes.MultiplyAdd(x, zero, bad);
            }
            TLanes.Store(_max.Doubles + first + v, max);
            finite &= !TLanes.AnyNonZero(bad);
        }
        return finite;
    }

    /// <summary>Whether the column's window is too low for this block.</summary>
    public bool Exceeds(int column) => _max.Doubles[column] > _limit[column];

    /// <summary>Moves the column's window up to this block's largest value. Its level sums must have been carried over.</summary>
    public void RaiseWindow(int column)
    {
        Unit[column] = SliceWindow.UnitFor(_max.Doubles[column]);
        _scale.Doubles[column] = Math.ScaleB(1, -Unit[column]);
        _limit[column] = Math.ScaleB(1, Unit[column] + SliceWindow.TopBits);

        // A unit of 1 or less only scales up, and nothing underflows.
        _tiny.Doubles[column] = Unit[column] > 0 ? Math.ScaleB(1, Unit[column] - SliceWindow.Reach) : 0;
    }

    /// <summary>Marks the rows with a value so small, beside its column's window, that scaling it could underflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MarkTiny(int panel, int rows, bool[] wild)
    {
        (int first, int width) = _layout.Panels[panel];
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector limit = TLanes.Load(_tiny.Doubles + first + v);
            if (TLanes.AnyNonZero(limit))
            {
                MarkTiny(High(panel) + v, width, rows, limit, wild);
                if (_panelHasLow[panel])
                {
                    MarkTiny(Low(panel) + v, width, rows, limit, wild);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkTiny(double* p, int width, int rows, TVector limit, bool[] wild)
    {
        for (int r = 0; r < rows; r++, p += width)
        {
            if (TLanes.AnyBelow(TLanes.Load(p), limit))
            {
                wild[r] = true;
            }
        }
    }

    /// <summary>Takes a row out of the raw block.</summary>
    public void ClearRow(int panel, int row) => ClearRow(High(panel), Low(panel), _layout.Panels[panel].Width, row);

    /// <summary>Takes a row out of the slices.</summary>
    public void ClearSlices(int row)
    {
        for (int p = 0; p < Slices.Length; p++)
        {
            _isSummed[p] = false;
            int width = _layout.Panels[p].Width;
            for (int s = 0; s < Slices[p]; s++)
            {
                new Span<double>(Slice(s, p) + (row * width), width).Clear();
            }
        }
    }

    private static void ClearRow(double* high, double* low, int width, int row)
    {
        new Span<double>(high + (row * width), width).Clear();
        new Span<double>(low + (row * width), width).Clear();
    }

    /// <summary>Cuts a raw panel into slices; rows that need more than the deepest are marked wild.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Cut(int panel, int rows, bool[] wild)
    {
        (int first, int width) = _layout.Panels[panel];
        double* raw = High(panel);
        double* low = _panelHasLow[panel] ? Low(panel) : null;
        int slices = 0;
        _isSummed[panel] = false;
        bool left = true;
        if (low is null)
        {
            left = Slicing.First<TLanes, TVector>(raw, Slice(0, panel), rows, width, _scale.Doubles + first);
            slices = 1;
            if (left)
            {
                slices = Slicing.SecondAndThird<TLanes, TVector>(
                    raw, Slice(0, panel), Slice(1, panel), Slice(2, panel), Sum(0, 1, panel), Sum(0, 2, panel), Sum(1, 2, panel), rows * width, out left);
                _isSummed[panel] = true;
            }
            if (left && TryCollect(panel, slices, raw, rows * width))
            {
                left = false;
            }
        }
        else
        {
            Slicing.Scale<TLanes, TVector>(raw, low, rows, width, _scale.Doubles + first);
        }
        while (left && slices < SliceWindow.MaxSlices)
        {
            left = low is null
                ? Slicing.Next<TLanes, TVector>(raw, Slice(slices, panel), rows * width)
                : Slicing.NextWide<TLanes, TVector>(raw, low, Slice(slices, panel), rows * width);
            slices++;
            _isSummed[panel] = false;
            if (left && low is null && slices < SliceWindow.MaxSlices && TryCollect(panel, slices, raw, rows * width))
            {
                left = false;
            }
        }
        Slices[panel] = slices;
        if (left)
        {
            MarkLeft(panel, raw, low, rows, wild);
        }
        for (int c = 0; c < width; c++)
        {
            Deepest[first + c] = Math.Max(Deepest[first + c], slices);
        }
    }

    /// <summary>Forms the sums of pairs of slices, for the symmetric product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddUp(int rows)
    {
        for (int p = 0; p < Slices.Length; p++)
        {
            if (_isSummed[p])
            {
                continue;
            }
            for (int a = 0; a < Slices[p]; a++)
            {
                for (int b = a + 1; b < Slices[p]; b++)
                {
                    Slicing.Sum<TLanes, TVector>(Slice(a, p), Slice(b, p), Sum(a, b, p), rows * _layout.Panels[p].Width);
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (NativeBuffer? matrix in _matrices)
        {
            matrix?.Dispose();
        }
        _high.Dispose();
        _low.Dispose();
        _scale.Dispose();
        _max.Dispose();
        _tiny.Dispose();
    }

    private bool TryCollect(int panel, int slices, double* raw, int count)
    {
        (int first, int width) = _layout.Panels[panel];
        return Leftover.TryCollect<TLanes, TVector>(_leftovers, raw, count, first, width, slices);
    }

    /// <summary>Marks the rows of which the deepest slice leaves something.</summary>
    private void MarkLeft(int panel, double* raw, double* low, int rows, bool[] wild)
    {
        int width = _layout.Panels[panel].Width;
        for (int n = 0; n < rows * width; n++)
        {
            wild[n / width] |= raw[n] != 0 || (low is not null && low[n] != 0);
        }
    }

    private NativeBuffer Matrix(int index) =>
        _matrices[index] ??= NativeBuffer.OfEights(_layout.Padded * SliceWindow.BlockRows);

    private static int SumIndex(int a, int b) => SliceWindow.MaxSlices + (b * (b - 1) / 2) + a;
}
