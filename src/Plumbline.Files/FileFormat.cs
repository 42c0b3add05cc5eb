namespace Plumbline.Files;

/// <summary>What the rows of a file look like.</summary>
internal enum FileKind
{
    Csv,
    Parquet,
    JsonLines,
    DuckTable,
}

/// <summary>How the bytes of a file are packed.</summary>
internal enum Compression
{
    None,
    Gzip,
    Zstd,
}

/// <summary>The format of a file, as its name tells it.</summary>
/// <param name="Kind">What the rows look like.</param>
/// <param name="Compression">How the bytes are packed.</param>
/// <param name="Tabs">Whether the name promises tabs between fields.</param>
internal readonly record struct FileFormat(FileKind Kind, Compression Compression, bool Tabs)
{
    /// <summary>Every ending that is known, for messages.</summary>
    public const string Known = ".csv, .tsv, .tab, .txt, .jsonl, .ndjson (each also with .gz or .zst), .parquet, .pq";

    /// <summary>The format that the ending of <paramref name="path"/> stands for.</summary>
    /// <exception cref="PlumblineException"><c>unknown-format</c>.</exception>
    public static FileFormat Of(string path)
    {
        Compression compression = Extension(path) switch
        {
            ".gz" => Compression.Gzip,
            ".zst" => Compression.Zstd,
            _ => Compression.None,
        };
        string inner = compression == Compression.None ? path : path[..path.LastIndexOf('.')];
        return (Extension(inner), compression) switch
        {
            (".csv" or ".txt", _) => new(FileKind.Csv, compression, Tabs: false),
            (".tsv" or ".tab", _) => new(FileKind.Csv, compression, Tabs: true),
            (".jsonl" or ".ndjson", _) => new(FileKind.JsonLines, compression, Tabs: false),
            (".parquet" or ".pq", Compression.None) => new(FileKind.Parquet, compression, Tabs: false),
            (".moments", _) => throw FileErrors.Moments(path),
            _ => throw FileErrors.UnknownFormat(path),
        };
    }

    /// <summary>Whether the ending of <paramref name="path"/> stands for a format.</summary>
    public static bool IsKnown(string path)
    {
        try
        {
            _ = Of(path);
            return true;
        }
        catch (PlumblineException)
        {
            return false;
        }
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
