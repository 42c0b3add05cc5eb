using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// Arithmetic modulo a prime between 2⁶¹ and 2⁶².
/// Method      residues in Montgomery's form, a ↦ a·2⁶⁴ mod q: a product is three integer multiplications.
/// Source      Montgomery, Modular multiplication without trial division, Math. Comp. 44 (1985); Sinclair's seven bases
///             make the Miller–Rabin test a proof below 2⁶⁴.
/// </summary>
internal sealed class PrimeField
{
    /// <summary>Every prime used is above 2 to this power.</summary>
    public const int Bits = 61;

    private static readonly List<PrimeField> s_fields = [];
    private static readonly ulong[] s_bases = [2, 325, 9375, 28178, 450775, 9780504, 1795265022];

    private readonly ulong _minusInverse;        // −q⁻¹ mod 2⁶⁴
    private readonly ulong _square;              // 2¹²⁸ mod q
    private readonly ulong _two;
    private readonly ulong _half;

    private PrimeField(ulong prime)
    {
        Prime = prime;
        ulong inverse = prime;                   // right to 3 bits; each step doubles them
        for (int i = 0; i < 5; i++)
        {
            inverse *= 2 - (prime * inverse);
        }
        _minusInverse = 0 - inverse;
        UInt128 r = (UInt128.One << 64) % prime;
        _square = (ulong)(r * r % prime);
        One = From(1);
        _two = From(2);
        _half = Invert(_two);
    }

    /// <summary>q.</summary>
    public ulong Prime { get; }

    /// <summary>1, in Montgomery's form.</summary>
    public ulong One { get; }

    /// <summary>The field of the n-th prime below 2⁶².</summary>
    public static PrimeField Get(int n)
    {
        lock (s_fields)
        {
            ulong candidate = s_fields.Count == 0 ? (1UL << 62) - 1 : s_fields[^1].Prime - 2;
            while (s_fields.Count <= n)
            {
                if (IsPrime(candidate))
                {
                    s_fields.Add(new PrimeField(candidate));
                }
                candidate -= 2;
            }
            return s_fields[n];
        }
    }

    /// <summary>An integer's residue.</summary>
    public ulong From(ulong value) => Multiply(value % Prime, _square);

    /// <summary>The residue of m·2^e; 2 has an inverse, so every exact value has one.</summary>
    public ulong From(ExactValue value)
    {
        ulong magnitude = From((ulong)(BigInteger.Abs(value.Mantissa) % Prime));
        ulong result = Multiply(magnitude, value.Exponent < 0 ? Power(_half, -(long)value.Exponent) : Power(_two, value.Exponent));
        return value.Sign < 0 ? Subtract(0, result) : result;
    }

    /// <summary>a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Multiply(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong carry = Math.BigMul(low * _minusInverse, Prime, out _) + (low == 0 ? 0UL : 1UL);
        ulong result = high + carry;
        return result >= Prime ? result - Prime : result;
    }

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Subtract(ulong a, ulong b) => a >= b ? a - b : a + Prime - b;

    /// <summary>1/a by Fermat; a must not be 0.</summary>
    public ulong Invert(ulong a) => Power(a, (long)(Prime - 2));

    private ulong Power(ulong a, long exponent)
    {
        ulong result = One;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                result = Multiply(result, a);
            }
            a = Multiply(a, a);
        }
        return result;
    }

    private static bool IsPrime(ulong n)
    {
        foreach (uint small in (ReadOnlySpan<uint>)[3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37])
        {
            if (n % small == 0)
            {
                return n == small;
            }
        }
        int twos = BitOperations.TrailingZeroCount(n - 1);
        foreach (ulong witness in s_bases)
        {
            var power = (ulong)BigInteger.ModPow(witness, (n - 1) >> twos, n);
            bool passes = power == 1 || power == n - 1;
            for (int i = 1; i < twos && !passes; i++)
            {
                power = (ulong)((UInt128)power * power % n);
                passes = power == n - 1;
            }
            if (!passes)
            {
                return false;
            }
        }
        return true;
    }
}
