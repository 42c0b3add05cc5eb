using System.Buffers;
using System.Numerics;
using System.Text;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Numbers and texts as bytes, each in the one form that it has. A whole number: seven bits a byte, the lowest first, the eighth bit
/// set in all but the last. An exact value m·2^e with m odd: twice the bytes of |m|, and 1 when it is negative, as a whole number; e as
/// a whole number, 2e or −2e − 1; the bytes of |m|, the lowest first. Zero is a single byte 0. A text: its bytes as a whole number, then UTF-8.
/// </summary>
internal sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 12);

    /// <summary>All bytes so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Writes a whole number, 0 or more.</summary>
    public void Whole(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<byte> bytes = _buffer.GetSpan(10);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[count++] = (byte)(value | 0x80);
        }
        bytes[count++] = (byte)value;
        _buffer.Advance(count);
    }

    /// <summary>Writes an exact value.</summary>
    public void Exact(ExactValue value)
    {
        if (value.IsZero)
        {
            Whole(0);
            return;
        }
        BigInteger magnitude = BigInteger.Abs(value.Mantissa);
        int length = magnitude.GetByteCount(isUnsigned: true);
        Whole((2L * length) + (value.Sign < 0 ? 1 : 0));
        Whole(value.Exponent >= 0 ? 2L * value.Exponent : (-2L * value.Exponent) - 1);
        magnitude.TryWriteBytes(_buffer.GetSpan(length), out int written, isUnsigned: true);
        _buffer.Advance(written);
    }

    /// <summary>Writes a text.</summary>
    public void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Whole(bytes.Length);
        _buffer.Write(bytes);
    }
}

/// <summary>Reads what <see cref="CanonicalWriter"/> writes, and nothing else: another form of the same number is an error.</summary>
internal ref struct CanonicalReader(ReadOnlySpan<byte> bytes)
{
    // Products of three numbers that a double can hold are within 2^±3300.
    private const int LargestExponent = 8192;
    private const int LongestMagnitude = 2048;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is not canonical, or not whole.</exception>
    public long Whole()
    {
        ulong value = 0;
        for (int i = 0; i < 9; i++)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return next > 0 || i == 0 ? (long)value : throw new FormatException("a number has leading zeros");
            }
        }
        throw new FormatException("a number is too long");
    }

    /// <summary>A whole number below a bound.</summary>
    public int Below(int bound) => Whole() is long value && value < bound ? (int)value : throw new FormatException("a number is out of range");

    /// <summary>An exact value.</summary>
    /// <exception cref="FormatException">It is not canonical.</exception>
    public ExactValue Exact()
    {
        int head = Below((2 * LongestMagnitude) + 2);
        if (head == 0)
        {
            return ExactValue.Zero;
        }
        int exponent = Below(2 * LargestExponent);
        ReadOnlySpan<byte> magnitude = Take(head / 2);
        if (magnitude.IsEmpty || magnitude[^1] == 0 || (magnitude[0] & 1) == 0)
        {
            throw new FormatException("a sum is not in its lowest terms");
        }
        var mantissa = new BigInteger(magnitude, isUnsigned: true);
        return new ExactValue((head & 1) == 0 ? mantissa : -mantissa, (exponent & 1) == 0 ? exponent / 2 : -(exponent / 2) - 1);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("it ends within a number");
        }
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
