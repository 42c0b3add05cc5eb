using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>One double at a time: for machines without vectors, and as the plainest form of the kernels.</summary>
internal readonly unsafe struct Lanes1 : ILanes<double>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Load(double* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, double value) => *target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Broadcast(double value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double a, double b, double c) => double.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double a, double b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double a, double b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double a, double b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAbs(double a, double b) => Math.Abs(a) > b ? Math.Abs(a) : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNonZero(double value) => value != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(double value, double limit) => value != 0 && Math.Abs(value) < limit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddBits(long* target, double value, double origin) =>
        *target += BitConverter.DoubleToInt64Bits(value) - BitConverter.DoubleToInt64Bits(origin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractBits(long* target, double value, double origin) =>
        *target -= BitConverter.DoubleToInt64Bits(value) - BitConverter.DoubleToInt64Bits(origin);
}
