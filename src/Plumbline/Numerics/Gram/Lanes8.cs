using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Eight doubles at a time.</summary>
internal readonly unsafe struct Lanes8 : ILanes<Vector512<double>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Vector512<double> value) => Vector512.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MaxAbs(Vector512<double> a, Vector512<double> b) => Vector512.MaxNative(Vector512.Abs(a), b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNonZero(Vector512<double> value) => !Vector512.EqualsAll(value, Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Vector512<double> value, Vector512<double> limit) =>
        !Vector512.EqualsAll(Vector512.AndNot(Vector512.LessThan(Vector512.Abs(value), limit), Vector512.Equals(value, Vector512<double>.Zero)).AsInt64(), Vector512<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddBits(long* target, Vector512<double> value, Vector512<double> origin) =>
        Vector512.Store(Vector512.Load(target) + (value.AsInt64() - origin.AsInt64()), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractBits(long* target, Vector512<double> value, Vector512<double> origin) =>
        Vector512.Store(Vector512.Load(target) - (value.AsInt64() - origin.AsInt64()), target);
}
