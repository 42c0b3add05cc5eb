using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// Arithmetic on strips of double-double numbers hi + lo, |lo| ≤ ½ulp(hi), a vector of the machine at a time.
/// Method: error-free transformations (TwoSum; TwoProduct by fused multiply-add) and the accurate algorithms built
/// on them. The sum or product of two doubles is exact; of two double-doubles, right to 3u² and 5u² (u = 2⁻⁵³),
/// a quotient to 15u².
/// Cost: 6 operations for a double sum, 2 for a product, 20, 9 and 15 in double-double.
/// Source: Joldes, Muller, Popescu, Tight and rigorous error bounds for basic building blocks of double-word
/// arithmetic, ACM TOMS 44 (2017): algorithms 6, 12 and 17.
/// Fails when: the low part of a product falls below 2⁻¹⁰⁷⁴ (it is rounded there), or a result leaves the range of
/// doubles: then it is the infinity or NaN of plain arithmetic, with a low part of 0.
/// Strips are as long as a whole number of vectors; what stands behind the last row is computed and not read.
/// </summary>
internal static class DoubleDoubleStrip
{
    /// <summary>a += b (or a −= b) for doubles; afterwards a is wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddNarrow(Span<double> hi, Span<double> lo, ReadOnlySpan<double> b, bool minus)
    {
        Span<Vector<double>> ah = Cast(hi), al = Cast(lo);
        ReadOnlySpan<Vector<double>> bh = Cast(b);
        for (int i = 0; i < ah.Length; i++)
        {
            (ah[i], al[i]) = Finite(TwoSum(ah[i], minus ? -bh[i] : bh[i]));
        }
    }

    /// <summary>a += b (or a −= b) for double-doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> hi, Span<double> lo, ReadOnlySpan<double> bHi, ReadOnlySpan<double> bLo, bool minus)
    {
        Span<Vector<double>> ah = Cast(hi), al = Cast(lo);
        ReadOnlySpan<Vector<double>> bh = Cast(bHi), bl = Cast(bLo);
        for (int i = 0; i < ah.Length; i++)
        {
            (Vector<double> sh, Vector<double> sl) = TwoSum(ah[i], minus ? -bh[i] : bh[i]);
            (Vector<double> th, Vector<double> tl) = TwoSum(al[i], minus ? -bl[i] : bl[i]);
            (Vector<double> vh, Vector<double> vl) = FastTwoSum(sh, sl + th);
            (ah[i], al[i]) = Finite(FastTwoSum(vh, tl + vl), sh);
        }
    }

    /// <summary>a ·= b for doubles; afterwards a is wide, and exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyNarrow(Span<double> hi, Span<double> lo, ReadOnlySpan<double> b)
    {
        Span<Vector<double>> ah = Cast(hi), al = Cast(lo);
        ReadOnlySpan<Vector<double>> bh = Cast(b);
        for (int i = 0; i < ah.Length; i++)
        {
            Vector<double> product = ah[i] * bh[i];
            (ah[i], al[i]) = Finite((product, Vector.FusedMultiplyAdd(ah[i], bh[i], -product)));
        }
    }

    /// <summary>a ·= b for double-doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Span<double> hi, Span<double> lo, ReadOnlySpan<double> bHi, ReadOnlySpan<double> bLo)
    {
        Span<Vector<double>> ah = Cast(hi), al = Cast(lo);
        ReadOnlySpan<Vector<double>> bh = Cast(bHi), bl = Cast(bLo);
        for (int i = 0; i < ah.Length; i++)
        {
            Vector<double> product = ah[i] * bh[i];
            Vector<double> rest = Vector.FusedMultiplyAdd(ah[i], bh[i], -product);
            Vector<double> cross = Vector.FusedMultiplyAdd(ah[i], bl[i], al[i] * bl[i]);
            cross = Vector.FusedMultiplyAdd(al[i], bh[i], cross);
            (ah[i], al[i]) = Finite(FastTwoSum(product, rest + cross), product);
        }
    }

    /// <summary>a /= b for double-doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(Span<double> hi, Span<double> lo, ReadOnlySpan<double> bHi, ReadOnlySpan<double> bLo)
    {
        Span<Vector<double>> ah = Cast(hi), al = Cast(lo);
        ReadOnlySpan<Vector<double>> bh = Cast(bHi), bl = Cast(bLo);
        for (int i = 0; i < ah.Length; i++)
        {
            Vector<double> quotient = ah[i] / bh[i];
            Vector<double> back = quotient * bh[i];
            Vector<double> rest = Vector.FusedMultiplyAdd(quotient, bh[i], -back);
            rest = Vector.FusedMultiplyAdd(quotient, bl[i], rest);
            (Vector<double> rh, Vector<double> rl) = FastTwoSum(back, rest);
            Vector<double> correction = ((ah[i] - rh) + (al[i] - rl)) / bh[i];
            (ah[i], al[i]) = Finite(FastTwoSum(quotient, correction), quotient);
        }
    }

    /// <summary>a = −a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Negate(Span<double> values)
    {
        Span<Vector<double>> a = Cast(values);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = -a[i];
        }
    }

    /// <summary>a ·= c, exact because c is a power of two (unless the result leaves the range of doubles).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<double> values, double powerOfTwo)
    {
        Span<Vector<double>> a = Cast(values);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= powerOfTwo;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Sum, Vector<double> Error) TwoSum(Vector<double> a, Vector<double> b)
    {
        Vector<double> sum = a + b;
        Vector<double> bRounded = sum - a;
        return (sum, (a - (sum - bRounded)) + (b - bRounded));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Sum, Vector<double> Error) FastTwoSum(Vector<double> a, Vector<double> b)
    {
        Vector<double> sum = a + b;
        return (sum, b - (sum - a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Hi, Vector<double> Lo) Finite((Vector<double> Hi, Vector<double> Lo) value) =>
        Finite(value, value.Hi);

    // Where the low part is infinite or NaN, what plain arithmetic gives, and 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Hi, Vector<double> Lo) Finite((Vector<double> Hi, Vector<double> Lo) value, Vector<double> plain)
    {
        Vector<long> ok = Vector.LessThan(Vector.Abs(value.Lo), new Vector<double>(double.PositiveInfinity));
        return (Vector.ConditionalSelect(ok, value.Hi, plain), Vector.ConditionalSelect(ok, value.Lo, Vector<double>.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector<double>> Cast(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<Vector<double>> Cast(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);
}
