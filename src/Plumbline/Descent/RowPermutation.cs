using System.Numerics;

namespace Plumbline;

/// <summary>
/// A pseudorandom permutation of 0 … n − 1 that is computed, not stored: the order of the rows in an epoch.
/// </summary>
/// <remarks>
/// Method      a Feistel network of four rounds over the smallest even number of bits that holds n; values of n or more are
///             sent through again until they fall below (cycle walking), at most four times on average.
/// Cost        some ten nanoseconds a value; no memory.
/// Source      Luby, Rackoff, SIAM J. Comput. 17 (1988); Black, Rogaway, Ciphers with arbitrary finite domains, CT-RSA 2002.
/// Fails when  never. Of the n! orders it reaches 2⁶⁴: enough for descent, not for secrets.
/// </remarks>
internal readonly struct RowPermutation
{
    private readonly ulong _count;
    private readonly int _half;
    private readonly ulong _mask;
    private readonly ulong _key;

    /// <summary>The order of an epoch.</summary>
    public RowPermutation(long count, ulong seed, long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = (ulong)count;
        int bits = count <= 1 ? 2 : 64 - BitOperations.LeadingZeroCount((ulong)(count - 1));
        _half = Math.Max(1, (bits + 1) / 2);
        _mask = (1UL << _half) - 1;
        _key = Mix(seed + Mix((ulong)epoch + 0x9E3779B97F4A7C15));
    }

    /// <summary>The row that comes at a place.</summary>
    public long this[long place]
    {
        get
        {
            ulong value = (ulong)place;
            do
            {
                value = Encrypt(value);
            }
            while (value >= _count);
            return (long)value;
        }
    }

    private ulong Encrypt(ulong value)
    {
        ulong left = value >> _half, right = value & _mask;
        for (ulong round = 1; round <= 4; round++)
        {
            (left, right) = (right, left ^ (Mix(right + (_key * round)) & _mask));
        }
        return (left << _half) | right;
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
