using System.IO.Compression;
using System.Text.Json;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>The same rows by other ways: formats, pieces, threads, arithmetic.</summary>
public sealed class SameDataTests : BuiltTool
{
    private const string Formula = "price ~ sqft_living + age + lat";

    [Fact]
    public void Threads_do_not_change_a_byte() =>
        Assert.Equal(Run("fit", Houses, Formula, "--json", "--threads", "1"), Run("fit", Houses, Formula, "--json", "--threads", "2"));

    [Fact]
    public void Text_of_two_runs_is_the_same() => Assert.Equal(Run("fit", Houses, Formula), Run("fit", Houses, Formula));

    [Fact]
    public void Every_format_gives_the_same_bits()
    {
        string[] lines = File.ReadAllLines(Houses)[..3001];
        File.WriteAllLines(Path.Combine(Folder, "h.csv"), lines);
        string[] names = lines[0].Split(',');
        File.WriteAllLines(Path.Combine(Folder, "h.tsv"), lines.Select(static l => l.Replace(',', '\t')));
        File.WriteAllLines(Path.Combine(Folder, "h.jsonl"), lines.Skip(1).Select(l => $"{{{string.Join(',', l.Split(',').Zip(names, static (v, n) => $"\"{n}\":{v}"))}}}"));
        using (GZipStream zip = new(File.Create(Path.Combine(Folder, "h.csv.gz")), CompressionLevel.Fastest))
        {
            zip.Write(File.ReadAllBytes(Path.Combine(Folder, "h.csv")));
        }
        WriteParquet("h.csv", "h.parquet");
        string expected = Numbers(Fit("h.csv", Formula));
        Assert.All(["h.tsv", "h.csv.gz", "h.jsonl", "h.parquet"], name => Assert.Equal(expected, Numbers(Fit(name, Formula))));
    }

    [Fact]
    public void Pieces_of_a_file_give_the_bits_of_the_whole()
    {
        string[] lines = File.ReadAllLines(Houses);
        for (int i = 0, from = 1; i < 3; i++)
        {
            int to = i == 2 ? lines.Length : from + 1000 + (9000 * i);
            File.WriteAllLines(Path.Combine(Folder, $"part-{i}.csv"), [lines[0], .. lines[from..to]]);
            from = to;
        }
        JsonElement pieces = Fit("part-*.csv", Formula);
        Assert.Equal(Numbers(Fit(Houses, Formula)), Numbers(pieces));
        Assert.Equal(Numbers(pieces), Numbers(Fit("part-2.csv", "part-0.csv", "part-1.csv", Formula)));
        Assert.Equal(21613, pieces.GetProperty("rows").GetProperty("used").GetInt64());
    }

    [Fact]
    public void Fast_arithmetic_agrees_to_the_digits_that_it_claims()
    {
        JsonElement exact = Fit(Houses, Formula);
        JsonElement fast = Fit(Houses, Formula, "--arithmetic", "fast");
        Assert.Equal("fast", fast.GetProperty("arithmetic").GetString());
        foreach ((JsonElement e, JsonElement f) in exact.GetProperty("coefficients").EnumerateArray().Zip(fast.GetProperty("coefficients").EnumerateArray()))
        {
            Check(e, f, "estimate", "digits");
            Check(e, f, "std_error", "std_error_digits");
        }
        static void Check(JsonElement exact, JsonElement fast, string value, string digits)
        {
            int claimed = fast.GetProperty(digits).GetInt32();
            Assert.InRange(claimed, 6, 16);
            double right = exact.GetProperty(value).GetDouble();
            Assert.True(Math.Abs(right - fast.GetProperty(value).GetDouble()) <= 0.5 * Math.Pow(10, 1 - claimed) * Math.Abs(right));
        }
    }

    // Everything but the name of the source and the types that its format has: they stand in the design, and in the checksum of all.
    private static string Numbers(JsonElement fit)
    {
        JsonElement state = fit.GetProperty("model");
        IEnumerable<string> found = fit.EnumerateObject().Where(static p => p.Name is not ("source" or "model" or "checksum")).Select(static p => p.ToString());
        return string.Join('\n', [.. found, state.GetProperty("moments").ToString(), state.GetProperty("inverse_root").ToString()]);
    }

    private void WriteParquet(string csv, string parquet)
    {
        Assert.True(Startup.DuckDBOpen(":memory:", out DuckDBDatabase database).IsSuccess());
        using (database)
        {
            Assert.True(Startup.DuckDBConnect(database, out DuckDBNativeConnection connection).IsSuccess());
            using (connection)
            {
                string sql = $"copy (from read_csv('{Path.Combine(Folder, csv)}')) to '{Path.Combine(Folder, parquet)}' (format parquet)";
                Assert.True(Query.DuckDBQuery(connection, sql, out DuckDBResult result).IsSuccess());
                Query.DuckDBDestroyResult(ref result);
            }
        }
    }
}
