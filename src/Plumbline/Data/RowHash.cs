using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline;

/// <summary>
/// A number from 0 to below 1 for a row, from a seed and the bits of its values: which part of a split it belongs to. It does not
/// depend on where the row stands, so a split survives reordering, and identical rows are always in one part.
/// </summary>
internal struct RowHash(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const ulong Spread = 0xD1342543DE82EF95;
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;
    private const ulong Missing = 0x7FF8000000000000;

    private ulong _state = Mix(seed + Golden);

    /// <summary>The number.</summary>
    public readonly double Fraction => FractionOf(Bits);

    /// <summary>The number as 64 bits.</summary>
    public readonly ulong Bits => Mix(_state);

    /// <summary>What was taken in so far.</summary>
    public readonly ulong State => _state;

    /// <summary>One that goes on from a <see cref="State"/>.</summary>
    public static RowHash Of(ulong state) => new() { _state = state };

    /// <summary>Takes a value into each of many: column by column, so that one need not wait for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAll(Span<ulong> states, ReadOnlySpan<double> values)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            ref ulong state = ref MemoryMarshal.GetReference(states);
            ref double source = ref MemoryMarshal.GetReference(values[..states.Length]);
            for (; i <= states.Length - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
            {
                Next(Vector512.LoadUnsafe(ref state, (nuint)i), Vector512.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref state, (nuint)i);
            }
        }
        for (; i < states.Length; i++)
        {
            states[i] = Next(states[i], values[i]);
        }
    }

    /// <summary>Takes a text in.</summary>
    public void Add(string text)
    {
        foreach (char c in text)
        {
            _state = Mix(_state ^ (c * Spread)) + Golden;
        }
        Add(text.Length);
    }

    /// <summary>Takes a value in. Zeros of both signs are one, as are all missing values.</summary>
    public void Add(double value) => _state = Next(_state, value);

    /// <summary>64 bits as a number from 0 to below 1.</summary>
    public static double FractionOf(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ulong state, double value)
    {
        ulong bits = value == 0 ? 0 : double.IsNaN(value) ? Missing : BitConverter.DoubleToUInt64Bits(value);
        return Mix(state ^ (bits * Spread)) + Golden;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Next(Vector512<ulong> state, Vector512<double> value)
    {
        Vector512<double> known = Vector512.ConditionalSelect(Vector512.Equals(value, value), value, Vector512.Create(Missing).AsDouble());
        Vector512<ulong> bits = Vector512.AndNot(known.AsUInt64(), Vector512.Equals(value, Vector512<double>.Zero).AsUInt64());
        Vector512<ulong> z = state ^ (bits * Vector512.Create(Spread));
        z = (z ^ (z >>> 30)) * Vector512.Create(First);
        z = (z ^ (z >>> 27)) * Vector512.Create(Second);
        return (z ^ (z >>> 31)) + Vector512.Create(Golden);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * First;
        z = (z ^ (z >> 27)) * Second;
        return z ^ (z >> 31);
    }
}
