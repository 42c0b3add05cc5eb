using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>What becomes of a tile's sums at the end of a block: straight from the registers to where they belong.</summary>
internal unsafe interface ITileSink<TVector>
    where TVector : struct
{
    /// <summary>Takes one vector of sums.</summary>
    static abstract void Put(double* target, TVector sum);
}

/// <summary>Writes the sums down.</summary>
internal readonly unsafe struct StoreSums<TLanes, TVector> : ITileSink<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(double* target, TVector sum) => TLanes.Store(target, sum);
}

/// <summary>Adds the sums to running totals in doubles.</summary>
internal readonly unsafe struct AddSums<TLanes, TVector> : ITileSink<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(double* target, TVector sum) => TLanes.Store(target, TLanes.Add(TLanes.Load(target), sum));
}

/// <summary>Adds sums that started from <see cref="SliceWindow.Magic"/> to 64-bit integers.</summary>
internal readonly unsafe struct AddIntegers<TLanes, TVector> : ITileSink<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(double* target, TVector sum) => TLanes.AddBits((long*)target, sum, TLanes.Broadcast(SliceWindow.Magic));
}
