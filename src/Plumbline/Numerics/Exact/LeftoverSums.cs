using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// What the slices of a block leave of a few values, times all that the slices hold of the row.
/// </summary>
/// <remarks>
/// With D the part of a value that its slices hold and e the rest, the slices gave D_i·D_j; missing is
/// e_i·D_j + D_i·e_j + e_i·e_j. The rest is cut into further slices f at their own depth, and f times each slice of the
/// row is added, vector by vector, to row i of a square of doubles for the level depth + slice. A product is at most 2⁴²,
/// so 2,000 of them never round; then the row is carried over. What lies deeper than <see cref="MaxDepth"/>, and e_i·e_j,
/// is multiplied as integers.
/// Cost     columns × slices multiply-adds for each value with a rest: one in a thousand values, for normal data.
/// </remarks>
internal sealed unsafe class LeftoverSums<TLanes, TVector>(
    PanelLayout layout,
    SlicedPanels<TLanes, TVector> left,
    SlicedPanels<TLanes, TVector> right,
    FixedPointMatrix total,
    bool symmetric) : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int MaxDepth = 12;
    private const int MaxProducts = 2000;

    private readonly NativeBuffer?[] _levels = new NativeBuffer?[MaxDepth + SliceWindow.MaxSlices];
    private readonly int[] _products = new int[layout.Columns];
    private readonly int[] _deepest = new int[layout.Columns];

    /// <summary>Adds the leftovers of the block in the right operand, but for wild rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<bool> wild)
    {
        List<Leftover> rest = right.Leftovers;
        for (int n = 0; n < rest.Count; n++)
        {
            if (!wild[rest[n].Row])
            {
                Add(rest[n]);
            }
        }
        if (symmetric)
        {
            AddPairs(rest, wild);
        }
    }

    /// <summary>Carries over what involves a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Spill(int column)
    {
        SpillRow(column);
        for (int row = 0; row < layout.Columns; row++)
        {
            if (_products[row] > 0)
            {
                SpillEntry(row, column);
            }
        }
    }

    /// <summary>Carries over everything.</summary>
    public void SpillAll()
    {
        for (int row = 0; row < layout.Columns; row++)
        {
            SpillRow(row);
        }
    }

    public void Dispose()
    {
        foreach (NativeBuffer? level in _levels)
        {
            level?.Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(Leftover e)
    {
        double rest = e.Value;
        int depth = e.Depth;
        while (rest != 0 && depth <= MaxDepth)
        {
            double slice = Math.Round(rest);
            if (slice != 0)
            {
                AddSlice(e.Row, e.Column, slice, depth);
            }
            rest = (rest - slice) * (1 << SliceWindow.Step);
            depth++;
        }
        if (rest != 0)
        {
            AddDeep(e.Row, e.Column, rest, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSlice(int row, int column, double slice, int depth)
    {
        if (_products[column]++ == MaxProducts)
        {
            SpillRow(column);
            _products[column] = 1;
        }
        _deepest[column] = Math.Max(_deepest[column], depth);
        for (int p = 0; p < layout.Panels.Length; p++)
        {
            (int first, int width) = layout.Panels[p];
            for (int s = 0; s < left.Slices[p]; s++)
            {
                NativeBuffer level = _levels[depth + s] ??= NativeBuffer.OfEights(layout.Padded * layout.Padded);
                MultiplyAdd(slice, left.Slice(s, p) + (row * width), level.Doubles + (column * layout.Padded) + first, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAdd(double factor, double* source, double* target, int count)
    {
        TVector f = TLanes.Broadcast(factor);
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TLanes.Store(target + n, TLanes.MultiplyAdd(f, TLanes.Load(source + n), TLanes.Load(target + n)));
        }
    }

    private void AddDeep(int row, int column, double rest, int depth)
    {
        int power = right.Unit[column] - (SliceWindow.Step * depth);
        EnsureRest(column, rest, power);
        for (int p = 0; p < layout.Panels.Length; p++)
        {
            (int first, int width) = layout.Panels[p];
            for (int s = 0; s < left.Slices[p]; s++)
            {
                for (int c = first; c < Math.Min(first + width, layout.Columns); c++)
                {
                    double value = left.Slice(s, p)[(row * width) + c - first];
                    if (value == 0 || (!symmetric && c > column))
                    {
                        continue;
                    }
                    int unit = left.Unit[c] - (SliceWindow.Step * s);
                    total.EnsureRow(c, unit, left.Unit[c] + SliceWindow.TopBits + 1);
                    (int i, int j) = (Math.Min(c, column), Math.Max(c, column));
                    total.AddProduct(i, j, rest, value, power + unit, subtract: false);
                    if (symmetric && c == column)
                    {
                        total.AddProduct(i, j, rest, value, power + unit, subtract: false);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPairs(List<Leftover> rest, ReadOnlySpan<bool> wild)
    {
        for (int a = 0; a < rest.Count; a++)
        {
            for (int b = a; b < rest.Count; b++)
            {
                if (rest[a].Row != rest[b].Row || wild[rest[a].Row])
                {
                    continue;
                }
                int powerA = right.Unit[rest[a].Column] - (SliceWindow.Step * rest[a].Depth);
                int powerB = right.Unit[rest[b].Column] - (SliceWindow.Step * rest[b].Depth);
                EnsureRest(rest[a].Column, rest[a].Value, powerA);
                EnsureRest(rest[b].Column, rest[b].Value, powerB);
                (int i, int j) = (Math.Min(rest[a].Column, rest[b].Column), Math.Max(rest[a].Column, rest[b].Column));
                total.AddProduct(i, j, rest[a].Value, rest[b].Value, powerA + powerB, subtract: false);
            }
        }
    }

    private void EnsureRest(int column, double rest, int power)
    {
        BinaryParts parts = new(rest);
        total.EnsureColumn(column, parts.LowestBit + power, parts.Top + power);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpillRow(int row)
    {
        if (_products[row] == 0)
        {
            return;
        }
        for (int c = 0; c < layout.Columns; c++)
        {
            SpillEntry(row, c);
        }
        _products[row] = 0;
        _deepest[row] = 0;
    }

    /// <summary>Row: the column of the right side whose rest was multiplied; column: the column of the left side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpillEntry(int row, int column)
    {
        if (!symmetric && column > row)
        {
            Clear(row, column);
            return;
        }
        total.EnsureColumn(row, right.Unit[row] - (SliceWindow.Step * _deepest[row]), right.Unit[row] + SliceWindow.TopBits + 1);
        total.EnsureRow(column, left.Lowest(column), left.Unit[column] + SliceWindow.TopBits + 1);
        int unit = right.Unit[row] + left.Unit[column];
        for (int level = 0; level < _levels.Length; level++)
        {
            if (_levels[level] is not { } buffer)
            {
                continue;
            }
            ref double sum = ref buffer.Doubles[(row * layout.Padded) + column];
            if (sum == 0)
            {
                continue;
            }
            long value = (long)sum;
            (int i, int j) = (Math.Min(row, column), Math.Max(row, column));
            total.Add(i, j, value, unit - (SliceWindow.Step * level));
            if (symmetric && row == column)
            {
                total.Add(i, j, value, unit - (SliceWindow.Step * level));
            }
            sum = 0;
        }
    }

    private void Clear(int row, int column)
    {
        foreach (NativeBuffer? level in _levels)
        {
            if (level is not null)
            {
                level.Doubles[(row * layout.Padded) + column] = 0;
            }
        }
    }
}
