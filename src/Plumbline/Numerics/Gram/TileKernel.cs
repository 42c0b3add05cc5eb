using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>
/// The one inner loop: sums over rows of four or eight broadcast columns times up to three vectors of columns.
/// </summary>
/// <remarks>
/// Method   outer products; each sum runs through the rows in order, so it has the same bits at every width
///          (where a fused multiply-add exists; always, when no product or sum rounds). Eight broadcast columns where
///          the machine has 32 registers of eight doubles: 24 sums, 3 vectors and a broadcast; four, 12 sums, elsewhere.
///          A tile of one vector then still has as many sums under way as a multiply-add takes cycles, times two units.
/// Cost     rows × 24 fused multiply-adds for 3 loads and 8 broadcasts.
/// Source   Goto and van de Geijn, Anatomy of high-performance matrix multiplication (2008).
/// </remarks>
internal static unsafe class TileKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Room for the sums of the largest tile at the widest lanes, in doubles.</summary>
    public const int MaxSums = 8 * 3 * 8;

    /// <summary>Columns on the broadcast side of a tile.</summary>
    public static int GroupSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count == 8 ? 8 : 4;
    }

    /// <summary>Hands <see cref="GroupSize"/> × <typeparamref name="TWidth"/> vectors of sums, each started at <paramref name="origin"/>, to the sink.</summary>
    /// <param name="a">The first row's broadcast columns; rows are <paramref name="strideA"/> doubles apart.</param>
    /// <param name="strideA">Doubles between rows of <paramref name="a"/>.</param>
    /// <param name="b">The first row's vector columns; rows are <paramref name="strideB"/> doubles apart.</param>
    /// <param name="strideB">Doubles between rows of <paramref name="b"/>.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="origin">What every sum starts from.</param>
    /// <param name="sums">Where the sink puts the sums, broadcast column by broadcast column.</param>
    /// <param name="next">What will be read next.</param>
    /// <param name="step">How far to go on asking for it with each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWidth, TSink>(double* a, nint strideA, double* b, nint strideB, nint rows, double origin, double* sums, byte* next, nint step)
        where TWidth : struct, ITileWidth
        where TSink : struct, ITileSink<TVector>
    {
        TVector start = TLanes.Broadcast(origin);
        TVector s00 = start, s01 = start, s02 = start;
        TVector s10 = start, s11 = start, s12 = start;
        TVector s20 = start, s21 = start, s22 = start;
        TVector s30 = start, s31 = start, s32 = start;
        TVector s40 = start, s41 = start, s42 = start;
        TVector s50 = start, s51 = start, s52 = start;
        TVector s60 = start, s61 = start, s62 = start;
        TVector s70 = start, s71 = start, s72 = start;
        double* end = a + (rows * strideA);
        while (a < end)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TWidth.Vectors > 1 ? TLanes.Load(b + TLanes.Count) : default;
            TVector b2 = TWidth.Vectors > 2 ? TLanes.Load(b + (2 * TLanes.Count)) : default;
            Add<TWidth>(a[0], b0, b1, b2, ref s00, ref s01, ref s02);
            Add<TWidth>(a[1], b0, b1, b2, ref s10, ref s11, ref s12);
            Add<TWidth>(a[2], b0, b1, b2, ref s20, ref s21, ref s22);
            Add<TWidth>(a[3], b0, b1, b2, ref s30, ref s31, ref s32);
            if (GroupSize == 8)
            {
                Add<TWidth>(a[4], b0, b1, b2, ref s40, ref s41, ref s42);
                Add<TWidth>(a[5], b0, b1, b2, ref s50, ref s51, ref s52);
                Add<TWidth>(a[6], b0, b1, b2, ref s60, ref s61, ref s62);
                Add<TWidth>(a[7], b0, b1, b2, ref s70, ref s71, ref s72);
            }
            if (Sse.IsSupported)
            {
                Sse.Prefetch1(next);
                next += step;
            }
            a += strideA;
            b += strideB;
        }
        Put<TWidth, TSink>(sums, 0, s00, s01, s02);
        Put<TWidth, TSink>(sums, 1, s10, s11, s12);
        Put<TWidth, TSink>(sums, 2, s20, s21, s22);
        Put<TWidth, TSink>(sums, 3, s30, s31, s32);
        if (GroupSize == 8)
        {
            Put<TWidth, TSink>(sums, 4, s40, s41, s42);
            Put<TWidth, TSink>(sums, 5, s50, s51, s52);
            Put<TWidth, TSink>(sums, 6, s60, s61, s62);
            Put<TWidth, TSink>(sums, 7, s70, s71, s72);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWidth>(double a, TVector b0, TVector b1, TVector b2, ref TVector s0, ref TVector s1, ref TVector s2)
        where TWidth : struct, ITileWidth
    {
        TVector v = TLanes.Broadcast(a);
        s0 = TLanes.MultiplyAdd(v, b0, s0);
        if (TWidth.Vectors > 1) { s1 = TLanes.MultiplyAdd(v, b1, s1); }
        if (TWidth.Vectors > 2) { s2 = TLanes.MultiplyAdd(v, b2, s2); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TWidth, TSink>(double* sums, int row, TVector v0, TVector v1, TVector v2)
        where TWidth : struct, ITileWidth
        where TSink : struct, ITileSink<TVector>
    {
        sums += row * TWidth.Vectors * TLanes.Count;
        TSink.Put(sums, v0);
        if (TWidth.Vectors > 1) { TSink.Put(sums + TLanes.Count, v1); }
        if (TWidth.Vectors > 2) { TSink.Put(sums + (2 * TLanes.Count), v2); }
    }
}

/// <summary>Runs the kernel of a tile's width.</summary>
internal static unsafe class Tiles<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Hands the tile's sums over <paramref name="rows"/> rows, each started at <paramref name="origin"/>, to the sink.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TSink>(
        in PanelLayout.Tile tile, double* a, nint strideA, double* b, nint strideB, nint rows, double origin, double* sums, ref BlockPrefetch prefetch)
        where TSink : struct, ITileSink<TVector>
    {
        a += tile.GroupOffset;
        b += tile.VectorOffset;
        byte* next = prefetch.Take(rows);
        switch (tile.Vectors)
        {
            case 3:
                TileKernel<TLanes, TVector>.Run<TileWidth3, TSink>(a, strideA, b, strideB, rows, origin, sums, next, prefetch.Step);
                break;
            case 2:
                TileKernel<TLanes, TVector>.Run<TileWidth2, TSink>(a, strideA, b, strideB, rows, origin, sums, next, prefetch.Step);
                break;
            default:
                TileKernel<TLanes, TVector>.Run<TileWidth1, TSink>(a, strideA, b, strideB, rows, origin, sums, next, prefetch.Step);
                break;
        }
    }
}
