using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Two's-complement integers of several 64-bit words, the lowest first.</summary>
internal static class Words
{
    /// <summary>Three words less their lowest bits, which are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (ulong, ulong, ulong) ShiftRight(ulong w0, ulong w1, ulong w2, int count)
    {
        while (count >= 64)
        {
            (w0, w1, w2) = (w1, w2, 0);
            count -= 64;
        }
        return count == 0 ? (w0, w1, w2) : ((w0 >> count) | (w1 << (64 - count)), (w1 >> count) | (w2 << (64 - count)), w2 >> count);
    }

    /// <summary>entry += words, modulo the width of the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<ulong> entry, ReadOnlySpan<ulong> words)
    {
        ulong carry = 0;
        for (int n = 0; n < entry.Length; n++)
        {
            if (n >= words.Length && carry == 0)
            {
                return;
            }
            ulong word = n < words.Length ? words[n] : 0;
            ulong sum = entry[n] + word;
            ulong next = sum < word ? 1UL : 0UL;
            entry[n] = sum + carry;
            carry = next + (entry[n] < carry ? 1UL : 0UL);
        }
    }

    /// <summary>entry −= words, modulo the width of the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(Span<ulong> entry, ReadOnlySpan<ulong> words)
    {
        ulong borrow = 0;
        for (int n = 0; n < entry.Length; n++)
        {
            if (n >= words.Length && borrow == 0)
            {
                return;
            }
            ulong word = n < words.Length ? words[n] : 0;
            ulong old = entry[n];
            ulong difference = old - word;
            ulong next = old < word ? 1UL : 0UL;
            entry[n] = difference - borrow;
            borrow = next + (difference < borrow ? 1UL : 0UL);
        }
    }

    /// <summary>entry · 2^count, modulo the width of the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ShiftLeft(Span<ulong> entry, int count)
    {
        int words = count >> 6, bit = count & 63;
        for (int n = entry.Length - 1; n >= 0; n--)
        {
            ulong here = n - words >= 0 ? entry[n - words] : 0;
            ulong below = n - words - 1 >= 0 ? entry[n - words - 1] : 0;
            entry[n] = bit == 0 ? here : (here << bit) | (below >> (64 - bit));
        }
    }

    /// <summary>The product of three numbers below 2⁵³.</summary>
    public static (ulong, ulong, ulong) Product(ulong a, ulong b, ulong c)
    {
        ulong h1 = Math.BigMul(a, b, out ulong l1);
        ulong h2 = Math.BigMul(l1, c, out ulong l2);
        ulong h3 = Math.BigMul(h1, c, out ulong l3);
        ulong middle = h2 + l3;
        return (l2, middle, h3 + (middle < h2 ? 1UL : 0UL));
    }

    /// <summary>entry ±= product · 2^shift, where bits that a negative shift takes away are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(Span<ulong> entry, (ulong W0, ulong W1, ulong W2) product, int shift, bool subtract)
    {
        (ulong w0, ulong w1, ulong w2) = shift < 0 ? ShiftRight(product.W0, product.W1, product.W2, -shift) : product;
        shift = Math.Max(shift, 0);
        int bit = shift & 63;
        ReadOnlySpan<ulong> words = bit == 0
            ? [w0, w1, w2, 0]
            : [w0 << bit, (w1 << bit) | (w0 >> (64 - bit)), (w2 << bit) | (w1 >> (64 - bit)), w2 >> (64 - bit)];
        if (subtract)
        {
            Subtract(entry[(shift >> 6)..], words);
        }
        else
        {
            Add(entry[(shift >> 6)..], words);
        }
    }

    /// <summary>entry ±= limbs · 2^shift, the limbs a signed number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWide(Span<ulong> entry, ReadOnlySpan<ulong> limbs, int shift, bool subtract)
    {
        entry = entry[(shift >> 6)..];
        int bit = shift & 63;
        ulong sign = (long)limbs[^1] < 0 ? ulong.MaxValue : 0;
        Span<ulong> words = entry.Length <= 64 ? stackalloc ulong[entry.Length] : new ulong[entry.Length];
        for (int n = 0; n < words.Length; n++)
        {
            ulong here = n < limbs.Length ? limbs[n] : sign;
            ulong below = n == 0 ? 0 : n - 1 < limbs.Length ? limbs[n - 1] : sign;
            words[n] = bit == 0 ? here : (here << bit) | (below >> (64 - bit));
        }
        if (subtract)
        {
            Subtract(entry, words);
        }
        else
        {
            Add(entry, words);
        }
    }
}
