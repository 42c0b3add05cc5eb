namespace Plumbline.Files;

/// <summary>How a file is read. Immutable: change a copy with <c>with</c>.</summary>
public sealed record FileSourceOptions
{
    /// <summary>
    /// What a missing value looks like in CSV and TSV, unless told otherwise: nothing at all, <c>NA</c>, <c>N/A</c>, <c>n/a</c>,
    /// <c>#N/A</c>, <c>NaN</c>, <c>nan</c>, <c>NULL</c>, <c>null</c>. Quoted or not; compared to the whole text of the field.
    /// </summary>
    public static IReadOnlyList<string> DefaultNullStrings { get; } = ["", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"];

    /// <summary>
    /// A condition in SQL that rows must meet, e.g. <c>price &lt; 1e6 and zipcode = 98178</c>; the file's columns are its names.
    /// Null: all rows.
    /// </summary>
    public string? Where { get; init; }

    /// <summary>The texts that mean "missing" in CSV and TSV. Other formats have a value for it.</summary>
    public IReadOnlyList<string> NullStrings { get; init; } = DefaultNullStrings;

    /// <summary>
    /// Names of columns that are to be text, whatever their values look like: codes, numbers with zeros in front. Their values are categories, as
    /// they are written.
    /// </summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>
    /// The character between the fields of a CSV file, one ASCII character. Null: a tab in <c>.tsv</c> and <c>.tab</c>, else
    /// whichever of comma, semicolon, tab and vertical bar occurs most often in the header line.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>How many threads the engine may use to read rows in their order. Null: one, which is as fast. Reading in no order is told its threads.</summary>
    public int? Threads { get; init; }

    /// <summary>The most memory that the engine may use for its buffers, in bytes. Null: 1 GiB, of which a scan uses a fraction.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The most rows in a block. Null: what makes blocks of about 1 MiB, between 2,048 and 16,384 rows.</summary>
    public int? BlockRows { get; init; }

    /// <summary>Which of the two CSV readers is to do it: for tests, which hold them equal.</summary>
    internal CsvEngine Engine { get; init; }

    /// <summary>How many bytes of CSV a thread takes at a time: for tests. Null: what holds about 2,048 rows.</summary>
    internal int? PieceBytes { get; init; }

    /// <summary>Whether a column is to be text.</summary>
    internal bool IsText(string column) => TextColumns.Contains(column, StringComparer.Ordinal);
}

/// <summary>Who reads a CSV file.</summary>
internal enum CsvEngine
{
    /// <summary>The reader here, unless there is a condition or zstd.</summary>
    Managed,

    /// <summary>Always DuckDB.</summary>
    Duck,
}
