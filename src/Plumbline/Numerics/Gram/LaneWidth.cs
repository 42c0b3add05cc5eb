using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>How many doubles the machine's vectors hold.</summary>
internal static class LaneWidth
{
    /// <summary>8, 4, 2 or 1. <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c> and <c>DOTNET_EnableHWIntrinsic=0</c> lower it.</summary>
    public static int Best =>
        Vector512.IsHardwareAccelerated ? 8
        : Vector256.IsHardwareAccelerated ? 4
        : Vector128.IsHardwareAccelerated ? 2
        : 1;
}
