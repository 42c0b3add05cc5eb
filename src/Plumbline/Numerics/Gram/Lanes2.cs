using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Two doubles at a time.</summary>
internal readonly unsafe struct Lanes2 : ILanes<Vector128<double>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Vector128<double> value) => Vector128.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Broadcast(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MaxAbs(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(Vector128.Abs(a), b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNonZero(Vector128<double> value) => !Vector128.EqualsAll(value, Vector128<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Vector128<double> value, Vector128<double> limit) =>
        !Vector128.EqualsAll(Vector128.AndNot(Vector128.LessThan(Vector128.Abs(value), limit), Vector128.Equals(value, Vector128<double>.Zero)).AsInt64(), Vector128<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddBits(long* target, Vector128<double> value, Vector128<double> origin) =>
        Vector128.Store(Vector128.Load(target) + (value.AsInt64() - origin.AsInt64()), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractBits(long* target, Vector128<double> value, Vector128<double> origin) =>
        Vector128.Store(Vector128.Load(target) - (value.AsInt64() - origin.AsInt64()), target);
}
