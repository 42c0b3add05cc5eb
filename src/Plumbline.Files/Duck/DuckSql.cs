using System.Text;

namespace Plumbline.Files;

/// <summary>Writes SQL. Every name and every text from outside is quoted, always.</summary>
internal static class DuckSql
{
    /// <summary>A name: <c>"a""b"</c>.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text: <c>'it''s'</c>.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of files, each of which means itself even if it has the characters of patterns.</summary>
    public static string Files(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(path => Text(Literal(path))))}]";

    /// <summary>A path as DuckDB must be given it, so that <c>[ * ?</c> are characters.</summary>
    public static string Literal(string path)
    {
        var literal = new StringBuilder(path.Length);
        foreach (char c in Path.GetFullPath(path))
        {
            _ = c is '[' or '*' or '?' ? literal.Append('[').Append(c).Append(']') : literal.Append(c);
        }
        return literal.ToString();
    }

    /// <summary>Reads CSV as the layout says; nothing is guessed, and all but numbers are texts. Columns are c0, c1, … unless a condition needs their names.</summary>
    public static string Csv(FileSet files, CsvLayout layout, FileSourceOptions options)
    {
        bool named = options.Where is not null;
        IEnumerable<string> columns = layout.Columns.Select((column, i) =>
            $"{Text(named ? column.Name : $"c{i}")}: '{(column.Type == ColumnType.Number ? "DOUBLE" : "VARCHAR")}'");
        string nulls = string.Join(", ", options.NullStrings.Select(Text));
        return $"read_csv({Files(files.Paths)}, header=true, auto_detect=false, delim={Text(((char)layout.Delimiter).ToString())}, "
            + "quote='\"', escape='\"', comment='', strict_mode=true, null_padding=false, ignore_errors=false, allow_quoted_nulls=true, "
            + $"max_line_size={CsvScanner.LongestRecord}, nullstr=[{nulls}], compression={Text(Packing(files.Format.Compression))}, "
            + $"{Hive(files)}, union_by_name=false, columns={{{string.Join(", ", columns)}}})";
    }

    /// <summary>The lines of a text file, as they are, in one column.</summary>
    public static string Lines(string path, Compression compression) =>
        $"read_csv({Files([path])}, header=false, auto_detect=false, delim='\x01', quote='', escape='', comment='', strict_mode=false, "
        + $"compression={Text(Packing(compression))}, max_line_size={CsvScanner.LongestRecord}, hive_partitioning=false, columns={{'line': 'VARCHAR'}})";

    /// <summary>Reads Parquet.</summary>
    public static string Parquet(FileSet files) => $"read_parquet({Files(files.Paths)}, {Hive(files)}, union_by_name=false)";

    /// <summary>Reads one Parquet file, and only what it has itself.</summary>
    public static string Parquet(string path) => $"read_parquet({Files([path])}, hive_partitioning=false, union_by_name=false)";

    /// <summary>Reads JSON lines with DuckDB's guess of the columns.</summary>
    public static string Json(FileSet files) => $"read_json({Files(files.Paths)}, {JsonOptions(files)}, hive_partitioning=false)";

    /// <summary>Reads JSON lines with columns of given SQL types.</summary>
    public static string Json(FileSet files, IEnumerable<(string Name, string Type)> columns) =>
        $"read_json({Files(files.Paths)}, {JsonOptions(files)}, {Hive(files)}, auto_detect=false, "
        + $"columns={{{string.Join(", ", columns.Select(column => $"{Text(column.Name)}: {Text(column.Type)}"))}}})";

    /// <summary>Another type for columns that stay to be read as they are under other names.</summary>
    public static string Retyped(string scan, IEnumerable<(string Name, string Raw, string Type)> columns) =>
        $"(select {string.Join(", ", columns.Select(column => $"{Name(column.Name)} as {Name(column.Raw)}"))}, "
        + $"* replace ({string.Join(", ", columns.Select(column => $"cast({Name(column.Name)} as {column.Type}) as {Name(column.Name)}"))}) from {scan})";

    private static string JsonOptions(FileSet files) =>
        $"format='newline_delimited', records=true, compression={Text(Packing(files.Format.Compression))}, ignore_errors=false";

    /// <summary>The columns in the names of folders, of the types found here.</summary>
    private static string Hive(FileSet files) => files.Partitions.Count == 0
        ? "hive_partitioning=false"
        : $"hive_partitioning=true, hive_types_autocast=false, hive_types={{{string.Join(", ", files.Partitions.Select(part => $"{Text(part.Column.Name)}: {part.SqlType}"))}}}";

    private static string Packing(Compression compression) => compression switch
    {
        Compression.Gzip => "gzip",
        Compression.Zstd => "zstd",
        _ => "uncompressed",
    };
}
