using System.Text;

namespace Plumbline.Files.Tests;

/// <summary>Bad input: one message that says what, where, and what next.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<int> Engines => CsvTests.Engines;

    public void Dispose() => _scratch.Dispose();

    private static FileSourceOptions With(int engine) => new() { Engine = (CsvEngine)engine };

    private static void Is(PlumblineException error, string code, string part, long? line = null, string? column = null)
    {
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
        Assert.Equal(column, error.Column);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_its_nearest_neighbor()
    {
        _scratch.Write("houses.csv", "a\n1\n");
        PlumblineException error = Reading.Fault(_scratch.At("huoses.csv"));
        Is(error, "file-not-found", $"Did you mean '{_scratch.At("houses.csv")}'?");
        Assert.Equal(_scratch.At("huoses.csv"), error.File);
        Assert.DoesNotContain("Did you mean", Reading.Fault(_scratch.At("quite-another.csv")).Message, StringComparison.Ordinal);
        Is(Reading.Fault(_scratch.At("no/such/folder.csv")), "file-not-found", "no such file");
    }

    [Fact]
    public void Directories_patterns_without_match_and_unknown_endings_are_refused()
    {
        Is(Reading.Fault(_scratch.Folder), "is-a-directory", "*.csv");
        Is(Reading.Fault(_scratch.At("x*.csv")), "no-match", "no file matches");
        Is(Reading.Fault(_scratch.Write("a.xlsx", "x")), "unknown-format", ".parquet");
        Is(Reading.Fault(_scratch.Write("plain", "x")), "unknown-format", ".csv");
        Is(Reading.Fault(_scratch.Write("a.parquet.gz", "x")), "unknown-format", ".jsonl");
    }

    [Fact]
    public void A_file_without_permission_is_unreadable()
    {
        string path = _scratch.Write("a.csv", "a\n1\n");
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Needs Unix permissions.");
            return;
        }
        // Reading itself can fail too: a process's own memory cannot be read from byte 0.
        Is(Assert.Throws<PlumblineException>(() => CsvLayout.Scan("/proc/self/mem", Compression.None).Dispose()), "file-unreadable", "cannot be read");
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Permissions do not bind root: run the tests as another user to see this one.");
            return;
        }
        File.SetUnixFileMode(path, UnixFileMode.None);
        Is(Reading.Fault(path), "file-unreadable", "permissions");
    }

    [Theory]
    [InlineData("a.csv", "")]
    [InlineData("a.csv", "\uFEFF")]
    [InlineData("a.csv.gz", "")]
    public void An_empty_file_is_refused(string name, string text) => Is(Reading.Fault(_scratch.Write(name, text)), "empty-file", "is empty");

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_file_with_a_header_only_has_no_rows(int engine)
    {
        foreach (string text in new[] { "a,b", "a,b\n", "a,b\r\n", "a,b\n\n\n" })
        {
            using FileSource source = FileSource.Open(_scratch.Write("a.csv", text), With(engine));
            Assert.Equal(["a", "b"], source.Columns.Select(column => column.Name));
            Assert.Empty(source.Read(["a", "b"], null, CancellationToken.None));
        }
    }

    [Fact]
    public void Headers_must_name_every_column_once()
    {
        Is(Reading.Fault(_scratch.Write("a.csv", "x,y,x\n1,2,3\n")), "duplicate-column", "columns 1 and 3", 1, "x");
        Is(Reading.Fault(_scratch.Write("a.csv", "\nx,y\n1,2\n")), "header", "blank", 1);
        string path = _scratch.Write("b.csv", "x,X\n1,2\n");
        using FileSource both = FileSource.Open(path);
        Assert.Equal(2, both.All("X")[0][0]);
        Is(Reading.Fault(path, new FileSourceOptions { Where = "x > 0" }), "duplicate-column", "only in case", column: "x");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Ragged_rows_are_named_with_their_line(int engine)
    {
        Is(Reading.Fault(_scratch.Write("a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8\n"), With(engine)), "ragged-row", "2 fields, but the header names 3 columns", 3);
        Is(Reading.Fault(_scratch.Write("a.csv", "a,b,c\n1,2,3\n4,5,6,7\n"), With(engine)), "ragged-row", "4 fields", 3);
        Is(Reading.Fault(_scratch.Write("a.csv", "a,t,c\n1,\"x\n\ny\",3\n4,\n"), With(engine)), "ragged-row", "line 5", 5);
    }

    [Theory]
    [InlineData(0, "csv")]
    [InlineData(0, "csv.gz")]
    [InlineData(1, "csv")]
    [InlineData(1, "csv.gz")]
    [InlineData(0, "csv.zst")]
    public void A_bad_value_deep_in_a_file_is_named_with_line_column_and_text(int engine, string ending)
    {
        var text = new StringBuilder("id,value\n");
        for (int i = 2; i <= 200_001; i++)
        {
            text.Append(i).Append(',').Append(i == 150_002 ? "oops" : "0.5").Append('\n');
        }
        PlumblineException error = Reading.Fault(_scratch.Write("a." + ending, text.ToString()), With(engine));
        Is(error, "not-a-number", "line 150,002, column 'value': 'oops' is not a number", 150_002, "value");
        Assert.Equal(_scratch.At("a." + ending), error.File);
    }

    [Fact]
    public void Faults_in_packed_text_that_only_DuckDB_can_unpack_are_retold_from_its_words()
    {
        string rows = string.Concat(Enumerable.Repeat("1,2\n", 2000));
        Is(Reading.Fault(_scratch.Write("a.csv.zst", $"a,b\n{rows}3\n")), "ragged-row", "1 field, but the header names 2 columns", 2002);
        Is(Reading.Fault(_scratch.Write("b.csv.zst", $"a,b\n{rows}3,\"4\n")), "bad-quote", "quote", 2002);
        Is(Reading.Fault(_scratch.Write("c.csv.zst", $"a,b\n{rows}3,x\"y\n")), "not-a-number", "'x\"y'", 2002, "b");
        Is(Reading.Fault(_scratch.Write("d.csv.zst", $"a,b\n{rows}3,x\n"), new FileSourceOptions { Where = "a > 2" }), "not-a-number", "'x'", 2002, "b");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Quotes_that_do_not_close_are_named(int engine)
    {
        Is(Reading.Fault(_scratch.Write("a.csv", "a,t\n1,x\n2,\"y\n3,z\n"), With(engine)), "bad-quote", "never ends", 3);
        Is(Reading.Fault(_scratch.Write("a.csv", "a,t\n1,\"x\"y\n"), With(engine)), "bad-quote", "text follows the closing quote", 2);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Line_ends_must_be_of_one_kind(int engine)
    {
        Is(Reading.Fault(_scratch.Write("a.csv", "a,b\n1,2\r\n3,4\n"), With(engine)), "mixed-line-ends", "dos2unix", 2);
        Is(Reading.Fault(_scratch.Write("a.csv", "a,b\r\n1,2\r\n3,4\n5,6\r\n"), With(engine)), "mixed-line-ends", "line 3", 3);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_column_that_is_not_there_is_refused_with_the_nearest(int engine)
    {
        string path = _scratch.Write("a.csv", "a,b\n1,2\n3,four\n");
        Is(Reading.Fault(path, With(engine), "aa"), "unknown-column", "Did you mean 'a'?", column: "aa");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Infinite_values_pass(int engine)
    {
        using FileSource source = FileSource.Open(_scratch.Write("a.csv", "a\n1e400\n-inf\nInfinity\n"), With(engine));
        Reading.Same([double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity], source.All("a")[0]);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        Is(Reading.Fault(_scratch.Write("a.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a\n1\n")).ToArray())), "not-utf8", "iconv");
        Is(Reading.Fault(_scratch.Write("a.csv", Encoding.Latin1.GetBytes("é,b\n1,2\n"))), "not-utf8", "iconv", 1);
    }

    [Fact]
    public void Control_characters_of_data_do_not_reach_messages()
    {
        string path = _scratch.Write("a.csv", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 1000)) + "3,\u001b[31mred\n");
        PlumblineException error = Reading.Fault(path, null, "b");
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.Contains("·[31mred", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_that_is_damaged_is_refused()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919L % 10007}\n"));
        foreach (string ending in new[] { "gz", "zst" })
        {
            byte[] whole = File.ReadAllBytes(_scratch.Write("a.csv." + ending, text));
            foreach (int engine in ending == "gz" ? new[] { 0, 1 } : [0])
            {
                byte[] broken = [.. whole];
                broken.AsSpan(whole.Length / 2, 400).Fill(0xFF);
                string path = _scratch.At("broken.csv." + ending);
                File.WriteAllBytes(path, broken);
                Assert.Contains(Reading.Fault(path, With(engine)).Code, new[] { "damaged-file", "not-a-number", "ragged-row" });
                File.WriteAllText(path, "not packed at all, just text\n1,2,3\n");
                Is(Reading.Fault(path, With(engine)), "damaged-file", "damaged");
            }
        }
    }

    [Fact]
    public void Parquet_that_is_none_or_cut_off_is_refused()
    {
        string path = _scratch.Copy("select i::double a from range(100000) t(i)", "a.parquet", "format parquet");
        Is(Reading.Fault(_scratch.Write("b.parquet", "a,b\n1,2\n3,4\n5,6\n")), "not-parquet", "PAR1");
        byte[] whole = File.ReadAllBytes(path);
        Is(Reading.Fault(_scratch.Write("c.parquet", whole[..(whole.Length / 2)])), "damaged-file", "its end is missing");
        byte[] holed = [.. whole[..100], .. whole[(whole.Length / 2)..]];
        Is(Reading.Fault(_scratch.Write("d.parquet", holed)), "damaged-file", "damaged");
        Is(Reading.Fault(_scratch.Write("e.parquet", "")), "empty-file", "empty");
    }

    [Fact]
    public void Json_that_is_none_and_values_that_are_no_numbers_are_named()
    {
        string rows = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{{\"a\":{i},\"b\":0.5}}\n"));
        Is(Reading.Fault(_scratch.Write("a.jsonl", rows + "{\"a\":1,\"b\":\"oops\"}\n")), "not-a-number", "'oops'", 30_001, "b");
        Is(Reading.Fault(_scratch.Write("b.jsonl", rows + "{\"a\":}\n")), "bad-json", "line 30,001", 30_001);
        Is(Reading.Fault(_scratch.Write("c.jsonl", "{\"a\":1}\n{\"a\":2\n{\"a\":3}\n")), "bad-json", "JSON", 2);
    }
}
