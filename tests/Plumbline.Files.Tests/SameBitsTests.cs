using System.Globalization;

namespace Plumbline.Files.Tests;

/// <summary>An exact fit has the same bits whichever way its rows came.</summary>
public sealed class SameBitsTests : IDisposable
{
    private const string Formula = "y ~ x1 + x2 + log(x1) + x1:x2";
    private const string Columns = "sqrt(i + 1) x1, case when i % 17 = 0 then null else sin(i) * 1e6 end x2, i % 91 as w, sqrt(i) * 3 - sin(i * 7) y";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private static string Bits(IRowSource source, int threads, string? weights)
    {
        LinearModel model = LinearRegression.Fit(
            Formula, source, new FitOptions { Threads = threads, Weights = weights }, null, TestContext.Current.CancellationToken);
        double[] numbers = [.. model.Coefficients.Select(c => c.Estimate), .. model.Covariance.SelectMany(row => row), model.Rss, model.Tss, model.LogLikelihood, model.Condition];
        return string.Join(' ', numbers.Select(x => BitConverter.DoubleToInt64Bits(x).ToString("x", CultureInfo.InvariantCulture)))
            + $" {model.Rows.Read} {model.Rows.Used} {model.Rows.Dropped}";
    }

    [Theory]
    [InlineData(null)]
    [InlineData("w")]
    public void Pipeline_stream_pieces_memory_and_twenty_files_agree(string? weights)
    {
        const int Rows = 20_000;
        string one = $"select {Columns} from range({Rows}) t(i)";
        string csv = _scratch.Copy(one, "one.csv", "format csv, header");
        string parquet = _scratch.Copy(one, "one.parquet", "format parquet, row_group_size 2048");
        string zst = _scratch.Copy(one, "one.csv.zst", "format csv, header, compression zstd");
        string gz = _scratch.Copy(one, "one.csv.gz", "format csv, header, compression gzip");
        string json = _scratch.Copy(one, "one.jsonl", "format json");
        for (int part = 0; part < 20; part++)
        {
            foreach (string format in new[] { "csv", "parquet" })
            {
                _scratch.Copy($"select {Columns} from range({part * Rows / 20}, {(part + 1) * Rows / 20}) t(i)", $"part{part:00}.{format}", $"format {format}");
            }
        }
        using FileSource first = FileSource.Open(csv);
        double[][] all = first.All("x1", "x2", "w", "y");
        string expected = Bits(Table.FromColumns(("x1", all[0]), ("x2", all[1]), ("w", all[2]), ("y", all[3])), 1, weights);
        (string, FileSourceOptions)[] ways =
        [
            (csv, new FileSourceOptions()),
            (csv, new FileSourceOptions { PieceBytes = 5_000 }),
            (csv, new FileSourceOptions { Engine = CsvEngine.Duck }),
            (csv, new FileSourceOptions { Where = "w >= 0" }),
            (gz, new FileSourceOptions { BlockRows = 700 }),
            (zst, new FileSourceOptions()),
            (json, new FileSourceOptions()),
            (parquet, new FileSourceOptions()),
            (parquet, new FileSourceOptions { Where = "w >= 0" }),
            (_scratch.At("part*.csv"), new FileSourceOptions { PieceBytes = 5_000 }),
            (_scratch.At("part*.parquet"), new FileSourceOptions()),
        ];
        foreach ((string path, FileSourceOptions options) in ways)
        {
            using FileSource source = FileSource.Open(path, options);
            Assert.Equal(expected, Bits(source, 1, weights));
            Assert.Equal(expected, Bits(source, 2, weights));
            Assert.Equal(expected, Bits(new Stream(source), 2, weights));
        }
    }

    /// <summary>A source whose rows can only be read in their order.</summary>
    private sealed class Stream(FileSource source) : IRowSource
    {
        public string Name => source.Name;

        public IReadOnlyList<ColumnInfo> Columns => source.Columns;

        public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation) =>
            source.Read(columns, progress, cancellation);
    }
}
