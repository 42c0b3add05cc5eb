using System.Globalization;

namespace Plumbline.Files.Tests;

/// <summary>Tables of DuckDB databases.</summary>
public sealed class TableTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string Database(params string[] statements)
    {
        string path = _scratch.At("a.db");
        Scratch.Run($"attach '{path}' as made; use made; {string.Join(';', statements)}; use memory; detach made");
        return path;
    }

    private static void Is(string name, string code, string part)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => FileSource.Open(name).Dispose());
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("k <> 3 or true")]
    public void The_rows_of_a_table_are_those_of_its_Parquet_twin(string? where)
    {
        const string Select = "select sqrt(i) x, case when i % 7 = 0 then null else i end k, (9007199254740993 + i)::bigint wide, "
            + "'t' || (i % 3) t, i % 2 = 0 b, date '2024-05-01' + i::integer d, sin(i) y from range(30000) r(i)";
        string path = Database($"create table \"it's \"\"a\"\" & b?\" as {Select}");
        string parquet = _scratch.Copy(Select, "a.parquet", "format parquet");
        using FileSource table = FileSource.Open($"duckdb:{path}?table={Uri.EscapeDataString("it's \"a\" & b?")}", new FileSourceOptions { Where = where });
        using FileSource twin = FileSource.Open(parquet, new FileSourceOptions { Where = where });
        Assert.Equal(twin.Columns, table.Columns);
        string[] numbers = [.. table.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
        foreach ((double[] expected, double[] actual) in twin.All(numbers).Zip(table.All(numbers)))
        {
            Reading.Same(expected, actual);
        }
        Assert.Equal(twin.Texts("t"), table.Texts("t"));
        Assert.Equal(twin.Texts("b"), table.Texts("b"));
        foreach (int threads in new[] { 1, 2 })
        {
            Assert.Equal(Estimates(twin, 1), Estimates(table, threads));
        }
        Assert.Equal(30_000, table.Parallel(2, "x")[0].Length);
    }

    private static string Estimates(FileSource source, int threads)
    {
        LinearModel model = LinearRegression.Fit("y ~ x + k + wide", source, new FitOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
        return string.Join(' ', model.Coefficients.Select(c => c.Estimate.ToString("R", CultureInfo.InvariantCulture))) + $" {model.Rows}";
    }

    [Fact]
    public void Views_and_schemas_have_names_too()
    {
        string path = Database("create schema s", "create table s.t as select 2 x", "create table t as select 1 x", "create view v as select x + 10 as x from t", "create table s.only as select 5 x");
        double Of(string rest)
        {
            using FileSource source = FileSource.Open($"duckdb:{path}?{rest}");
            return source.All("x")[0].Single();
        }
        Assert.Equal([1, 1, 2, 11, 5], [Of("table=t"), Of("table=T"), Of("schema=s&table=t"), Of("table=v"), Of("table=only")]);
        Is($"duckdb:{path}", "unknown-table", "There are t, v, s.only, s.t.");
    }

    [Fact]
    public void The_only_table_needs_no_name()
    {
        using FileSource source = FileSource.Open($"duckdb:{Database("create table t as select 7 x")}");
        Reading.Same([7], source.All("x")[0]);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        string path = Database("create table sales as select 1 x");
        Is($"duckdb:{path}?table=slaes", "unknown-table", "has no table 'slaes'. Did you mean 'sales'?");
        Is($"duckdb:{path}?table=zzz", "unknown-table", "There are sales.");
        Is($"duckdb:{path}?schema=s&table=sales", "unknown-table", "in the schema 's'");
        Is($"duckdb:{path}?tabel=sales", "unknown-table", "'tabel=sales' is not understood");
        Is($"duckdb:{_scratch.At("b.db")}?table=sales", "file-not-found", $"Did you mean '{path}'?");
        Is($"duckdb:{_scratch.Write("text.db", "this is no database")}?table=t", "not-duckdb", "is not a DuckDB database");
        Is($"duckdb:{_scratch.Write("empty.db", "")}?table=t", "empty-file", "is empty");
        Is(path, "unknown-format", "duckdb:FILE?table=NAME");
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        Is($"duckdb:{_scratch.Write("cut.db", bytes[..5000])}?table=sales", "damaged-file", "cannot be opened");
        Assert.Equal("mixed-formats", Assert.Throws<PlumblineException>(() => FileSource.Open([path, $"duckdb:{path}"])).Code);
        Assert.Equal("unknown-column", Assert.Throws<PlumblineException>(() => FileSource.Open($"duckdb:{path}?table=sales").All("y")).Code);
    }

    [Fact]
    public void A_database_is_only_read_and_reaches_nothing_else()
    {
        string secret = _scratch.Write("secret.csv", "x\n1\n");
        string path = Database("create table t as select 7 x", $"create view leak as select * from '{secret}'");
        byte[] before = System.IO.File.ReadAllBytes(path);
        Is($"duckdb:{path}?table=leak", "read-failed", "could not be read");
        foreach (string where in new[] { $"x in (select x from '{secret}')", "true); drop table t; select (1 = 1" })
        {
            Assert.Equal("where", Reading.Fault($"duckdb:{path}?table=t", new FileSourceOptions { Where = where }).Code);
        }
        using (FileSource source = FileSource.Open($"duckdb:{path}?table=t", new FileSourceOptions { Where = "x > 0" }))
        {
            Reading.Same([7], source.Parallel(2, "x")[0]);
        }
        Assert.Equal(before, System.IO.File.ReadAllBytes(path));
        Assert.False(System.IO.File.Exists(path + ".wal"));
    }
}
