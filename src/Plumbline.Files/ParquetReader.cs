using DuckDB.NET.Native;

namespace Plumbline.Files;

/// <summary>Parquet.</summary>
internal sealed class ParquetReader : TypedReader
{
    private ParquetReader(FileSet files, FileSourceOptions options)
        : base(files, options)
    {
    }

    /// <inheritdoc/>
    protected override string From => DuckSql.Parquet(Files);

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
            List<(string Name, string Type, DuckDBType Kind)> first = reader.Describe(DuckSql.Parquet(files.First));
            foreach (string path in files.Paths.Skip(1))
            {
                Compare(path, files.First, reader.Describe(DuckSql.Parquet(path)), first);
            }
            reader.SetColumns(first);
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
    protected override (string File, long? Line) LocateInFiles(long row, CancellationToken cancellation)
    {
        foreach (string path in Files.Paths)
        {
            long rows = long.Parse(DuckScan.Texts(Database, $"select cast(count(*) as varchar) from {DuckSql.Parquet(path)}", 1, cancellation)[0][0]!); // from the footer
            if (row < rows)
            {
                return (path, null);
            }
            row -= rows;
        }
        return base.LocateInFiles(row, cancellation);
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
