using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>The inner loops of <see cref="CellPlanes{TLanes,TVector}"/>, over a block of rows × width values, row by row.</summary>
internal static unsafe class CellCutting<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Bits from one plane to the next.</summary>
    public const int Step = 30;

    /// <summary>The largest magnitude in each column; false when a value is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Largest(double* values, double* most, int rows, int width)
    {
        // Four rows at a time, so that no operation waits for the one before.
        TVector zero = TLanes.Broadcast(0), zeros = zero, others = zero;
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector m0 = zero, m1 = zero, m2 = zero, m3 = zero;
            double* p = values + v;
            int r = 0;
            for (; r + 4 <= rows; r += 4, p += 4 * width)
            {
                TVector a = TLanes.Load(p), b = TLanes.Load(p + width), c = TLanes.Load(p + (2 * width)), d = TLanes.Load(p + (3 * width));
                m0 = TLanes.MaxAbs(a, m0);
                m1 = TLanes.MaxAbs(b, m1);
                m2 = TLanes.MaxAbs(c, m2);
                m3 = TLanes.MaxAbs(d, m3);
                zeros = TLanes.MultiplyAdd(b, zero, TLanes.MultiplyAdd(a, zero, zeros));        // 0 unless a value is not finite
                others = TLanes.MultiplyAdd(d, zero, TLanes.MultiplyAdd(c, zero, others));
            }
            for (; r < rows; r++, p += width)
            {
                TVector value = TLanes.Load(p);
                m0 = TLanes.MaxAbs(value, m0);
                zeros = TLanes.MultiplyAdd(value, zero, zeros);
            }
            TLanes.Store(most + v, TLanes.MaxAbs(m0, TLanes.MaxAbs(m1, TLanes.MaxAbs(m2, m3))));
        }
        zeros = TLanes.Add(zeros, others);
        return !TLanes.AnyNonZero(zeros);
    }

    /// <summary>
    /// With x = value/2^unit: plane (+)= round(x), rest = (x − round(x))·2³⁰. Tells whether every quotient is exact, and
    /// whether anything is left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool First(
        double* values, double* plane, double* rest, double* scales, double* unscales, int rows, int width, bool isFirst, out bool more)
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic), shift = TLanes.Broadcast(1 << Step);
        TVector lost = TLanes.Broadcast(0), any = lost, lost2 = lost, any2 = lost;
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector scale = TLanes.Load(scales + v), unscale = TLanes.Load(unscales + v);
            nint n = v;
            int r = 0;
            for (; r + 2 <= rows; r += 2, n += 2 * width)
            {
                TVector x = TLanes.Load(values + n), x2 = TLanes.Load(values + n + width);
                TVector scaled = TLanes.Multiply(x, scale), scaled2 = TLanes.Multiply(x2, scale);
                lost = TLanes.MaxAbs(TLanes.Subtract(TLanes.Multiply(scaled, unscale), x), lost);
                lost2 = TLanes.MaxAbs(TLanes.Subtract(TLanes.Multiply(scaled2, unscale), x2), lost2);
                TVector whole = TLanes.Subtract(TLanes.Add(scaled, magic), magic), whole2 = TLanes.Subtract(TLanes.Add(scaled2, magic), magic);
                scaled = TLanes.Multiply(TLanes.Subtract(scaled, whole), shift);
                scaled2 = TLanes.Multiply(TLanes.Subtract(scaled2, whole2), shift);
                TLanes.Store(plane + n, isFirst ? whole : TLanes.Add(TLanes.Load(plane + n), whole));
                TLanes.Store(plane + n + width, isFirst ? whole2 : TLanes.Add(TLanes.Load(plane + n + width), whole2));
                TLanes.Store(rest + n, scaled);
                TLanes.Store(rest + n + width, scaled2);
                any = TLanes.MaxAbs(scaled, any);
                any2 = TLanes.MaxAbs(scaled2, any2);
            }
            if (r < rows)
            {
                TVector x = TLanes.Load(values + n);
                TVector scaled = TLanes.Multiply(x, scale);
                lost = TLanes.MaxAbs(TLanes.Subtract(TLanes.Multiply(scaled, unscale), x), lost);
                TVector whole = TLanes.Subtract(TLanes.Add(scaled, magic), magic);
                scaled = TLanes.Multiply(TLanes.Subtract(scaled, whole), shift);
                TLanes.Store(plane + n, isFirst ? whole : TLanes.Add(TLanes.Load(plane + n), whole));
                TLanes.Store(rest + n, scaled);
                any = TLanes.MaxAbs(scaled, any);
            }
        }
        lost = TLanes.MaxAbs(lost, lost2);
        any = TLanes.MaxAbs(any, any2);
        more = TLanes.AnyNonZero(any);
        return !TLanes.AnyNonZero(lost);
    }

    /// <summary>plane (+)= round(rest); rest ← (rest − round(rest))·2³⁰. Returns whether anything is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Next(double* rest, double* plane, int count, bool isFirst)
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic), shift = TLanes.Broadcast(1 << Step), any = TLanes.Broadcast(0);
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TVector value = TLanes.Load(rest + n);
            TVector whole = TLanes.Subtract(TLanes.Add(value, magic), magic);
            value = TLanes.Multiply(TLanes.Subtract(value, whole), shift);
            TLanes.Store(plane + n, isFirst ? whole : TLanes.Add(TLanes.Load(plane + n), whole));
            TLanes.Store(rest + n, value);
            any = TLanes.MaxAbs(value, any);
        }
        return TLanes.AnyNonZero(any);
    }
}
