using System.Text;

namespace Plumbline.Files;

/// <summary>What a CSV file says about itself: what separates fields, the columns, and why a column is text.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Columns">Names and types.</param>
/// <param name="Texts">For a column of text: the first value of the sample that is no number. Else null.</param>
internal sealed record CsvLayout(byte Delimiter, IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<CsvText?> Texts)
{
    /// <summary>Columns in the names of folders, which come after those of the files.</summary>
    public IReadOnlyList<Partition> Partitions { get; init; } = [];

    /// <summary>How many rows decide about the types.</summary>
    public const int SampleRows = 1_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the header and the first rows. A column is of numbers when all values of the sample that are not missing are.
    /// Rows that are wrong end the sample: whoever reads the rows will tell.
    /// </summary>
    /// <exception cref="PlumblineException"><c>empty-file</c>, <c>header</c>, <c>duplicate-column</c>, <c>not-utf8</c> …</exception>
    public static CsvLayout Of(CsvScanner scanner, string path, byte? delimiter, NullTexts missing)
    {
        scanner.Delimiter = delimiter ?? Detect(scanner.Peek);
        if (scanner.Peek.IsEmpty || !scanner.Read())
        {
            throw FileErrors.Empty(path);
        }
        string[] names = Names(scanner, path);
        scanner.Expected = names.Length;
        CsvText?[] texts = new CsvText?[names.Length];
        Sample(scanner, missing, texts);
        ColumnInfo[] columns = [.. names.Select((name, i) => new ColumnInfo(name, texts[i] is null ? ColumnType.Number : ColumnType.Text))];
        return new CsvLayout(scanner.Delimiter, columns, texts);
    }

    /// <summary>Opens a plain or gzipped file for one pass.</summary>
    public static CsvScanner Scan(string path, Compression compression) => new(Unpacked.Open(path, compression), path);

    /// <summary>Of comma, semicolon, tab and bar the one most often in the first line, outside quotes; comma when there is none.</summary>
    private static byte Detect(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> candidates = ",;\t|"u8;
        Span<int> counts = stackalloc int[4];
        bool quoted = false;
        foreach (byte b in start)
        {
            quoted ^= b == '"';
            if (!quoted && b is (byte)'\n' or (byte)'\r')
            {
                break;
            }
            int candidate = candidates.IndexOf(b);
            if (!quoted && candidate >= 0)
            {
                counts[candidate]++;
            }
        }
        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }
        return candidates[best];
    }

    private static string[] Names(CsvScanner scanner, string path)
    {
        var names = new string[scanner.Count];
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            try
            {
                names[i] = StrictUtf8.GetString(scanner[i]).Trim();
            }
            catch (DecoderFallbackException)
            {
                throw FileErrors.NotUtf8(path, scanner.Line);
            }
            if (names.Length == 1 && names[i].Length == 0)
            {
                throw FileErrors.BlankHeader(path);
            }
            if (names[i].Length > 0 && !at.TryAdd(names[i], i))
            {
                throw FileErrors.DuplicateColumn(path, names[i], at[names[i]] + 1, i + 1);
            }
        }
        for (int i = 0; i < names.Length; i++)
        {
            // A column without a name (row numbers, often) is called by its place.
            for (int place = i + 1; names[i].Length == 0; place += names.Length)
            {
                names[i] = at.TryAdd($"column{place}", i) ? $"column{place}" : "";
            }
        }
        return names;
    }

    private static void Sample(CsvScanner scanner, NullTexts missing, CsvText?[] texts)
    {
        try
        {
            for (int row = 0; row < SampleRows && scanner.Read() && CsvRows.Fits(scanner, texts.Length, missing); row++)
            {
                for (int i = 0; i < texts.Length; i++)
                {
                    if (texts[i] is null && !missing.Contains(scanner[i]) && !NumberText.TryParse(scanner[i], out _))
                    {
                        texts[i] = new CsvText(scanner.Line, Encoding.UTF8.GetString(scanner[i]));
                    }
                }
            }
        }
        catch (PlumblineException)
        {
            // A fault in a row belongs to the reading of rows, which meets it again at the same place and says so.
        }
    }
}

/// <summary>A text where a number could have been.</summary>
/// <param name="Line">The line its row begins on.</param>
/// <param name="Text">The text.</param>
internal readonly record struct CsvText(long Line, string Text);
