using DuckDB.NET.Native;

namespace Plumbline.Files;

/// <summary>Parquet from rows that were written as CSV, in constant memory.</summary>
public static class ParquetFile
{
    /// <summary>Makes a Parquet file of a CSV file with a header; an empty field becomes null.</summary>
    /// <param name="csv">The CSV file.</param>
    /// <param name="parquet">The file to write; it must not exist.</param>
    /// <param name="columns">The columns of the CSV file, in its order: numbers or whole numbers.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PlumblineException"><c>write-failed</c>: it cannot be written.</exception>
    public static void FromCsv(string csv, string parquet, IReadOnlyList<(string Name, ColumnType Type)> columns, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(csv);
        ArgumentException.ThrowIfNullOrEmpty(parquet);
        ArgumentNullException.ThrowIfNull(columns);
        string types = string.Join(", ", columns.Select(static c => $"{DuckSql.Text(c.Name)}: '{(c.Type == ColumnType.Integer ? "BIGINT" : "DOUBLE")}'"));
        string sql = $"copy (select * from read_csv([{DuckSql.Text(DuckSql.Literal(csv))}], header=true, delim=',', quote='', escape='', nullstr='', auto_detect=false, "
            + $"columns={{{types}}})) to {DuckSql.Text(Path.GetFullPath(parquet))} (format parquet, compression zstd, use_tmp_file false)";
        using DuckDatabase database = DuckDatabase.Open(parquet, [csv, parquet], new FileSourceOptions());
        try
        {
            using var query = new DuckQuery(database, sql, cancellation);
            query.Fetch()?.Dispose();
        }
        catch (DuckException e)
        {
            throw new PlumblineException("write-failed", $"'{FileErrors.Show(parquet)}' could not be written: {FileErrors.Show(e.Message.Split('\n', 2)[0])}", e) { File = parquet };
        }
    }
}
