using System.Collections.Concurrent;
using System.Text;
using CsCheck;

namespace Plumbline.Files.Tests;

/// <summary>Rows read on several threads: the same rows, the same errors, the same bits.</summary>
public sealed class ParallelTests : IDisposable
{
    private static readonly Gen<string> Fragments = Gen.Int[0, 21].Select(i => new[] {
        "1", "-2.5", "7e3", "NA", ",", ",", ",", "\n", "\n", "\n", "\"", "\"3\"", "\"a\nb\"", "\"a,\"\"\n\"", "x\"y", "\"", " ", "é", "\n\n", "1,2,3\n", "\"4\n4\",5,6\n", "\r\n" }[i]);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>What the threads were given, put in order by the numbers of the rows; or the error.</summary>
    private static string Parallel(FileSource source, string[] columns, int threads)
    {
        var blocks = new ConcurrentBag<(long Row, string Text)>();
        try
        {
            source.ForEachBlock(columns, threads, block => blocks.Add((block.FirstRow, Text(block, source, columns))), null, TestContext.Current.CancellationToken);
        }
        catch (PlumblineException e)
        {
            return $"{e.Code} {e.Message} {e.Line}";
        }
        return string.Concat(blocks.OrderBy(block => block.Row).Select(block => block.Text));
    }

    private static string InOrder(FileSource source, string[] columns)
    {
        var text = new StringBuilder();
        try
        {
            foreach (RowBlock block in source.Read(columns, null, TestContext.Current.CancellationToken))
            {
                using (block)
                {
                    text.Append(Text(block, source, columns));
                }
            }
        }
        catch (PlumblineException e)
        {
            return $"{e.Code} {e.Message} {e.Line}";
        }
        return text.ToString();
    }

