using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// Cuts an exact value into doubles of 53 bits each: v ≈ ± Σ pieces[k], truncated after the last piece.
/// The relative error is below 2^(1 − 53·pieces). Cost: one shift of the mantissa.
/// Fails when  a piece is below the smallest double (it becomes 0) or the value above the largest (infinite).
/// </summary>
internal static class ExactBits
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Cut(ExactValue value, Span<double> pieces)
    {
        if (value.IsZero)
        {
            pieces.Clear();
            return;
        }
        int wanted = 53 * pieces.Length;
        BigInteger mantissa = BigInteger.Abs(value.Mantissa);
        int length = (int)mantissa.GetBitLength();
        int exponent = value.Exponent + length - wanted;      // of the last bit kept
        mantissa = length > wanted ? mantissa >> (length - wanted) : mantissa << (wanted - length);

        Span<byte> bytes = stackalloc byte[((wanted + 63) / 64 * 8) + 8];
        bytes.Clear();
        mantissa.TryWriteBytes(bytes, out _, isUnsigned: true);
        for (int k = 0; k < pieces.Length; k++)
        {
            int low = 53 * (pieces.Length - 1 - k);           // the piece is bits [low, low + 53)
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(low / 64 * 8)..]) >> (low % 64);
            if (low % 64 > 11)
            {
                word |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[((low / 64 * 8) + 8)..]) << (64 - (low % 64));
            }
            double piece = Math.ScaleB(word & ((1UL << 53) - 1), exponent + low);
            pieces[k] = value.Sign < 0 ? -piece : piece;
        }
    }
}
