using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>The built <c>plumb</c> as a process, in a folder of its own with real files.</summary>
public abstract class BuiltTool : IDisposable
{
    private static readonly string _tool = Path.Combine(AppContext.BaseDirectory, "plumb.dll");

    protected BuiltTool() => Folder = Directory.CreateTempSubdirectory("plumb-e2e").FullName;

    /// <summary>Where the process runs: file names of the tests are relative to it.</summary>
    protected string Folder { get; }

    /// <summary>The sales that the README fits.</summary>
    protected static string Houses { get; } = FindHouses();

    /// <summary>What a run left.</summary>
    internal sealed record Ended(int Exit, string Output, string Error)
    {
        /// <summary>The fit that was printed.</summary>
        public JsonElement Fit()
        {
            Assert.Equal((0, ""), (Exit, Error));
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    internal Ended Run(params string[] args) => Wait(Start(args));

    internal JsonElement Fit(params string[] args) => Run(["fit", .. args, "--json"]).Fit();

    internal Process Start(params string[] args) => Start("dotnet", ["exec", _tool, .. args]);

    internal Process Start(string program, string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PLUMB"] = $"dotnet exec {_tool}";
        return Process.Start(start)!;
    }

    /// <summary>A line of the shell, where <c>$PLUMB</c> starts the tool.</summary>
    internal Ended Shell(string script) => Wait(Start("/bin/sh", ["-c", script]));

    internal static Ended Wait(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Ended(process.ExitCode, output, error.Result);
        }
    }

    /// <summary>
    /// Runs a fit that must be refused, as text and with <c>--json</c>: nothing on standard output, the text on standard
    /// error, the code and the place in the object.
    /// </summary>
    internal void Refused(string[] args, int exit, string code, string[] says, string? file = null, long? line = null, string? column = null, int? position = null)
    {
        Ended text = Run(["fit", .. args]);
        Assert.Equal((exit, ""), (text.Exit, text.Output));
        Assert.StartsWith("plumb: ", text.Error, StringComparison.Ordinal);
        Assert.All(says, s => Assert.Contains(s, text.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Error, static c => char.IsControl(c) && c != '\n');

        Ended json = Run(["fit", .. args, "--json"]);
        Assert.Equal((exit, ""), (json.Exit, json.Output));
        JsonElement error = JsonDocument.Parse(json.Error).RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        JsonElement at = error.GetProperty("at");
        Assert.Equal(file, at.GetProperty("file").GetString());
        Assert.Equal(line, Whole(at.GetProperty("line")));
        Assert.Equal(column, at.GetProperty("column").GetString());
        Assert.Equal(position, Whole(at.GetProperty("position")));
    }

    /// <summary>Writes a file of the folder and gives its name.</summary>
    protected string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    /// <summary>Columns x and y of <paramref name="rows"/> rows, one of whose lines (the header is 1) is another text.</summary>
    protected string WriteLong(string name, int rows, int line, string text)
    {
        using StreamWriter writer = new(Path.Combine(Folder, name));
        writer.Write("x,y\n");
        for (int i = 2; i <= rows + 1; i++)
        {
            writer.Write(i == line ? text + "\n" : string.Create(CultureInfo.InvariantCulture, $"{i},{i * 2 % 17}\n"));
        }
        return name;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static long? Whole(JsonElement number) => number.ValueKind == JsonValueKind.Null ? null : number.GetInt64();

    private static string FindHouses()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "data", "houses.csv")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder!.FullName, "data", "houses.csv");
    }
}
