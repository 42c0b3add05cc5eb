using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>Files that cannot be fitted: each is told what is wrong with it, and where.</summary>
public sealed class BadFileTests : BuiltTool
{
    [Fact]
    public void A_file_that_is_not_there_is_answered_with_the_nearest_name()
    {
        Write("houses.csv", "x,y\n1,2\n");
        Write("deep.csv", "x,y\n1,2\n");
        Refused(["house.csv", "y ~ x"], 2, "file-not-found", ["house.csv: no such file. Did you mean 'houses.csv'?"], file: "house.csv");
    }

    [Fact]
    public void An_empty_file_is_told() =>
        Refused([Write("empty.csv", ""), "y ~ x"], 2, "empty-file", ["empty.csv is empty: it names no columns and has no rows."], file: "empty.csv");

    [Fact]
    public void A_header_alone_is_told() =>
        Refused([Write("header.csv", "x,y\n"), "y ~ x"], 2, "no-rows", ["header.csv: the source has no rows."], file: "header.csv");

    [Fact]
    public void A_ragged_row_is_told_with_its_line()
    {
        WriteLong("long.csv", 200_000, 150_002, "1,2,3");
        Refused(["long.csv", "y ~ x"], 2, "ragged-row", ["long.csv, line 150,002: 3 fields, but the header names 2 columns."], file: "long.csv", line: 150_002);
    }

    [Fact]
    public void Text_in_a_column_of_numbers_is_told_with_line_column_and_text()
    {
        WriteLong("long.csv", 200_000, 150_002, "1,oops");
        Refused(["long.csv", "y ~ x"], 2, "not-a-number", ["long.csv, line 150,002, column 'y': 'oops' is not a number."], file: "long.csv", line: 150_002, column: "y");
    }

    [Theory]
    [InlineData("1e400", "y")]
    [InlineData("inf", "y")]
    [InlineData("-Infinity", "y")]
    public void An_infinite_value_is_told_with_its_row_and_column(string value, string column) =>
        Refused([Write("inf.csv", $"x,y\n1,2\n3,{value}\n4,4\n5,9\n"), "y ~ x"], 2, "infinite-value", [$"inf.csv, line 3: `{column}` is infinite in row 2"], file: "inf.csv", line: 3, column: column);

    [Fact]
    public void Rows_that_all_miss_a_value_are_told_by_column() =>
        Refused([Write("na.csv", "x,y\nNA,2\n3,NA\n,3\n"), "y ~ x"], 2, "no-rows", ["na.csv: all 3 rows miss a value (x: 2, y: 1)."], file: "na.csv");

    [Fact]
    public void A_missing_value_fails_the_fit_that_wants_none() =>
        Refused([Write("na.csv", "x,y\n1,2\n3,NA\n4,3\n"), "y ~ x", "--missing", "fail"], 2, "missing-value", ["na.csv, line 3: `y` is missing in row 2", "--missing drop"], file: "na.csv", line: 3, column: "y");

    [Fact]
    public void A_negative_weight_is_told_with_its_row() =>
        Refused([Write("w.csv", "x,y,w\n1,2,1\n2,3,-1\n3,5,2\n4,4,1\n"), "y ~ x", "--weights", "w"], 2, "negative-weight", ["w.csv, line 3: the weight `w` is -1 in row 2; weights are 0 or more."], file: "w.csv", line: 3, column: "w");

    [Fact]
    public void A_row_among_those_of_a_condition_is_told_with_its_line() => Refused(
        [Write("na.csv", "x,y\n1,2\n\n9,9\n3,NA\n4,3\n"), "y ~ x", "--missing", "fail", "--where", "x < 9"], 2, "missing-value",
        ["na.csv, line 5: `y` is missing in row 2", "counted among those that fulfil 'x < 9'"], file: "na.csv", line: 5, column: "y");

    [Fact]
    public void A_directory_is_told() => Refused([".", "y ~ x"], 2, "is-a-directory", [". is a directory, and in it is no file of a known format.", "'./*.csv'"], file: ".");

    [Fact]
    public void A_file_that_may_not_be_read_is_told()
    {
        string path = Path.Combine(Folder, Write("secret.csv", "x,y\n1,2\n"));
        Assert.Equal(0, Shell("chmod 0 secret.csv").Exit);
        Assert.SkipWhen(IsReadable(path), "This user reads every file: permissions do not bind root.");
        Refused(["secret.csv", "y ~ x"], 2, "file-unreadable", ["secret.csv cannot be read", "Check its permissions."], file: "secret.csv");
    }

    [Fact]
    public void Parquet_that_is_no_Parquet_is_told() =>
        Refused([Write("not.parquet", "hello, I am no Parquet at all\n"), "y ~ x"], 2, "not-parquet", ["not.parquet is not a Parquet file"], file: "not.parquet");

