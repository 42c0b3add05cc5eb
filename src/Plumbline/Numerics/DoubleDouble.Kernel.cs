using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>
/// The inner loop of every double-double factorization: y ← y − a·x over spans.
/// Method      the scalar product and sum, on eight or four elements at a time. Pairs lie interleaved in memory;
///             unpacking puts the high parts of some elements in one vector and their low parts in another, in an
///             order that does not matter and that unpacking again undoes.
/// Cost        about 30 operations an element; the same bits at every width, because elements never mix.
/// </summary>
public readonly partial struct DoubleDouble
{
    static void IReal<DoubleDouble>.SubtractProduct(Span<DoubleDouble> y, DoubleDouble a, ReadOnlySpan<DoubleDouble> x)
        => SubtractProduct(y, a, x[..y.Length], Avx512F.IsSupported ? 8 : Avx.IsSupported ? 4 : 1);

    /// <summary>The loop at a given number of lanes: 8, 4 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SubtractProduct(Span<DoubleDouble> y, DoubleDouble a, ReadOnlySpan<DoubleDouble> x, int lanes)
    {
        int done = 0;
        ref double target = ref Unsafe.As<DoubleDouble, double>(ref MemoryMarshal.GetReference(y));
        ref double source = ref Unsafe.As<DoubleDouble, double>(ref MemoryMarshal.GetReference(x));
        if (lanes == 8)
        {
            Vector512<double> high = Vector512.Create(-a.High), low = Vector512.Create(-a.Low);
            for (; done <= y.Length - 8; done += 8)
            {
                nuint at = (nuint)(2 * done);
                Vector512<double> x0 = Vector512.LoadUnsafe(ref source, at), x1 = Vector512.LoadUnsafe(ref source, at + 8);
                Vector512<double> y0 = Vector512.LoadUnsafe(ref target, at), y1 = Vector512.LoadUnsafe(ref target, at + 8);
                AddProduct(
                    high, low,
                    Avx512F.UnpackLow(x0, x1), Avx512F.UnpackHigh(x0, x1),
                    Avx512F.UnpackLow(y0, y1), Avx512F.UnpackHigh(y0, y1),
                    out Vector512<double> sum, out Vector512<double> rest);
                Avx512F.UnpackLow(sum, rest).StoreUnsafe(ref target, at);
                Avx512F.UnpackHigh(sum, rest).StoreUnsafe(ref target, at + 8);
            }
        }
        if (lanes >= 4)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(
        Vector512<double> ah, Vector512<double> al,
        Vector512<double> xh, Vector512<double> xl,
        Vector512<double> yh, Vector512<double> yl,
        out Vector512<double> high, out Vector512<double> low)
    {
        Vector512<double> p = ah * xh;
        Vector512<double> e = Vector512.FusedMultiplyAdd(ah, xh, -p);
        e += Vector512.FusedMultiplyAdd(al, xh, Vector512.FusedMultiplyAdd(ah, xl, al * xl));
        Vector512<double> ph = p + e;
        Vector512<double> pl = e - (ph - p);

        Vector512<double> s = yh + ph;                    // TwoSum of the high parts
        Vector512<double> t = s - yh;
        Vector512<double> se = (yh - (s - t)) + (ph - t);
        Vector512<double> w = yl + pl;                    // TwoSum of the low parts
        t = w - yl;
        Vector512<double> we = (yl - (w - t)) + (pl - t);
        se += w;
        Vector512<double> v = s + se;
        se = (se - (v - s)) + we;
        high = v + se;
        low = se - (high - v);
    }
}
