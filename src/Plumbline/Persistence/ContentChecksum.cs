using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline;

/// <summary>
/// A checksum of what a JSON document says, whatever its white space and line ends: so that an edit is noticed, and a copy
/// through a mail program or a version control is not taken for one.
/// Method: SHA-256 over the tokens in order, each with its kind and its bytes: text unescaped, numbers as written. The member
/// of the outermost object that holds the checksum is passed over.
/// </summary>
internal static class ContentChecksum
{
    /// <summary>The member that holds it.</summary>
    public const string Member = "checksum";

    /// <summary>The checksum, as the member has it: <c>sha256:…</c>.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Of(ReadOnlySpan<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(Member))
            {
                reader.Skip();
                continue;
            }
            Add(hash, ref reader);
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, ref Utf8JsonReader reader)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length + 5);
        bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        int length = isText ? reader.CopyString(rented.AsSpan(5)) : reader.ValueSpan.Length;
        if (!isText)
        {
            reader.ValueSpan.CopyTo(rented.AsSpan(5));
        }
        rented[0] = (byte)reader.TokenType;
        BinaryPrimitives.WriteInt32LittleEndian(rented.AsSpan(1), length);
        hash.AppendData(rented.AsSpan(0, length + 5));
        ArrayPool<byte>.Shared.Return(rented);
    }
}
