using Plumbline.Cli.Output;
using Plumbline.Reports;

namespace Plumbline.Cli.Check;

/// <summary>The file of <c>--rows</c>: a line for every row, written while the rows are checked, and whole or not at all.</summary>
internal static class InfluenceFile
{
    /// <summary>Refuses Parquet where no file can be.</summary>
    /// <exception cref="PlumblineException">Code <c>output</c>.</exception>
    public static void Require(OutputFile? file, string? path)
    {
        if (file is { IsDevice: true } && IsParquet(path!))
        {
            throw new PlumblineException("output", $"'{path}' is a device or a pipe, and Parquet needs a file. Write CSV there.");
        }
    }

    /// <summary>Runs the checks and writes the rows that they pass on.</summary>
    /// <param name="file">The file; null when no rows are wanted.</param>
    /// <param name="path">Its name, as it was given.</param>
    /// <param name="check">Runs the checks, with where to give the rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ModelCheck Run(
        OutputFile? file, string? path, Func<Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>?, ModelCheck> check, CancellationToken cancellation)
    {
        if (file is null)
        {
            return check(null);
        }
        ModelCheck? result = null;
        if (IsParquet(path!))
        {
            ParquetOutput.Replace(
                file,
                stream =>
                {
                    // The columns get their names from the list: in the CSV between they are numbered, so that no name needs quotes.
                    result = Csv(stream, path!, check, static names => [.. names.Select(static (_, i) => $"c{i}")]);
                    return [.. InfluenceCsv.Columns(result.Model).Select(static (name, i) => (name, i == 0 ? ColumnType.Integer : ColumnType.Number))];
                },
                cancellation);
        }
        else
        {
            file.Write(stream => result = Csv(stream, path!, check, static names => names), cancellation);
        }
        return result!;
    }

    private static ModelCheck Csv(
        Stream stream, string path, Func<Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>?, ModelCheck> check, Func<IReadOnlyList<string>, IReadOnlyList<string>> names)
    {
        using StreamedOutput output = new(stream, path);
        Lock gate = new();
        InfluenceCsv? csv = null;
        ModelCheck result = check((model, rows) =>
        {
            lock (gate)
            {
                csv ??= new InfluenceCsv(output, names(InfluenceCsv.Columns(model)));
            }
            return csv.Prepare(rows);
        });
        csv ??= new InfluenceCsv(output, names(InfluenceCsv.Columns(result.Model)));
        csv.Flush();
        output.Flush();
        return result;
    }

    private static bool IsParquet(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);
}
