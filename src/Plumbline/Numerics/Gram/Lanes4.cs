using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Four doubles at a time.</summary>
internal readonly unsafe struct Lanes4 : ILanes<Vector256<double>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Vector256<double> value) => Vector256.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MaxAbs(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(Vector256.Abs(a), b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNonZero(Vector256<double> value) => !Vector256.EqualsAll(value, Vector256<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Vector256<double> value, Vector256<double> limit) =>
        !Vector256.EqualsAll(Vector256.AndNot(Vector256.LessThan(Vector256.Abs(value), limit), Vector256.Equals(value, Vector256<double>.Zero)).AsInt64(), Vector256<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddBits(long* target, Vector256<double> value, Vector256<double> origin) =>
        Vector256.Store(Vector256.Load(target) + (value.AsInt64() - origin.AsInt64()), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractBits(long* target, Vector256<double> value, Vector256<double> origin) =>
        Vector256.Store(Vector256.Load(target) - (value.AsInt64() - origin.AsInt64()), target);
}
