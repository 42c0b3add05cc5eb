using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// 64-bit sums of products of slices, by level: entry (i, j) of level l counts units of 2^(Unit[i] + Unit[j] − 22 l).
/// </summary>
/// <remarks>
/// The tile kernel's sums of 128 products start from 1.5·2⁵² and are integers; their bits less those of the start are
/// the 64-bit integer, so adding a tile costs a load, two integer additions and a store a vector.
/// </remarks>
internal sealed unsafe class LevelSums<TLanes, TVector>(
    PanelLayout layout, SlicedPanels<TLanes, TVector> left, SlicedPanels<TLanes, TVector> right, FixedPointMatrix total) : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly NativeBuffer?[] _levels = new NativeBuffer?[ProductPlan.SumCount];

    /// <summary>Adds the product of two matrices of slices, over a pair of panels, to the target levels; prefetches as it goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(PanelLayout.PanelPair pair, ProductPlan.Target[] targets, double* a, double* b, int rows, ref BlockPrefetch prefetch)
    {
        double* sums = stackalloc double[TileKernel<TLanes, TVector>.MaxSums];
        nint strideA = layout.Panels[pair.P].Width, strideB = layout.Panels[pair.Q].Width;
        for (int t = pair.FirstTile; t < pair.EndTile; t++)
        {
            ref readonly PanelLayout.Tile tile = ref layout.Tiles[t];
            if (targets.Length == 1 && !targets[0].Subtract)
            {
                Tiles<TLanes, TVector>.Run<AddIntegers<TLanes, TVector>>(
                    tile, a, strideA, b, strideB, rows, SliceWindow.Magic, (double*)(Level(targets[0].Level) + tile.Accumulator), ref prefetch);
                continue;
            }
            Tiles<TLanes, TVector>.Run<StoreSums<TLanes, TVector>>(tile, a, strideA, b, strideB, rows, SliceWindow.Magic, sums, ref prefetch);
            foreach (ProductPlan.Target target in targets)
            {
                AddTile(Level(target.Level) + tile.Accumulator, sums, layout.GroupSize * tile.Vectors, target.Subtract);
            }
        }
    }

    /// <summary>Carries the sums of a column's entries over to fixed point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Spill(int column)
    {
        MakeRoom();
        for (int other = 0; other < layout.Columns; other++)
        {
            SpillEntry(Math.Min(column, other), Math.Max(column, other));
        }
    }

    /// <summary>Carries all sums over to fixed point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SpillAll()
    {
        MakeRoom();
        for (int i = 0; i < layout.Columns; i++)
        {
            for (int j = i; j < layout.Columns; j++)
            {
                SpillEntry(i, j);
            }
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
    private static void AddTile(long* level, double* sums, int vectors, bool subtract)
    {
        TVector origin = TLanes.Broadcast(SliceWindow.Magic);
        int count = vectors * TLanes.Count;
        if (subtract)
        {
            for (int n = 0; n < count; n += TLanes.Count)
            {
                TLanes.SubtractBits(level + n, TLanes.Load(sums + n), origin);
            }
        }
        else
        {
            for (int n = 0; n < count; n += TLanes.Count)
            {
                TLanes.AddBits(level + n, TLanes.Load(sums + n), origin);
            }
        }
    }

    private long* Level(int level) =>
        (_levels[level] ??= NativeBuffer.OfEights(layout.AccumulatorLength)).Longs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeRoom()
    {
        for (int c = 0; c < layout.Columns; c++)
        {
            if (left.Deepest[c] > 0)
            {
                total.EnsureRow(c, left.Lowest(c), left.Unit[c] + SliceWindow.TopBits + 1);
            }
            if (right.Deepest[c] > 0)
            {
                total.EnsureColumn(c, right.Lowest(c), right.Unit[c] + SliceWindow.TopBits + 1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpillEntry(int i, int j)
    {
        if (!layout.Has(i, j))
        {
            return;
        }
        int index = layout.AccumulatorIndex(i, j);
        int unit = left.Unit[i] + right.Unit[j];
        for (int n = 0; n < ProductPlan.SumCount - ProductPlan.LevelCount; n++)
        {
            long product = Take(ProductPlan.LevelCount + n, index);
            if (product != 0)
            {
                foreach (ProductPlan.Target target in ProductPlan.Levels[n])
                {
                    total.Add(i, j, target.Subtract ? -product : product, unit - (SliceWindow.Step * target.Level));
                }
            }
        }
        for (int level = 0; level < ProductPlan.LevelCount; level++)
        {
            total.Add(i, j, Take(level, index), unit - (SliceWindow.Step * level));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Take(int sum, int index)
    {
        if (_levels[sum] is not { } buffer)
        {
            return 0;
        }
        long value = buffer.Longs[index];
        buffer.Longs[index] = 0;
        return value;
    }
}
