namespace Plumbline.Files;

/// <summary>Quotes inside quoted fields, which are written twice.</summary>
internal static class CsvQuotes
{
    /// <summary>The field's text, each doubled quote once; in <paramref name="scratch"/>, which grows as needed.</summary>
    public static ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> field, ref byte[] scratch)
    {
        if (scratch.Length < field.Length)
        {
            scratch = new byte[Math.Max(256, 2 * field.Length)];
        }
        int length = 0;
        for (int i = 0; i < field.Length; i++)
        {
            scratch[length++] = field[i];
            i += field[i] == (byte)'"' ? 1 : 0;
        }
        return scratch.AsSpan(0, length);
    }
}
