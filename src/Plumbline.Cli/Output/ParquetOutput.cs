using Plumbline.Files;

namespace Plumbline.Cli.Output;

/// <summary>Parquet from rows that are written piece by piece.</summary>
internal static class ParquetOutput
{
    /// <summary>
    /// Writes the file. DuckDB makes the Parquet, and reads CSV from a file: a hidden one beside the output, which goes when that is done.
    /// </summary>
    /// <param name="file">The output.</param>
    /// <param name="write">Writes the rows as CSV with a header, whose names are of no account, and returns the columns, in the order of the CSV.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Replace(OutputFile file, Func<Stream, IReadOnlyList<(string Name, ColumnType Type)>> write, CancellationToken cancellation) => file.Replace(
        target =>
        {
            string csv = target + ".csv";
            try
            {
                IReadOnlyList<(string, ColumnType)> columns;
                using (FileStream rows = new(csv, FileMode.CreateNew, FileAccess.Write))
                {
                    columns = write(rows);
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
