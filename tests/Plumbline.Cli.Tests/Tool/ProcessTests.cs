namespace Plumbline.Cli.Tests.Tool;

/// <summary>plumb as the shell sees it: exit codes, signals, pipes, files.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb").FullName;

    [Theory]
    [InlineData("houses", 0, "")]
    [InlineData("bug", 1, "plumb: internal error, InvalidOperationException")]
    [InlineData("diverged", 1, "plumb: The work failed.")]
    [InlineData("unknown-column", 2, "plumb: There is no column 'sqft_livin'. Did you mean 'sqft_living'?")]
    [InlineData("not-a-number", 2, "plumb: 'abc' in column 'age' is not a number.\n  at houses.csv, line 1234\n")]
    public async Task Exit_codes_say_what_happened(string data, int exit, string error)
    {
        using PlumbProcess plumb = PlumbProcess.Start("fit", data, "price ~ sqft_livin");
        (int code, string output, string said) = await plumb.EndAsync();
        Assert.Equal(exit, code);
        Assert.StartsWith(error, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal(exit == 0, output.Length > 0);
    }

    [Theory]
    [InlineData("fit.json", "{")]
    [InlineData("fit.md", "# `y")]
    [InlineData("fit.txt", "y ~ x")]
    [InlineData("fit", "y ~ x")]
    public async Task The_file_is_written_in_the_form_of_its_ending_and_nothing_is_printed(string name, string start)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        using PlumbProcess plumb = PlumbProcess.Start("fit", "houses", "y ~ x", "-o", path);
        Assert.Equal((0, "", ""), await plumb.EndAsync());
        Assert.StartsWith(start, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_link_stays_a_link_and_permissions_stay_as_they_were()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need rights on Windows.");
            return;
        }
        string target = Path.Combine(_folder, "target.json");
        string link = Path.Combine(_folder, "link.json");
        await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, target);
        using PlumbProcess plumb = PlumbProcess.Start("fit", "houses", "y ~ x", "-o", link);
        Assert.Equal((0, "", ""), await plumb.EndAsync());
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        Assert.StartsWith("{", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fit_that_fails_leaves_the_file_as_it_was()
    {
        string path = Path.Combine(_folder, "fit.json");
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        using PlumbProcess plumb = PlumbProcess.Start("fit", "bug", "y ~ x", "-o", path);
        Assert.Equal(1, (await plumb.EndAsync()).Exit);
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("waits", "INT")]
    [InlineData("stuck", "INT")]
    [InlineData("pipe", "INT")]
    [InlineData("waits", "TERM")]
    public async Task Interrupted_work_ends_with_130_and_leaves_no_file(string data, string signal)
    {
        string path = Path.Combine(_folder, "fit.json");
        if (data == "pipe")     // nobody will ever write to it: even opening it does not return
        {
            data = Path.Combine(_folder, "fifo");
            using PlumbProcess make = PlumbProcess.Shell($"mkfifo '{data}'");
            await make.EndAsync();
        }
        using PlumbProcess plumb = PlumbProcess.Start("fit", data, "y ~ x", "-o", path);
        await plumb.SaysAsync("waiting");
        plumb.Signal(signal);
        Assert.Equal((130, "", "plumb: interrupted\n"), await plumb.EndAsync());
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder), f => f != data);
    }

    [Fact]
    public async Task A_second_interrupt_ends_work_that_does_not_listen()
    {
        using PlumbProcess plumb = PlumbProcess.Start("fit", "stuck", "y ~ x");
        await plumb.SaysAsync("waiting");
        plumb.Signal("INT");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        plumb.Signal("INT");
        (int exit, _, string error) = await plumb.EndAsync();
        Assert.Equal(130, exit);            // 128 + SIGINT: ended by the signal
        Assert.Equal("", error);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        using PlumbProcess plumb = PlumbProcess.Shell("{ $PLUMB fit houses 'y ~ x' --json; echo exit $? >&2; } | head -c 1");
        (int exit, string output, string error) = await plumb.EndAsync();
        Assert.Equal((0, "{", "exit 0\n"), (exit, output, error));
        using PlumbProcess late = PlumbProcess.Shell("{ sleep 0.3; $PLUMB fit houses 'y ~ x' --json; echo exit $? >&2; } | true");
        Assert.Equal("exit 0\n", (await late.EndAsync()).Error);
    }

    [Theory]
    [InlineData("$PLUMB fit houses 'y ~ x' > /dev/full", "standard output")]
    [InlineData("$PLUMB fit houses 'y ~ x' -o /dev/full", "'/dev/full'")]
    public async Task A_full_disk_is_told(string script, string where)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using PlumbProcess plumb = PlumbProcess.Shell(script);
        (int exit, _, string error) = await plumb.EndAsync();
        Assert.Equal(1, exit);
        Assert.Equal($"plumb: {where} could not be written: there is no space left for it. Free some, or write elsewhere with -o.\n", error);
    }

    [Fact]
    public async Task Output_that_is_closed_is_told()
    {
        using PlumbProcess plumb = PlumbProcess.Shell("$PLUMB fit houses 'y ~ x' >&-");
        (int exit, _, string error) = await plumb.EndAsync();
        Assert.Equal((1, "plumb: standard output could not be written: is it closed? Write to a file with -o.\n"), (exit, error));
    }

    [Fact]
    public async Task A_disk_that_fills_up_leaves_the_old_file_and_nothing_else()
    {
        string mount = $"mount -t tmpfs -o size=8k tmpfs '{_folder}'";
        using PlumbProcess probe = PlumbProcess.Shell($"unshare -rm sh -c \"{mount}\"");
        Assert.SkipUnless((await probe.EndAsync()).Exit == 0, "This system lets nobody mount a small disk.");
        string path = Path.Combine(_folder, "fit.json");
        string script = $"""
            {mount}
            head -c 8192 /dev/zero | tr '\0' x > '{path}'
            $PLUMB fit houses 'y ~ x' -o '{path}'
            echo exit $?
            ls -A '{_folder}'
            wc -c < '{path}'
            """;
        string file = Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder) + ".sh");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        try
        {
            using PlumbProcess plumb = PlumbProcess.Shell($"unshare -rm sh '{file}'");
            (_, string output, string error) = await plumb.EndAsync();
            Assert.Equal("exit 1\nfit.json\n8192\n", output);
            Assert.Equal($"plumb: '{path}' could not be written: there is no space left for it. Free some, or write elsewhere with -o.\n", error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_built_tool_starts()
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "plumb.dll");
        using PlumbProcess plumb = PlumbProcess.Shell($"dotnet exec '{tool}' --version && dotnet exec '{tool}' fit --help");
        (int exit, string output, string error) = await plumb.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("plumb 0.1.0\nFit a linear regression by least squares.\n", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
