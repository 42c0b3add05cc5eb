using System.Text;

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
        FileSet files, CsvLayout layout, NullTexts missing, int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        var pool = new BlockPool(columns.Length, blockRows);
        double total = Math.Max(1, files.Bytes);
        long before = 0;
        long firstRow = 0;
        BlockBuffer buffer = pool.Rent();
        int filled = 0;
        foreach (string path in files.Paths)
        {
            using Unpacked stream = Unpacked.Open(path, files.Format.Compression);
            using var scanner = new CsvScanner(stream, path) { Delimiter = layout.Delimiter };
            scanner.Read();
            scanner.Expected = layout.Columns.Count;
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                filled += Fill(scanner, path, layout, missing, columns, buffer, filled, blockRows);
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

    /// <summary>Reads columns, by their place, of a stream, which it owns, as blocks.</summary>
    public static IEnumerable<RowBlock> Read(
        Stream stream, string name, CsvLayout layout, NullTexts missing, int[] columns, int blockRows, CancellationToken cancellation)
    {
        var pool = new BlockPool(columns.Length, blockRows);
        using var scanner = new CsvScanner(stream, name) { Delimiter = layout.Delimiter };
        scanner.Read();
        scanner.Expected = layout.Columns.Count;
        long firstRow = 0;
        for (int rows = blockRows; rows == blockRows; firstRow += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockBuffer buffer = pool.Rent();
            rows = Fill(scanner, name, layout, missing, columns, buffer, 0, blockRows);
            if (rows > 0)
            {
                yield return buffer.ToBlock(firstRow, rows);
            }
        }
    }

    /// <summary>Parses records into the block from row <paramref name="from"/> until it is full, or the next begins at <paramref name="end"/>, or the file ends; how many.</summary>
    public static int Fill(
        CsvScanner scanner, string path, CsvLayout layout, NullTexts missing, int[] columns, BlockBuffer buffer, int from, int until, long end = long.MaxValue)
    {
        int expected = layout.Columns.Count;
        double[] values = buffer.Values;
        int stride = buffer.Stride;
        int row = from;
        while (row < until && scanner.Position < end && scanner.Read())
        {
            if (!Fits(scanner, expected, missing))
            {
                throw FileErrors.Ragged(path, scanner.Line, scanner.Count, expected);
            }
            int at = row;
            for (int i = 0; i < columns.Length; i++, at += stride)
            {
                if (columns[i] >= expected)
                {
                    continue;
                }
                ReadOnlySpan<byte> text = scanner[columns[i]];
                double value = double.NaN;
                if (!missing.Contains(text) && !NumberText.TryParse(text, out value))
                {
                    throw FileErrors.NotANumber(path, scanner.Line, layout.Columns[columns[i]].Name, Encoding.UTF8.GetString(text));
                }
                values[at] = value;
            }
            row++;
        }
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= expected)
            {
                values.AsSpan((i * stride) + from, row - from).Fill(layout.Partitions[columns[i] - expected].Values[path]);
            }
        }
        return row - from;
    }
}