    private static string Text(RowBlock block, FileSource source, string[] columns)
    {
        LevelSet?[] levels = Array.ConvertAll(columns, source.LevelsOf);
        var text = new StringBuilder();
        for (int r = 0; r < block.Rows; r++)
        {
            text.Append(block.FirstRow + r);
            for (int c = 0; c < block.Count; c++)
            {
                double value = block[c].High[r];
                text.Append(' ').Append(levels[c] is { } set && !double.IsNaN(value) ? $"<{set[(int)value]}>" : value);
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pieces_of_any_text_are_read_as_the_whole_is(int threads)
    {
        int file = 0;
        Gen.Select(Fragments.List[0, 60], Gen.Int[3, 40], Gen.Int[1, 5]).Sample(
            (fragments, bytes, blockRows) =>
            {
                string path = _scratch.Write($"{Interlocked.Increment(ref file)}.csv", "a,b,t\n" + string.Concat(fragments));
                var options = new FileSourceOptions { PieceBytes = bytes, BlockRows = blockRows };
                using FileSource source = FileSource.Open(path, options);
                using FileSource other = FileSource.Open(path, options);
                string[] columns = [.. source.Columns.Select(column => column.Name)];
                string expected = InOrder(source, columns);
                string actual = Parallel(other, columns, threads);
                System.IO.File.Delete(path);
                Assert.Equal(expected, actual);
                if (!expected.Contains(" line ", StringComparison.Ordinal))
                {
                    // What was read at a wrong guess of where a piece begins leaves no levels behind.
                    Assert.All(columns, column => Assert.Equal(source.LevelsOf(column)?.ToArray().Order(), other.LevelsOf(column)?.ToArray().Order()));
                }
                return true;
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void A_quoted_field_may_be_longer_than_pieces()
    {
        var text = new StringBuilder("a,t,b\r\n");
        for (int i = 0; i < 300; i++)
        {
            text.Append(i).Append(",\"").Append(string.Concat(Enumerable.Repeat("1,2,3\r\n", i % 40))).Append("\"\"\",").Append(i * i).Append("\r\n");
        }
        string path = _scratch.Write("a.csv", text.ToString());
        using FileSource source = FileSource.Open(path, new FileSourceOptions { PieceBytes = 64 });
        Assert.Equal(InOrder(source, ["a", "t", "b"]), Parallel(source, ["a", "t", "b"], 2));
    }

    [Fact]
    public void A_bad_line_near_the_end_of_many_files_is_told_with_file_line_column_and_text()
    {
        string good = "a,b\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},{i}.5\n"));
        _scratch.Write("part1.csv", good);
        string bad = _scratch.Write("part2.csv", good + "\"7\n7\",1\n5,oops\n6,worse\n");
        using FileSource source = FileSource.Open(_scratch.At("part*.csv"), new FileSourceOptions { PieceBytes = 100 });
        for (int i = 0; i < 10; i++)
        {
            PlumblineException error = Assert.Throws<PlumblineException>(() => LinearRegression.Fit("b ~ 1", source, cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(("not-a-number", bad, 2_004L, "b"), (error.Code, error.File, error.Line, error.Column));
            Assert.Contains("'oops'", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("csv", null, 70_002L)]
    [InlineData("csv", "a >= 0", 70_002L)]
    [InlineData("csv.gz", "a % 2 = 0", 70_002L)]
    [InlineData("json", null, 70_001L)]
    [InlineData("json", "a % 2 = 0", 70_001L)]
    [InlineData("csv.zst", null, null)]
    [InlineData("parquet", null, null)]
    [InlineData("parquet", "a % 2 = 0", null)]
    public void A_value_that_cannot_be_fitted_is_told_with_its_row_on_any_number_of_threads(string format, string? where, long? line)
    {
        const string Select = "select i::double a, case when i in (70000, 90000) then 1e300 else sqrt(i) end b from range(100000) t(i)";
        string compression = format.EndsWith("gz", StringComparison.Ordinal) ? ", compression gzip" : format.EndsWith("zst", StringComparison.Ordinal) ? ", compression zstd" : "";
        string path = _scratch.Copy(Select, format == "json" ? "a.jsonl" : $"a.{format}", $"format {format.Split('.')[0]}{compression}");
        using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = where });
        int row = where?.Contains('%', StringComparison.Ordinal) == true ? 35_001 : 70_001;
        for (int threads = 1; threads <= 3; threads++)
        {
            PlumblineException error = Assert.Throws<PlumblineException>(() =>
                LinearRegression.Fit("I(b * b) ~ a", source, new FitOptions { Threads = threads }, null, TestContext.Current.CancellationToken));
            Assert.Equal(("infinite-value", path, line), (error.Code, error.File, error.Line));
            Assert.Contains($"in row {row:N0}".Replace(",", "", StringComparison.Ordinal), error.Message.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("csv", 4L)]
    [InlineData("json", 3L)]
    [InlineData("parquet", null)]
    public void A_row_is_told_with_its_file_among_several(string format, long? line)
    {
        string ending = format == "json" ? "jsonl" : format;
        for (int i = 0; i < 3; i++)
        {
            _scratch.Copy($"select i::double a, case when i = 12 then null else i + 1 end b from range({i * 5}, {(i + 1) * 5}) t(i)", $"part{i}.{ending}", $"format {format}");
        }
        using FileSource source = FileSource.Open(_scratch.At($"part*.{ending}"));
        PlumblineException error = Assert.Throws<PlumblineException>(() =>
            LinearRegression.Fit("b ~ a", source, new FitOptions { Missing = MissingValues.Fail }, null, TestContext.Current.CancellationToken));
        Assert.Equal(("missing-value", _scratch.At($"part2.{ending}"), line), (error.Code, error.File, error.Line));
        PlumblineException ordered = source.InFile(new PlumblineException("missing-value", "A value is missing.") { Line = 13 });
        Assert.Equal((error.File, line), (ordered.File, ordered.Line));
        Assert.StartsWith($"{error.File}{(line is null ? "" : $", line {line}")}: a value is missing.", ordered.Message, StringComparison.Ordinal);
        Assert.Same(ordered, source.InFile(ordered));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void What_the_taker_throws_comes_out_and_reading_can_begin_again(string format)
    {
        string path = _scratch.Copy("select i::double a from range(20000) t(i)", $"a.{format}", $"format {format}");
        using FileSource source = FileSource.Open(path, new FileSourceOptions { PieceBytes = 1000 });
        Assert.Throws<InvalidDataException>(() => source.ForEachBlock(["a"], 2, _ => throw new InvalidDataException(), null, default));
        long rows = 0;
        source.ForEachBlock(["a"], 2, block => Interlocked.Add(ref rows, block.Rows), null, default);
        Assert.Equal(20_000, rows);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    [InlineData("parquet")]
    public void Reading_stops_when_it_is_canceled(string name)
    {
        string path = name == "csv.gz"
            ? _scratch.Write("a.csv.gz", "a\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n")))
            : _scratch.Copy("select i::double a from range(200000) t(i)", $"a.{name}", $"format {name}");
        using FileSource source = FileSource.Open(path, new FileSourceOptions { PieceBytes = 1000, BlockRows = 100 });
        using var cancellation = new CancellationTokenSource();
        long rows = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => source.ForEachBlock(
            ["a"],
            2,
            block =>
            {
                Interlocked.Add(ref rows, block.Rows);
                cancellation.Cancel();
            },
            null,
            cancellation.Token));
        Assert.InRange(rows, 1, 199_999);
    }

    [Theory]
    [InlineData("a.csv", "format csv", null)]
    [InlineData("a.csv", "format csv", "a >= 0")]
    [InlineData("a.csv.gz", "format csv, compression gzip", null)]
    [InlineData("a.jsonl", "format json", null)]
    [InlineData("a.parquet", "format parquet", null)]
    public void A_file_that_is_changed_while_it_is_read_is_an_error(string name, string format, string? where)
    {
        const string Select = "select i::double a from range(50000) t(i)";
        string path = _scratch.Copy(Select, name, format);
        foreach (Action change in new Action[]
        {
            () => // another file of the same name and length takes its place
            {
                byte[] bytes = System.IO.File.ReadAllBytes(path);
                System.IO.File.WriteAllBytes(path + "2", bytes);
                System.IO.File.SetLastWriteTimeUtc(path + "2", new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc));
                System.IO.File.Move(path + "2", path, overwrite: true);
            },
            () => System.IO.File.AppendAllText(path, "1\n"),
            () => System.IO.File.WriteAllBytes(path, System.IO.File.ReadAllBytes(path)[..^1000]),
            () => System.IO.File.Delete(path),
        })
        {
            _scratch.Copy(Select, name, format);
            using FileSource ordered = FileSource.Open(path, new FileSourceOptions { BlockRows = 2048, Where = where });
            Assert.Equal("file-changed", Assert.Throws<PlumblineException>(() =>
            {
                bool first = true;
                foreach (RowBlock block in ordered.Read(["a"], null, TestContext.Current.CancellationToken))
                {
                    block.Dispose();
                    if (first)
                    {
                        change();
                    }
                    first = false;
                }
            }).Code);
            _scratch.Copy(Select, name, format);
            using FileSource source = FileSource.Open(path, new FileSourceOptions { PieceBytes = 1000, BlockRows = 2048, Where = where });
            int once = 0;
            PlumblineException error = Assert.Throws<PlumblineException>(() => source.ForEachBlock(
                ["a"],
                2,
                _ =>
                {
                    if (Interlocked.Exchange(ref once, 1) == 0)
                    {
                        change();
                    }
                },
                null,
                TestContext.Current.CancellationToken));
            Assert.Equal("file-changed", error.Code);
        }
    }
}
