using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// The one inner loop: sums over rows of four broadcast columns times up to three vectors of columns.
/// </summary>
/// <remarks>
/// Method   outer products; each sum runs through the rows in order, so it has the same bits at every width
///          (where a fused multiply-add exists; always, when no product or sum rounds).
/// Cost     rows × 12 fused multiply-adds for 3 loads and 4 broadcasts.
/// Source   Goto and van de Geijn, Anatomy of high-performance matrix multiplication (2008).
/// </remarks>
internal static unsafe class TileKernel<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Room for the sums of the largest tile at the widest lanes, in doubles.</summary>
    public const int MaxSums = 4 * 3 * 8;

    /// <summary>Writes 4 × <typeparamref name="TWidth"/> vectors of sums, each started at <paramref name="origin"/>.</summary>
    /// <param name="a">The first row's four broadcast columns; rows are <paramref name="strideA"/> doubles apart.</param>
    /// <param name="strideA">Doubles between rows of <paramref name="a"/>.</param>
    /// <param name="b">The first row's vector columns; rows are <paramref name="strideB"/> doubles apart.</param>
    /// <param name="strideB">Doubles between rows of <paramref name="b"/>.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="origin">What every sum starts from.</param>
    /// <param name="sums">Receives the sums, broadcast column by broadcast column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWidth>(double* a, nint strideA, double* b, nint strideB, nint rows, double origin, double* sums)
        where TWidth : struct, ITileWidth
    {
        TVector start = TLanes.Broadcast(origin);
        TVector s00 = start, s01 = start, s02 = start;
        TVector s10 = start, s11 = start, s12 = start;
        TVector s20 = start, s21 = start, s22 = start;
        TVector s30 = start, s31 = start, s32 = start;
        double* end = a + (rows * strideA);
        while (a < end)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TWidth.Vectors > 1 ? TLanes.Load(b + TLanes.Count) : default;
            TVector b2 = TWidth.Vectors > 2 ? TLanes.Load(b + (2 * TLanes.Count)) : default;

            TVector a0 = TLanes.Broadcast(a[0]);
            s00 = TLanes.MultiplyAdd(a0, b0, s00);
            if (TWidth.Vectors > 1) { s01 = TLanes.MultiplyAdd(a0, b1, s01); }
            if (TWidth.Vectors > 2) { s02 = TLanes.MultiplyAdd(a0, b2, s02); }

            TVector a1 = TLanes.Broadcast(a[1]);
            s10 = TLanes.MultiplyAdd(a1, b0, s10);
            if (TWidth.Vectors > 1) { s11 = TLanes.MultiplyAdd(a1, b1, s11); }
            if (TWidth.Vectors > 2) { s12 = TLanes.MultiplyAdd(a1, b2, s12); }

            TVector a2 = TLanes.Broadcast(a[2]);
            s20 = TLanes.MultiplyAdd(a2, b0, s20);
            if (TWidth.Vectors > 1) { s21 = TLanes.MultiplyAdd(a2, b1, s21); }
            if (TWidth.Vectors > 2) { s22 = TLanes.MultiplyAdd(a2, b2, s22); }

            TVector a3 = TLanes.Broadcast(a[3]);
            s30 = TLanes.MultiplyAdd(a3, b0, s30);
            if (TWidth.Vectors > 1) { s31 = TLanes.MultiplyAdd(a3, b1, s31); }
            if (TWidth.Vectors > 2) { s32 = TLanes.MultiplyAdd(a3, b2, s32); }

            a += strideA;
            b += strideB;
        }
        Write<TWidth>(sums, s00, s01, s02);
        Write<TWidth>(sums + (TWidth.Vectors * TLanes.Count), s10, s11, s12);
        Write<TWidth>(sums + (2 * TWidth.Vectors * TLanes.Count), s20, s21, s22);
        Write<TWidth>(sums + (3 * TWidth.Vectors * TLanes.Count), s30, s31, s32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TWidth>(double* sums, TVector v0, TVector v1, TVector v2)
        where TWidth : struct, ITileWidth
    {
        TLanes.Store(sums, v0);
        if (TWidth.Vectors > 1) { TLanes.Store(sums + TLanes.Count, v1); }
        if (TWidth.Vectors > 2) { TLanes.Store(sums + (2 * TLanes.Count), v2); }
    }
}

/// <summary>The number of vectors in a tile, known to the compiler.</summary>
internal interface ITileWidth
{
    static abstract int Vectors { get; }
}

internal readonly struct TileWidth1 : ITileWidth
{
    public static int Vectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }
}

internal readonly struct TileWidth2 : ITileWidth
{
    public static int Vectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }
}

internal readonly struct TileWidth3 : ITileWidth
{
    public static int Vectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3;
    }
}
