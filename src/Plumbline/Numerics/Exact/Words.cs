using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Two's-complement integers of several 64-bit words, the lowest first.</summary>
internal static class Words
{
    /// <summary>Three words less their lowest bits, which are zeros.</summary>
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
}
