using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

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
