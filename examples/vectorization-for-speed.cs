// Vectorization for speed (Dive into Deep Learning, 3.1.2): the sum of two vectors, one element at a time, eight (or as many as
// the processor takes) at a time, and what it means for a sum of products. Run it: dotnet run examples/vectorization-for-speed.cs
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

const int n = 100_000, repeats = 2_000;
double[] a = [.. Enumerable.Range(0, n).Select(i => i * 0.001)], b = [.. Enumerable.Range(0, n).Select(i => 1 - (i * 0.002))], c = new double[n];

double loop = Time(() =>
{
    for (int i = 0; i < n; i++)
    {
        c[i] = a[i] + b[i];
    }
});
Console.WriteLine($"a loop over elements        {loop,8:F1} µs   c[99] = {c[99]}");

double vectorized = Time(() =>
{
    ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a.AsSpan()), vb = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan());
    Span<Vector<double>> vc = MemoryMarshal.Cast<double, Vector<double>>(c.AsSpan());
    for (int i = 0; i < vc.Length; i++)
    {
        vc[i] = va[i] + vb[i];
    }
    for (int i = vc.Length * Vector<double>.Count; i < n; i++)
    {
        c[i] = a[i] + b[i];
    }
});
Console.WriteLine($"{Vector<double>.Count} elements at a time        {vectorized,8:F1} µs   c[99] = {c[99]}   {loop / vectorized:F1} times as fast");

// A sum of products waits for its last addition; several sums side by side do not.
double sum = 0;
double scalarDot = Time(() =>
{
    sum = 0;
    for (int i = 0; i < n; i++)
    {
        sum += a[i] * b[i];
    }
});
Console.WriteLine($"a·b, one sum                {scalarDot,8:F1} µs   {sum:R}");
double vectorDot = Time(() =>
{
    ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a.AsSpan()), vb = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan());
    Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
    int i = 0;
    for (; i + 3 < va.Length; i += 4)
    {
        s0 += va[i] * vb[i];
        s1 += va[i + 1] * vb[i + 1];
        s2 += va[i + 2] * vb[i + 2];
        s3 += va[i + 3] * vb[i + 3];
    }
    sum = Vector.Sum(s0 + s1 + s2 + s3);
    for (i *= Vector<double>.Count; i < n; i++)
    {
        sum += a[i] * b[i];
    }
});
Console.WriteLine($"a·b, {4 * Vector<double>.Count} sums side by side   {vectorDot,8:F1} µs   {sum:R}   {scalarDot / vectorDot:F1} times as fast");
Console.WriteLine("The two sums differ in their last digits: addition of rounded numbers depends on its order. Plumbline's moments do not round.");

static double Time(Action work)
{
    for (int i = 0; i < repeats / 4; i++)
    {
        work();     // until it is compiled for good
    }
    double best = double.MaxValue;
    for (int round = 0; round < 5; round++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats / 10; i++)
        {
            work();
        }
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / (repeats / 10));
    }
    return best;
}