    [Fact]
    public void A_gzip_file_that_is_cut_off_is_told()
    {
        using (FileStream file = File.Create(Path.Combine(Folder, "whole.gz")))
        using (System.IO.Compression.GZipStream zip = new(file, System.IO.Compression.CompressionLevel.Fastest))
        {
            zip.Write(File.ReadAllBytes(Houses));
        }
        byte[] whole = File.ReadAllBytes(Path.Combine(Folder, "whole.gz"));
        File.WriteAllBytes(Path.Combine(Folder, "cut.csv.gz"), whole[..(whole.Length / 2)]);
        Ended ended = Run("fit", "cut.csv.gz", "price ~ age");
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.Contains("cut.csv.gz", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json", "fit.json")]
    [InlineData("--markdown", "fit.md")]
    public void A_full_disk_leaves_no_file(string form, string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is made with Linux's tmpfs.");
        Write("d.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        const string Mount = "mkdir disk && mount -t tmpfs -o size=4k tmpfs disk";
        Ended probe = Shell($"unshare -rm sh -c '{Mount}'; rmdir disk");
        Assert.SkipUnless(probe.Exit == 0, "This system lets nobody mount a small disk.");
        Write("run.sh", $"{Mount}; head -c 4096 /dev/zero >disk/filler; $PLUMB fit d.csv 'y ~ x' {form} -o disk/{name}; echo exit $?; ls -A disk");
        Ended ended = Shell("unshare -rm sh run.sh");
        Assert.Equal("exit 1\nfiller\n", ended.Output);
        Assert.Contains(form == "--json" ? "\"disk-full\"" : "there is no space left", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_in_the_middle_of_a_long_read_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "How much a process has read is told by Linux.");
        WriteLarge();
        Process plumb = Start("fit", "long.csv", "y ~ x", "-o", "fit.json");
        while (!plumb.HasExited && BytesRead(plumb) < 20_000_000)
        {
            Thread.Sleep(1);
        }
        Process.Start("kill", ["-s", "INT", plumb.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.Equal(new Ended(130, "", "plumb: interrupted\n"), Wait(plumb));
        Assert.Equal([Path.Combine(Folder, "long.csv")], Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x >= 0")]
    public void A_process_that_is_killed_leaves_nothing(string? where)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "How much a process has read is told by Linux.");
        WriteLarge();
        string temporary = Directory.CreateDirectory(Path.Combine(Folder, "temporary")).FullName;
        // With diagnostics the runtime of .NET itself leaves its socket there.
        Process plumb = Start("/bin/sh", ["-c", "TMPDIR=temporary DOTNET_EnableDiagnostics=0 exec $PLUMB fit long.csv 'y ~ x' -o fit.json" + (where is null ? "" : $" --where '{where}'")]);
        while (!plumb.HasExited && BytesRead(plumb) < 40_000_000)
        {
            Thread.Sleep(1);
        }
        plumb.Kill();
        Ended ended = Wait(plumb);
        Assert.Equal((137, ""), (ended.Exit, ended.Error));
        Assert.Equal([Path.Combine(Folder, "long.csv"), temporary], Directory.GetFileSystemEntries(Folder).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public void A_full_disk_for_temporary_files_does_not_matter_and_too_little_memory_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is made with Linux's tmpfs.");
        Write("d.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        const string Mount = "mkdir disk && mount -t tmpfs -o size=4k tmpfs disk";
        Ended probe = Shell($"unshare -rm sh -c '{Mount}'; rmdir disk");
        Assert.SkipUnless(probe.Exit == 0, "This system lets nobody mount a small disk.");
        const string Many = "not in (select 10 + a.range * 100000 + b.range from range(100000) a, range(1000) b)";
        Write("run.sh", $"""
            {Mount}; head -c 4096 /dev/zero >disk/filler; cd disk
            export TMPDIR=$PWD DOTNET_EnableDiagnostics=0
            $PLUMB fit ../d.csv 'y ~ x' --where 'x {Many.Replace("100000) a", "100) a", StringComparison.Ordinal)}' >/dev/null; echo exit $?
            $PLUMB fit ../d.csv 'y ~ x' --where 'x {Many}'; echo exit $?
            ls -A
            """);
        Ended ended = Shell("unshare -rm sh run.sh");
        Assert.Equal("exit 0\nexit 1\nfiller\n", ended.Output);
        Assert.StartsWith("plumb: The condition 'x not in ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("needs more memory than it may use, and nothing is put on the disk", ended.Error, StringComparison.Ordinal);
    }

    // 160 MB, so that something can happen while it is read.
    private void WriteLarge()
    {
        byte[] rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(static r => string.Create(CultureInfo.InvariantCulture, $"{r},{r % 7}\n"))));
        using (FileStream file = File.Create(Path.Combine(Folder, "long.csv")))
        {
            file.Write("x,y\n"u8);
            while (file.Length < 160_000_000)
            {
                file.Write(rows);
            }
        }
    }

    private static long BytesRead(Process process)
    {
        try
        {
            string[] io = File.ReadAllLines($"/proc/{process.Id}/io");
            return long.Parse(io.Single(static l => l.StartsWith("rchar: ", StringComparison.Ordinal))["rchar: ".Length..], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return long.MaxValue;       // it has ended
        }
    }

    private static bool IsReadable(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
