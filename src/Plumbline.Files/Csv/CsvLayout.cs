using System.Text;

namespace Plumbline.Files;

/// <summary>What a CSV file says about itself: what separates fields, the columns, and what their values can be.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Names">The names of the columns.</param>
/// <param name="Guesses">What the values of the first rows can be.</param>
internal sealed record CsvLayout(byte Delimiter, IReadOnlyList<string> Names, IReadOnlyList<KindGuess> Guesses)
{
    /// <summary>Names and types; the columns that an option calls text are text.</summary>
    public required IReadOnlyList<ColumnInfo> Columns { get; init; }

    /// <summary>Columns in the names of folders, which come after those of the files.</summary>
    public IReadOnlyList<Partition> Partitions { get; init; } = [];

    /// <summary>How many rows decide about the types.</summary>
    public const int SampleRows = 1_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the header and the first rows. A column is of numbers (booleans, dates) when all values of the sample that are not missing
    /// are. Rows that are wrong end the sample: whoever reads the rows will tell.
    /// </summary>
    /// <exception cref="PlumblineException"><c>empty-file</c>, <c>header</c>, <c>duplicate-column</c>, <c>not-utf8</c> …</exception>
    public static CsvLayout Of(CsvScanner scanner, string path, byte? delimiter, NullTexts missing, FileSourceOptions options)
    {
        scanner.Delimiter = delimiter ?? Detect(scanner.Peek);
        if (scanner.Peek.IsEmpty || !scanner.Read())
        {
            throw FileErrors.Empty(path);
        }
        string[] names = HeaderNames(scanner, path);
        scanner.Expected = names.Length;
        KindGuess[] guesses = [.. names.Select(static _ => new KindGuess())];
        Sample(scanner, path, missing, guesses);
        return new CsvLayout(scanner.Delimiter, names, guesses) { Columns = ColumnsOf(names, guesses, options) };
    }

    /// <summary>With what another file of the same names has: numbers only where all files have numbers, whichever comes first.</summary>
    public CsvLayout With(CsvLayout other, FileSourceOptions options)
    {
        foreach ((KindGuess guess, KindGuess met) in Guesses.Zip(other.Guesses))
        {
            guess.Meet(met);
        }
        return this with { Columns = ColumnsOf(Names, Guesses, options) };
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

    private static string[] HeaderNames(CsvScanner scanner, string path)
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

    private static ColumnInfo[] ColumnsOf(IReadOnlyList<string> names, IReadOnlyList<KindGuess> guesses, FileSourceOptions options) =>
        [.. names.Zip(guesses, (name, guess) => FieldKinds.Column(name, options.IsText(name) ? FieldKind.Text : guess.Kind, options.IsText(name) ? null : guess.Evidence))];

    private static void Sample(CsvScanner scanner, string path, NullTexts missing, KindGuess[] guesses)
    {
        try
        {
            for (int row = 0; row < SampleRows && scanner.Read() && CsvRows.Fits(scanner, guesses.Length, missing); row++)
            {
                for (int i = 0; i < guesses.Length; i++)
                {
                    if (!missing.Contains(scanner[i]))
                    {
                        guesses[i].See(scanner[i], scanner.Text(i), scanner.Line, path);
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
