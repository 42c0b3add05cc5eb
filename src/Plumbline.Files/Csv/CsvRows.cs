namespace Plumbline.Files;

/// <summary>
/// Reads the rows of CSV files here, without DuckDB: nothing to load, nothing to start, and errors with the line as an
/// editor counts it. The way for small files, and the second look when DuckDB has found something wrong.
/// </summary>
internal static class CsvRows
{
    /// <summary>
    /// Whether the current record has as many fields as the header. One more is forgiven when nothing is in it,
    /// as after a separator at the end of the line.
    /// </summary>
    public static bool Fits(CsvScanner scanner, int expected, NullTexts missing) =>
        scanner.Count == expected || (scanner.Count == expected + 1 && missing.Contains(scanner[expected]));

    /// <summary>Reads columns, by their place, of all files as blocks.</summary>
    public static IEnumerable<RowBlock> Read(
        FileSet files, CsvPlan plan, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        var pool = new BlockPool(plan.Columns.Count, blockRows);
        var fields = new CsvFields(plan);
        double total = Math.Max(1, files.Bytes);
        long before = 0;
        long firstRow = 0;
        BlockBuffer buffer = pool.Rent();
        int filled = 0;
        foreach (string path in files.Paths)
        {
            using Unpacked stream = Unpacked.Open(path, files.Format.Compression);
            using var scanner = new CsvScanner(stream, path) { Delimiter = plan.Layout.Delimiter };
            scanner.Read();
            scanner.Expected = plan.Layout.Columns.Count;
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                filled += fields.Fill(scanner, path, buffer, filled, blockRows);
                if (filled < blockRows)
                {
                    break;
                }
                yield return buffer.ToBlock(firstRow, filled);
                progress?.Report(Math.Min(1, (before + stream.Position) / total));
                firstRow += filled;
                filled = 0;
                buffer = pool.Rent();
            }
            before += stream.Position;
        }
        if (filled > 0)
        {
            yield return buffer.ToBlock(firstRow, filled);
        }
        progress?.Report(1);
    }

    /// <summary>The file and the line of a row.</summary>
    public static (string File, long? Line) Locate(FileSet files, CsvLayout layout, long row, CancellationToken cancellation)
    {
        foreach (string path in files.Paths)
        {
            using CsvScanner scanner = CsvLayout.Scan(path, files.Format.Compression);
            scanner.Delimiter = layout.Delimiter;
            scanner.Read();
            scanner.Expected = layout.Columns.Count;
            for (; scanner.Read(); row--)
            {
                if (row == 0)
                {
                    return (path, scanner.Line);
                }
                if ((row & 0xFFFF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        return (files.Name, null);
    }

    /// <summary>Reads columns, by their place, of a stream, which it owns, as blocks.</summary>
    public static IEnumerable<RowBlock> Read(
        Stream stream, string name, CsvPlan plan, int blockRows, CancellationToken cancellation)
    {
        var pool = new BlockPool(plan.Columns.Count, blockRows);
        var fields = new CsvFields(plan);
        using var scanner = new CsvScanner(stream, name) { Delimiter = plan.Layout.Delimiter };
        scanner.Read();
        scanner.Expected = plan.Layout.Columns.Count;
        long firstRow = 0;
        for (int rows = blockRows; rows == blockRows; firstRow += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockBuffer buffer = pool.Rent();
            rows = fields.Fill(scanner, name, buffer, 0, blockRows);
            if (rows > 0)
            {
                yield return buffer.ToBlock(firstRow, rows);
            }
        }
    }
}
