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

    /// <summary>Widens a range to hold all values; there is no NaN among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<double> values, ref ValueRange range)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        double least = range.Least, largest = range.Largest;
        if (vectors.Length > 0)
        {
            Vector<double> low = vectors[0], high = vectors[0];
            for (int i = 1; i < vectors.Length; i++)
            {
                low = Vector.MinNative(low, vectors[i]);
                high = Vector.MaxNative(high, vectors[i]);
            }
            for (int lane = 0; lane < Vector<double>.Count; lane++)
            {
                least = Math.Min(least, low[lane]);
                largest = Math.Max(largest, high[lane]);
            }
        }
        foreach (double v in values[(vectors.Length * Vector<double>.Count)..])
        {
            least = Math.Min(least, v);
            largest = Math.Max(largest, v);
        }
        range = new ValueRange(least, largest);
    }
}

/// <summary>The smallest and the largest of some numbers.</summary>
/// <param name="Least">The smallest; +∞ when there are none.</param>
/// <param name="Largest">The largest; −∞ when there are none.</param>
internal readonly record struct ValueRange(double Least, double Largest)
{
    /// <summary>Of no numbers.</summary>
    public static ValueRange Empty { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Of both.</summary>
    public static ValueRange Union(ValueRange a, ValueRange b) => new(Math.Min(a.Least, b.Least), Math.Max(a.Largest, b.Largest));
}
