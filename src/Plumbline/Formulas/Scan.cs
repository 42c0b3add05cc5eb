using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>Quick looks at many doubles: one pass over all that is read, so it must cost less than the memory does.</summary>
internal static class Scan
{
    /// <summary>
    /// Whether any value is NaN or infinite: 0·v is ±0 for a finite v and NaN for the others, and NaN stays in a sum.
    /// Four sums, so that one addition need not wait for the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyNotFinite(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> zero = Vector<double>.Zero, a = zero, b = zero, c = zero, d = zero;
        int i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            a += vectors[i] * zero;
            b += vectors[i + 1] * zero;
            c += vectors[i + 2] * zero;
            d += vectors[i + 3] * zero;
        }
        for (; i < vectors.Length; i++)
        {
            a += vectors[i] * zero;
        }
        double sum = Vector.Sum(a + b + (c + d));
        foreach (double v in values[(vectors.Length * Vector<double>.Count)..])
        {
            sum += v * 0;
        }
        return double.IsNaN(sum);
    }

    /// <summary>Whether any value is below 0; there is no NaN among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyNegative(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> least = Vector<double>.Zero;
        for (int i = 0; i < vectors.Length; i++)
        {
            least = Vector.Min(least, vectors[i]);
        }
        bool any = Vector.LessThanAny(least, Vector<double>.Zero);
        foreach (double v in values[(vectors.Length * Vector<double>.Count)..])
        {
            any |= v < 0;
        }
        return any;
    }
}
