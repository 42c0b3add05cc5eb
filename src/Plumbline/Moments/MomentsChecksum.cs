using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A checksum of exact moments: equal for the same rows in any order and any parts, different (but for a collision of
/// SHA-256) as soon as one value of one row differs in its last bit and any sum with it.
/// Method: SHA-256 over the names of the columns and the canonical form of every sum, an odd integer times a power of two.
/// </summary>
internal static class MomentsChecksum
{
    /// <summary>The checksum, in lower-case hexadecimal.</summary>
    public static string Of(Moments moments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "plumbline/moments/1");
        Add(hash, moments.Rows);
        Add(hash, moments.SumLogWeights);
        Add(hash, moments.Columns.Count);
        for (int i = 0; i < moments.Columns.Count; i++)
        {
            Add(hash, moments.Columns[i].Name);
            for (int j = 0; j <= i; j++)
            {
                Add(hash, moments[i, j]);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, ExactValue value)
    {
        byte[] mantissa = value.Mantissa.ToByteArray();
        Add(hash, value.Exponent);
        Add(hash, mantissa.Length);
        hash.AppendData(mantissa);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
