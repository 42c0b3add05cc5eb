using DuckDB.NET.Native;

namespace Plumbline.Files;

/// <summary>Parquet.</summary>
internal sealed class ParquetReader : TableReader
{
    private IReadOnlyList<ColumnInfo> _columns = [];
    private IReadOnlyList<DuckDBType> _types = []; // of the columns in the files

    private ParquetReader(FileSet files, FileSourceOptions options)
        : base(files, options)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnInfo> Columns => _columns;

    /// <summary>Reads the schemas. DuckDB would cast a later file to the types of the first, rounding: so they must be equal.</summary>
    public static ParquetReader Open(FileSet files, FileSourceOptions options)
    {
        foreach (string path in files.Paths)
        {
            CheckMarks(path);
        }
        var reader = new ParquetReader(files, options);
        try
        {
            List<(string Name, string Type, DuckDBType Kind)> first = reader.Describe(files.First);
            foreach (string path in files.Paths.Skip(1))
            {
                Compare(path, files.First, reader.Describe(path), first);
            }
            reader._columns = reader.WithPartitions([.. first.Select(column => DuckVector.Column(column.Name, options.IsText(column.Name) ? DuckDBType.Varchar : column.Kind))]);
            reader._types = [.. first.Select(column => column.Kind)];
            return reader;
        }
        catch (DuckException error)
        {
            reader.Dispose();
            throw FileErrors.Damaged(files.Name, FileErrors.Show(error.Message.Split('\n', 2)[0]), error);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        string sql = $"select {List(columns)} from {Scan()}";
        return DuckScan.Read(Database, sql, Targets(columns), blockRows, Retell, progress, cancellation);
    }

    /// <inheritdoc/>
    public override void ForEachBlock(
        int[] columns, int threads, int blockRows, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        ForEachBlock(List(columns), columns, Scan(), threads, blockRows, Retell, consume, progress, cancellation);

    private string List(int[] columns) =>
        columns.Length == 0 ? "0::double" : string.Join(", ", columns.Select(column => column < _types.Count ? DuckVector.Expression(Columns[column], _types[column]) : DuckSql.Name(Columns[column].Name)));

    private string Scan() => $"{DuckSql.Parquet(Files)}{Filter()}";

    /// <summary>Names and SQL types, in words and as a kind.</summary>
    private List<(string Name, string Type, DuckDBType Kind)> Describe(string path)
    {
        string scan = DuckSql.Parquet(path);
        List<string?[]> rows = DuckScan.Texts(Database, $"select column_name, column_type from (describe select * from {scan})", 2);
        using var empty = new DuckQuery(Database, $"select * from {scan} limit 0", CancellationToken.None);
        return [.. rows.Select((row, i) => (row[0]!, row[1]!, empty.Type(i)))];
    }

    private static void Compare(string path, string first, List<(string Name, string Type, DuckDBType Kind)> columns, List<(string Name, string Type, DuckDBType Kind)> expected)
    {
        if (columns.Count != expected.Count)
        {
            throw FileErrors.HeadersDiffer(path, first, $"it has {columns.Count:N0}, not {expected.Count:N0}");
        }
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name != expected[i].Name || columns[i].Type != expected[i].Type)
            {
                throw FileErrors.HeadersDiffer(path, first, $"column {i + 1} is '{FileErrors.Show(columns[i].Name)}' {columns[i].Type}, not '{FileErrors.Show(expected[i].Name)}' {expected[i].Type}");
            }
        }
    }

    /// <summary>A Parquet file begins and ends with PAR1: if it only begins with it, its end was cut off.</summary>
    private static void CheckMarks(string path)
    {
        using FileStream stream = FileSet.Open(path);
        Span<byte> mark = stackalloc byte[4];
        if (stream.Length < 12 || stream.ReadAtLeast(mark, 4, throwOnEndOfStream: false) < 4 || !mark.SequenceEqual("PAR1"u8))
        {
            throw FileErrors.NotParquet(path);
        }
        stream.Seek(-4, SeekOrigin.End);
        if (stream.ReadAtLeast(mark, 4, throwOnEndOfStream: false) < 4 || !mark.SequenceEqual("PAR1"u8))
        {
            throw FileErrors.Damaged(path, "it begins as Parquet but does not end as Parquet, so its end is missing");
        }
    }
}
