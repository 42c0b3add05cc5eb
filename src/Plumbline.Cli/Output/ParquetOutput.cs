using Plumbline.Files;

namespace Plumbline.Cli.Output;

/// <summary>Parquet from rows that are written piece by piece.</summary>
internal static class ParquetOutput
{
    /// <summary>
    /// Writes the file. DuckDB makes the Parquet, and reads CSV from a file: a hidden one beside the output, which goes when that is done.
    /// </summary>
    /// <param name="file">The output.</param>
    /// <param name="columns">The columns, in the order of the CSV.</param>
    /// <param name="write">Writes the rows as CSV with a header; the names of the columns are those of <paramref name="columns"/> whatever it says.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Replace(OutputFile file, IReadOnlyList<(string Name, ColumnType Type)> columns, Action<Stream> write, CancellationToken cancellation) => file.Replace(
        target =>
        {
            string csv = target + ".csv";
            try
            {
                using (FileStream rows = new(csv, FileMode.CreateNew, FileAccess.Write))
                {
                    write(rows);
                }
                ParquetFile.FromCsv(csv, target, columns, cancellation);
            }
            finally
            {
                File.Delete(csv);
            }
        },
        cancellation);
}
