namespace Plumbline.Files.Tests;

/// <summary>Conditions in SQL: what they select, and what they cannot do.</summary>
public sealed class ConditionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string File() => _scratch.Write("a.csv", "price,zip code,city\n1,98001,A\n2,98002,B\n3,,B\nNA,98004,\n");

    private double[] Where(string path, string where)
    {
        using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = where });
        return source.All("price")[0];
    }

    [Fact]
    public void Conditions_select_rows_by_any_column()
    {
        string path = File();
        Reading.Same([2, 3], Where(path, "price > 1"));
        Reading.Same([2, double.NaN], Where(path, "\"zip code\" >= 98002"));
        Reading.Same([2, 3], Where(path, "city = 'B' -- a comment"));
        Reading.Same([double.NaN], Where(path, "city is null"));
        Reading.Same([3], Where(path, "\"zip code\" is null or price > 1e3"));
        Reading.Same([], Where(path, "false"));
    }

    [Theory]
    [InlineData("price >")]
    [InlineData("prise > 1")]
    [InlineData("1=1); select (1=1")]
    [InlineData("1=1); set enable_external_access=true; select (1=1")]
    [InlineData("")]
    [InlineData("cast(city as int) > 0")]
    [InlineData("price in (select price from read_csv('/etc/hostname'))")]
    [InlineData("exists (select * from '/etc/passwd')")]
    [InlineData("exists (select * from read_text('/etc/passwd'))")]
    [InlineData("exists (select * from glob('/*'))")]
    [InlineData("exists (select * from read_parquet('https://example.com/x.parquet'))")]
    [InlineData("getenv('HOME') <> ''")]
    public void Conditions_that_fail_or_reach_out_are_refused(string where)
    {
        PlumblineException error = Reading.Fault(File(), new FileSourceOptions { Where = where }, "price");
        Assert.Equal("where", error.Code);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_condition_that_needs_more_memory_than_allowed_is_told(int threads)
    {
        string path = File();
        using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = "price not in (select 1e9 + range from range(20000000))", MemoryLimit = 30_000_000 });
        string[] before = Directory.GetFileSystemEntries(_scratch.Folder);
        foreach (Action read in new Action[] { () => source.All("price"), () => source.Parallel(threads, "price") })
        {
            PlumblineException error = Assert.Throws<PlumblineException>(read);
            Assert.Equal("out-of-memory", error.Code);
            Assert.Contains("nothing is put on the disk", error.Message, StringComparison.Ordinal);
            Assert.Equal(path, error.File);
        }
        Assert.Equal(before, Directory.GetFileSystemEntries(_scratch.Folder));
    }

    [Fact]
    public void What_is_locked_cannot_be_unlocked()
    {
        FileSet files = FileSet.Find([File()], new FileSourceOptions());
        using DuckDatabase database = DuckDatabase.Open(files, new FileSourceOptions());
        foreach (string setting in new[] { "enable_external_access=true", "allowed_paths=['/etc/passwd']", "allowed_directories=['/']" })
        {
            Assert.Throws<DuckException>(() => DuckScan.Texts(database, $"set {setting}", 0));
        }
        foreach (string sql in new[] { "attach '/tmp/x.db'", "copy (select 1) to '/tmp/plumbline-escaped.csv'", "install httpfs", "load httpfs", "select content from read_text('/etc/passwd')" })
        {
            Assert.Throws<DuckException>(() => DuckScan.Texts(database, sql, 1));
        }
    }

    [Fact]
    public void Conditions_work_on_parquet_and_json_lines()
    {
        const string Select = "select i::int price, i % 3 = 0 as third, 'n' || i as name from range(10) t(i)";
        foreach (string path in new[] { _scratch.Copy(Select, "a.parquet", "format parquet"), _scratch.Copy(Select, "a.jsonl", "format json") })
        {
            Reading.Same([0, 3, 6, 9], Where(path, "third"));
            Reading.Same([7], Where(path, "name = 'n7'"));
        }
    }
}
