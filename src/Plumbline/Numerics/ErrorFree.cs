using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// Sums and products of doubles together with their rounding errors.
/// Method      TwoSum (Knuth), FastTwoSum (Dekker), TwoProduct by fused multiply-add.
/// Source      Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., §4.3–4.4.
/// Fails when  a product's error is below 2^−1074 (it is then rounded), or a sum overflows.
/// </summary>
internal static class ErrorFree
{
    /// <summary>s + e = a + b, s = fl(a + b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TwoSum(double a, double b, out double error)
    {
        double s = a + b;
        double t = s - a;
        error = (a - (s - t)) + (b - t);
        return s;
    }

    /// <summary>The same in three operations, for |a| ≥ |b| or a = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FastTwoSum(double a, double b, out double error)
    {
        double s = a + b;
        error = b - (s - a);
        return s;
    }

    /// <summary>p + e = a·b, p = fl(a·b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TwoProduct(double a, double b, out double error)
    {
        double p = a * b;
        error = Math.FusedMultiplyAdd(a, b, -p);
        return p;
    }
}
