using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>
/// The inner loop of every double-double factorization: y ← y − a·x over spans.
/// Method      the scalar product and sum, on four elements at a time. Pairs lie interleaved in memory;
///             unpacking puts the high parts of some elements in one vector and their low parts in another, in an
///             order that does not matter and that unpacking again undoes.
/// Cost        about 30 operations an element; the same bits at every width, because elements never mix.
/// </summary>
public readonly partial struct DoubleDouble
{
    static void IReal<DoubleDouble>.SubtractProduct(Span<DoubleDouble> y, DoubleDouble a, ReadOnlySpan<DoubleDouble> x)
        => SubtractProduct(y, a, x[..y.Length], Avx.IsSupported ? 4 : 1);

    /// <summary>The loop at a given number of lanes: 4 or 1.</summary>
    internal static void SubtractProduct(Span<DoubleDouble> y, DoubleDouble a, ReadOnlySpan<DoubleDouble> x, int lanes)
    {
        int done = 0;
        ref double target = ref Unsafe.As<DoubleDouble, double>(ref MemoryMarshal.GetReference(y));
        ref double source = ref Unsafe.As<DoubleDouble, double>(ref MemoryMarshal.GetReference(x));
        if (lanes == 4)
        {
            Vector256<double> high = Vector256.Create(-a.High), low = Vector256.Create(-a.Low);
            for (; done <= y.Length - 4; done += 4)
            {
                nuint at = (nuint)(2 * done);
                Vector256<double> x0 = Vector256.LoadUnsafe(ref source, at), x1 = Vector256.LoadUnsafe(ref source, at + 4);
                Vector256<double> y0 = Vector256.LoadUnsafe(ref target, at), y1 = Vector256.LoadUnsafe(ref target, at + 4);
                AddProduct(
                    high, low,
                    Avx.UnpackLow(x0, x1), Avx.UnpackHigh(x0, x1),
                    Avx.UnpackLow(y0, y1), Avx.UnpackHigh(y0, y1),
                    out Vector256<double> sum, out Vector256<double> rest);
                Avx.UnpackLow(sum, rest).StoreUnsafe(ref target, at);
                Avx.UnpackHigh(sum, rest).StoreUnsafe(ref target, at + 4);
            }
        }
        DoubleDouble minus = -a;
        for (; done < y.Length; done++)
        {
            y[done] += minus * x[done];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(
        Vector256<double> ah, Vector256<double> al,
        Vector256<double> xh, Vector256<double> xl,
        Vector256<double> yh, Vector256<double> yl,
        out Vector256<double> high, out Vector256<double> low)
    {
        Vector256<double> p = ah * xh;
        Vector256<double> e = Vector256.FusedMultiplyAdd(ah, xh, -p);
        e += Vector256.FusedMultiplyAdd(al, xh, Vector256.FusedMultiplyAdd(ah, xl, al * xl));
        Vector256<double> ph = p + e;
        Vector256<double> pl = e - (ph - p);

        Vector256<double> s = yh + ph;                    // TwoSum of the high parts
        Vector256<double> t = s - yh;
        Vector256<double> se = (yh - (s - t)) + (ph - t);
        Vector256<double> w = yl + pl;                    // TwoSum of the low parts
        t = w - yl;
        Vector256<double> we = (yl - (w - t)) + (pl - t);
        se += w;
        Vector256<double> v = s + se;
        se = (se - (v - s)) + we;
        high = v + se;
        low = se - (high - v);
    }
}
