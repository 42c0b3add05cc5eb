using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline.Layers;

/// <summary>
/// The two loops of a dense layer, a vector at a time: x·y, and y ← y + a·x. Sums go by lanes, so their last bits depend on the
/// machine's vector width, not on anything else.
/// </summary>
internal static class Vectors
{
    /// <summary>Σ xᵢyᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x), vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        double sum = 0;
        if (vx.Length > 0)
        {
            Vector<double> lanes = Vector<double>.Zero;
            for (int i = 0; i < vx.Length; i++)
            {
                lanes += vx[i] * vy[i];
            }
            sum = Vector.Sum(lanes);
        }
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /// <summary>y ← y + a·x.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var factor = new Vector<double>(a);
        for (int i = 0; i < vx.Length; i++)
        {
            vy[i] += factor * vx[i];
        }
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }
}
