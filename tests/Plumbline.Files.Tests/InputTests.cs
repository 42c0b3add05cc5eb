using System.Diagnostics;
using System.IO.Compression;
using System.IO.Pipes;
using System.Text;

namespace Plumbline.Files.Tests;

/// <summary>Rows from directories, from the names of folders, and from pipes.</summary>
public sealed class InputTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private static string Sums(FileSource source, params string[] columns)
    {
        double[] sums = new double[columns.Length];
        var gate = new Lock();
        source.ForEachBlock(
            columns,
            2,
            block =>
            {
                lock (gate)
                {
                    for (int c = 0; c < columns.Length; c++)
                    {
                        foreach (double value in block[c].High)
                        {
                            sums[c] += value;
                        }
                    }
                }
            },
            null,
            TestContext.Current.CancellationToken);
        double[][] again = source.All(columns);
        Assert.Equal(again.Select(column => column.Sum()), sums);
        return string.Join(' ', sums);
    }

    [Theory]
    [InlineData("csv", null)]
    [InlineData("csv", "month > 0")]
    [InlineData("csv.gz", null)]
    [InlineData("parquet", null)]
    [InlineData("parquet", "month > 0")]
    [InlineData("jsonl", null)]
    public void Names_of_folders_are_columns(string ending, string? where)
    {
        string format = ending switch { "csv.gz" => "format csv, compression gzip", "jsonl" => "format json", _ => $"format {ending}" };
        foreach ((int year, int month) in new[] { (2023, 1), (2023, 12), (2024, 2) })
        {
            Directory.CreateDirectory(_scratch.At($"year={year}/month={month}/town=T{month}"));
            _scratch.Copy($"select i::double x from range({month * 10}) t(i)", $"year={year}/month={month}/town=T{month}/a.{ending}", format);
        }
        foreach (string name in new[] { _scratch.Folder, _scratch.At($"year=*/*/*/*.{ending}"), _scratch.At($"**/*.{ending}") })
        {
            using FileSource source = FileSource.Open(name, new FileSourceOptions { Where = where });
            Assert.Equal(["x", "year", "month", "town"], source.Columns.Select(column => column.Name));
            Assert.Equal(
                [ColumnType.Number, ColumnType.Integer, ColumnType.Integer, ColumnType.Text], source.Columns.Select(column => column.Type));
            Assert.Equal("7375 303470 1490", Sums(source, "x", "year", "month"));
            string?[] towns = source.Texts("town");
            Assert.Equal([.. source.All("month")[0].Select(month => $"T{month}")], towns);
        }
    }

    [Fact]
    public void A_directory_is_all_its_files_but_not_what_is_hidden()
    {
        _scratch.Write("in/b.csv", "x\n2\n");
        _scratch.Write("in/a.csv", "x\n1\n");
        _scratch.Write("in/_old.csv", "z\n7\n");
        _scratch.Write("in/.x/c.csv", "z\n7\n");
        _scratch.Write("in/README", "text");
        using FileSource source = FileSource.Open(_scratch.At("in"));
        Assert.Equal([_scratch.At("in/a.csv"), _scratch.At("in/b.csv")], source.Files);
        Reading.Same([1, 2], source.All("x")[0]);
    }

    [Theory]
    [InlineData("csv", null)]
    [InlineData("csv", "x > 1")]
    [InlineData("parquet", null)]
    [InlineData("jsonl", null)]
    public void Several_names_are_read_one_after_the_other(string ending, string? where)
    {
        string format = ending == "jsonl" ? "format json" : $"format {ending}";
        _scratch.Copy("select 5 x", $"z.{ending}", format);
        Directory.CreateDirectory(_scratch.At("in"));
        _scratch.Copy("select 4 x", $"in/b.{ending}", format);
        _scratch.Copy("select 3 x", $"in/a.{ending}", format);
        _scratch.Copy("select 2 x", $"part-2.{ending}", format);
        _scratch.Copy("select 2.5::integer x", $"part-1.{ending}", format);
        string[] names = [_scratch.At($"z.{ending}"), _scratch.At("in"), _scratch.At($"part-*.{ending}")];
        using FileSource source = FileSource.Open(names, new FileSourceOptions { Where = where });
        Assert.Equal(5, source.Files.Count);
        Assert.Equal(string.Join(", ", names), source.Name);
        Reading.Same([5, 3, 4, 3, 2], source.All("x")[0]);
        Assert.Equal("17", Sums(source, "x"));
    }

    [Fact]
    public void Many_names_are_called_by_the_first()
    {
        string[] names = [.. Enumerable.Range(1, 1_002).Select(i => _scratch.Write($"{i}.csv", $"x\n{i}\n"))];
        using FileSource source = FileSource.Open(names);
        Assert.Equal($"{names[0]} and 1,001 more", source.Name);
        Assert.Equal("502503", Sums(source, "x"));
    }

    [Fact]
    public void Names_that_do_not_go_together_are_refused()
    {
        string csv = _scratch.Write("a.csv", "x\n1\n");
        string json = _scratch.Write("a.jsonl", "{\"x\":1}\n");
        string other = _scratch.Write("b.csv", "z\n1\n");
        void Is(string code, string part, params string[] names)
        {
            PlumblineException error = Assert.Throws<PlumblineException>(() => FileSource.Open(names));
            Assert.Equal(code, error.Code);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
        Is("mixed-formats", "of one format", csv, json);
        Is("mixed-formats", "read alone", csv, "-");
        Is("headers-differ", "'z', not 'x'", csv, other);
        Is("duplicate-file", "named twice", csv, _scratch.At("a*.csv"));
        Is("file-not-found", "no such file", csv, _scratch.At("no.csv"));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSource.Open([]));
    }

    [Fact]
    public void Links_are_the_files_they_lead_to()
    {
        _scratch.Write("a.csv", "x\n" + string.Concat(Enumerable.Repeat("2\n", 5_000)));
        File.CreateSymbolicLink(_scratch.At("link.csv"), _scratch.At("a.csv"));
        using FileSource source = FileSource.Open(_scratch.At("link.csv"), new FileSourceOptions { PieceBytes = 1_000 });
        Assert.Equal("10000", Sums(source, "x"));
    }

    [Fact]
    public void A_column_in_the_file_and_in_the_name_of_its_folder_is_an_error()
    {
        _scratch.Write("x=1/a.csv", "X\n2\n");
        Assert.Equal("duplicate-column", Reading.Fault(_scratch.Folder).Code);
    }

    [Theory]
    [InlineData("rows.csv", false)]
    [InlineData("rows", true)]
    public void A_named_pipe_is_read_once(string name, bool packed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Makes a named pipe with mkfifo.");
        string pipe = _scratch.At(name);
        string link = _scratch.At("link.csv");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        File.CreateSymbolicLink(link, pipe);
        const int Rows = 100_000;
        string file = _scratch.Write(packed ? "all.csv.gz" : "all.csv", "x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},{i}.5\n")));
        foreach (string opened in new[] { pipe, link })
        {
            using Process writer = Process.Start("sh", ["-c", $"cat '{file}' > '{pipe}'"]);
            using FileSource source = FileSource.Open(opened);
            Assert.Equal((double)Rows * (Rows - 1) / 2, source.All("x")[0].Sum());
            writer.WaitForExit();
            Assert.Equal(0, writer.ExitCode);
            Assert.Equal("read-once", Assert.Throws<PlumblineException>(() => source.All("x")).Code);
        }
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(400_000, false)]
    [InlineData(400_000, true)]
    public void A_pipe_is_read_once(int rows, bool packed)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Opens a pipe by the name that Linux gives it.");
            return;
        }
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        string name = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        var writer = new Thread(() =>
        {
            using Stream stream = packed ? new GZipStream(pipe, CompressionLevel.Fastest) : pipe;
            stream.Write(Encoding.UTF8.GetBytes("x,y\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{i}.5\n"))));
        });
        writer.Start();
        using FileSource source = FileSource.Open(name);
        pipe.DisposeLocalCopyOfClientHandle();
        double sum = 0;
        source.ForEachBlock(["x"], 1, block => sum += block[0].High.ToArray().Sum(), null, TestContext.Current.CancellationToken);
        writer.Join();
        Assert.Equal((double)rows * (rows - 1) / 2, sum);
        Assert.Equal("read-once", Assert.Throws<PlumblineException>(() => source.All("x")).Code);
    }
}
