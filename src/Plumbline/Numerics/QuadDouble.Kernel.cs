using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>
/// The inner loop of every quad-double factorization: y ← y − a·x over spans, four elements at a time.
/// Method      product and sum without branches. Four elements are turned from rows of parts into columns of lanes and
///             back; the last elements of a span are copied to a block of four, so that all take the same path.
/// Cost        about 220 operations an element.
/// Error       below 2⁻²⁰⁴·(|y| + |a·x|) an element, where |y| is the largest value the element has had: what a sum of
///             products needs, though not the relative error of the operator + when y and a·x cancel.
/// Source      Hida, Li, Bailey (2001), §3, the sum without sorting.
/// </summary>
public readonly partial struct QuadDouble
{
    static void IReal<QuadDouble>.SubtractProduct(Span<QuadDouble> y, QuadDouble a, ReadOnlySpan<QuadDouble> x)
    {
        int done = 0;
        for (; done <= y.Length - 4; done += 4)
        {
            SubtractProductOfFour(y.Slice(done, 4), a, x.Slice(done, 4));
        }
        if (done < y.Length)
        {
            Span<QuadDouble> lastY = stackalloc QuadDouble[4];
            Span<QuadDouble> lastX = stackalloc QuadDouble[4];
            lastY.Clear();
            lastX.Clear();
            y[done..].CopyTo(lastY);
            x[done..y.Length].CopyTo(lastX);
            SubtractProductOfFour(lastY, a, lastX);
            lastY[..(y.Length - done)].CopyTo(y[done..]);
        }
    }

    private static void SubtractProductOfFour(Span<QuadDouble> y, QuadDouble a, ReadOnlySpan<QuadDouble> x)
    {
        ref double target = ref Unsafe.As<QuadDouble, double>(ref MemoryMarshal.GetReference(y));
        ref double source = ref Unsafe.As<QuadDouble, double>(ref MemoryMarshal.GetReference(x));
        Load(ref source, out Vector256<double> x0, out Vector256<double> x1, out Vector256<double> x2, out Vector256<double> x3);
        Multiply(Vector256.Create(-a._0), Vector256.Create(-a._1), Vector256.Create(-a._2), Vector256.Create(-a._3), ref x0, ref x1, ref x2, ref x3);
        Load(ref target, out Vector256<double> y0, out Vector256<double> y1, out Vector256<double> y2, out Vector256<double> y3);
        Add(x0, x1, x2, x3, ref y0, ref y1, ref y2, ref y3);
        Store(ref target, y0, y1, y2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TwoSum(Vector256<double> a, Vector256<double> b, out Vector256<double> error)
    {
        Vector256<double> s = a + b;
        Vector256<double> t = s - a;
        error = (a - (s - t)) + (b - t);
        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TwoProduct(Vector256<double> a, Vector256<double> b, out Vector256<double> error)
    {
        Vector256<double> p = a * b;
        error = Vector256.FusedMultiplyAdd(a, b, -p);
        return p;
    }

    /// <summary>x ← a·x; the same steps as the operator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        Vector256<double> a0, Vector256<double> a1, Vector256<double> a2, Vector256<double> a3,
        ref Vector256<double> b0, ref Vector256<double> b1, ref Vector256<double> b2, ref Vector256<double> b3)
    {
        Vector256<double> p00 = TwoProduct(a0, b0, out Vector256<double> q00);
        Vector256<double> p01 = TwoProduct(a0, b1, out Vector256<double> q01);
        Vector256<double> p10 = TwoProduct(a1, b0, out Vector256<double> q10);
        Vector256<double> p02 = TwoProduct(a0, b2, out Vector256<double> q02);
        Vector256<double> p11 = TwoProduct(a1, b1, out Vector256<double> q11);
        Vector256<double> p20 = TwoProduct(a2, b0, out Vector256<double> q20);
        Vector256<double> third = (a0 * b3) + (a3 * b0) + ((a1 * b2) + (a2 * b1)) + (q02 + q20 + q11);

        Vector256<double> x1 = TwoSum(p01, p10, out Vector256<double> e0);
        x1 = TwoSum(x1, q00, out Vector256<double> e1);
        Vector256<double> s = TwoSum(p02, p20, out Vector256<double> r0);
        s = TwoSum(s, p11, out Vector256<double> r1);
        Vector256<double> t = TwoSum(q01, q10, out Vector256<double> r2);
        Vector256<double> v = TwoSum(e0, e1, out Vector256<double> r3);
        s = TwoSum(s, t, out Vector256<double> r4);
        Vector256<double> x2 = TwoSum(s, v, out Vector256<double> r5);
        third += (r0 + r1) + (r2 + r3) + (r4 + r5);

        b2 = TwoSum(x2, third, out b3);
        b1 = TwoSum(x1, b2, out b2);
        b0 = TwoSum(p00, b1, out b1);
        b2 = TwoSum(b2, b3, out b3);
        b1 = TwoSum(b1, b2, out b2);
        b2 = TwoSum(b2, b3, out b3);
    }

    /// <summary>y ← y + x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<double> x0, Vector256<double> x1, Vector256<double> x2, Vector256<double> x3,
        ref Vector256<double> y0, ref Vector256<double> y1, ref Vector256<double> y2, ref Vector256<double> y3)
    {
        Vector256<double> s0 = TwoSum(y0, x0, out Vector256<double> e0);
        Vector256<double> s1 = TwoSum(y1, x1, out Vector256<double> e1);
        Vector256<double> s2 = TwoSum(y2, x2, out Vector256<double> e2);
        Vector256<double> s3 = y3 + x3;
        s1 = TwoSum(s1, e0, out e0);              // first order
        s2 = TwoSum(s2, e1, out e1);              // second order
        s2 = TwoSum(s2, e0, out e0);
        s3 += e2 + (e1 + e0);                     // third order

        s2 = TwoSum(s2, s3, out s3);
        s1 = TwoSum(s1, s2, out s2);
        y0 = TwoSum(s0, s1, out s1);
        s2 = TwoSum(s2, s3, out s3);
        s1 = TwoSum(s1, s2, out s2);
        y0 = TwoSum(y0, s1, out y1);
        y2 = TwoSum(s2, s3, out y3);
    }

    /// <summary>Four elements of four parts each become four vectors, one a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref double source, out Vector256<double> v0, out Vector256<double> v1, out Vector256<double> v2, out Vector256<double> v3)
        => Transpose(
            Vector256.LoadUnsafe(ref source), Vector256.LoadUnsafe(ref source, 4), Vector256.LoadUnsafe(ref source, 8), Vector256.LoadUnsafe(ref source, 12),
            out v0, out v1, out v2, out v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double target, Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        Transpose(v0, v1, v2, v3, out v0, out v1, out v2, out v3);
        v0.StoreUnsafe(ref target);
        v1.StoreUnsafe(ref target, 4);
        v2.StoreUnsafe(ref target, 8);
        v3.StoreUnsafe(ref target, 12);
    }

    /// <summary>Rows of a 4×4 matrix become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d,
        out Vector256<double> t0, out Vector256<double> t1, out Vector256<double> t2, out Vector256<double> t3)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b);
            Vector256<double> cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
            t0 = Vector256.Create(ab0.GetLower(), cd0.GetLower());
            t1 = Vector256.Create(ab1.GetLower(), cd1.GetLower());
            t2 = Vector256.Create(ab0.GetUpper(), cd0.GetUpper());
            t3 = Vector256.Create(ab1.GetUpper(), cd1.GetUpper());
            return;
        }
        t0 = Vector256.Create(a[0], b[0], c[0], d[0]);
        t1 = Vector256.Create(a[1], b[1], c[1], d[1]);
        t2 = Vector256.Create(a[2], b[2], c[2], d[2]);
        t3 = Vector256.Create(a[3], b[3], c[3], d[3]);
    }
}
