using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>The inner loops of slicing: scale, round to an integer, keep the rest.</summary>
internal static unsafe class Slicing
{
    private const double Shift = 1 << SliceWindow.Step;

    /// <summary>Multiplies every column of a panel by its power of two, low parts too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<TLanes, TVector>(double* high, double* low, int rows, int width, double* scale)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector s = TLanes.Load(scale + v);
            Multiply<TLanes, TVector>(high + v, rows, width, s);
            if (low is not null)
            {
                Multiply<TLanes, TVector>(low + v, rows, width, s);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TLanes, TVector>(double* p, int rows, int width, TVector s)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (int r = 0; r < rows; r++, p += width)
        {
            TLanes.Store(p, TLanes.Multiply(TLanes.Load(p), s));
        }
    }

    /// <summary>rest ← rest·2^−Unit a column, and at once the first slice of it. Returns whether anything is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool First<TLanes, TVector>(double* rest, double* slice, int rows, int width, double* scale)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic);
        TVector shift = TLanes.Broadcast(Shift);
        TVector any = TLanes.Broadcast(0);
        for (int v = 0; v < width; v += TLanes.Count)
        {
            TVector factor = TLanes.Load(scale + v);
            double* from = rest + v, to = slice + v;
            for (int row = 0; row < rows; row++, from += width, to += width)
            {
                TVector r = TLanes.Multiply(TLanes.Load(from), factor);
                TVector s = TLanes.Subtract(TLanes.Add(r, magic), magic);
                r = TLanes.Multiply(TLanes.Subtract(r, s), shift);
                TLanes.Store(to, s);
                TLanes.Store(from, r);
                any = TLanes.MaxAbs(r, any);
            }
        }
        return TLanes.AnyNonZero(any);
    }

    /// <summary>
    /// The second and third slice of what the first left, and all sums of two of the three, in one go.
    /// Returns how many slices are not empty; <paramref name="left"/> tells whether anything is left after them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SecondAndThird<TLanes, TVector>(
        double* rest, double* a, double* b, double* c, double* ab, double* ac, double* bc, int count, out bool left)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic);
        TVector shift = TLanes.Broadcast(Shift);
        TVector third = TLanes.Broadcast(0), any = third;
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TVector x = TLanes.Load(a + n), r = TLanes.Load(rest + n);
            TVector y = TLanes.Subtract(TLanes.Add(r, magic), magic);
            r = TLanes.Multiply(TLanes.Subtract(r, y), shift);
            third = TLanes.MaxAbs(r, third);
            TVector z = TLanes.Subtract(TLanes.Add(r, magic), magic);
            r = TLanes.Multiply(TLanes.Subtract(r, z), shift);
            any = TLanes.MaxAbs(r, any);
            TLanes.Store(b + n, y);
            TLanes.Store(c + n, z);
            TLanes.Store(rest + n, r);
            TLanes.Store(ab + n, TLanes.Add(x, y));
            TLanes.Store(ac + n, TLanes.Add(x, z));
            TLanes.Store(bc + n, TLanes.Add(y, z));
        }
        left = TLanes.AnyNonZero(any);
        return TLanes.AnyNonZero(third) ? 3 : 2;
    }

    /// <summary>slice = round(rest); rest ← (rest − slice)·2²². Returns whether anything is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Next<TLanes, TVector>(double* rest, double* slice, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic);
        TVector shift = TLanes.Broadcast(Shift);
        TVector zero = TLanes.Broadcast(0);
        TVector any = zero;
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TVector r = TLanes.Load(rest + n);
            TVector s = TLanes.Subtract(TLanes.Add(r, magic), magic);
            r = TLanes.Multiply(TLanes.Subtract(r, s), shift);
            TLanes.Store(slice + n, s);
            TLanes.Store(rest + n, r);
            any = TLanes.MaxAbs(r, any);
        }
        return TLanes.AnyNonZero(any);
    }

    /// <summary>The same for double-double rests: the two parts are brought to order by an exact sum (Knuth) first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool NextWide<TLanes, TVector>(double* rest, double* low, double* slice, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector magic = TLanes.Broadcast(SliceWindow.Magic);
        TVector shift = TLanes.Broadcast(Shift);
        TVector any = TLanes.Broadcast(0);
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TVector a = TLanes.Load(rest + n), b = TLanes.Load(low + n);
            TVector h = TLanes.Add(a, b);
            TVector t = TLanes.Subtract(h, a);
            TVector l = TLanes.Add(TLanes.Subtract(a, TLanes.Subtract(h, t)), TLanes.Subtract(b, t));
            TVector s = TLanes.Subtract(TLanes.Add(h, magic), magic);
            TVector r = TLanes.Multiply(TLanes.Subtract(h, s), shift);
            l = TLanes.Multiply(l, shift);
            TLanes.Store(slice + n, s);
            TLanes.Store(rest + n, r);
            TLanes.Store(low + n, l);
            any = TLanes.MaxAbs(l, TLanes.MaxAbs(r, any));
        }
        return TLanes.AnyNonZero(any);
    }

    /// <summary>target = a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<TLanes, TVector>(double* a, double* b, double* target, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (int n = 0; n < count; n += TLanes.Count)
        {
            TLanes.Store(target + n, TLanes.Add(TLanes.Load(a + n), TLanes.Load(b + n)));
        }
    }
}
