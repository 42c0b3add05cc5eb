using System.Collections;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.House.Tests.Pages;

/// <summary>What a command did.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors);

/// <summary>Runs what pages show, in the root of the repository, as a reader would.</summary>
internal static class Shell
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    // One folder for each work tree, the same in every run, so that the SDK can use again what it built for examples.
    private static readonly string s_work = Directory.CreateDirectory(Path.Combine(
        Path.GetTempPath(),
        "plumbline-pages-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Root)))[..12])).FullName;

    /// <summary>Runs shell commands; <c>plumb</c> is the tool as built with these tests.</summary>
    public static Run Commands(string text)
    {
        Directory.CreateDirectory(Repository.At("out"));
        string tool = Path.Combine(AppContext.BaseDirectory, "plumb.dll");
        return Bash($"plumb() {{ dotnet '{tool}' \"$@\"; }}\nset -eu\n{text}\n");
    }

    /// <summary>Runs a C# program that uses the libraries of this repository.</summary>
    /// <param name="name">The name of its file, without ending; one for each example.</param>
    /// <param name="text">The program.</param>
    public static Run Program(string name, string text)
    {
        string folder = Directory.CreateDirectory(Path.Combine(s_work, name)).FullName;
        string file = Path.Combine(folder, "Example.cs");
        string[] libraries = ["Plumbline", "Plumbline.Files", "Plumbline.Reports"];
        IEnumerable<string> head = libraries
            .Select(library => $"#:project {Repository.At("src", library, library + ".csproj")}")
            .Append("#:property PublishAot=false");
        // The reader names packages; here they are the projects.
        IEnumerable<string> body = text.Split('\n').Where(line => !line.StartsWith("#:package Plumbline", StringComparison.Ordinal));
        File.WriteAllLines(file, head.Concat(body));
        return Bash($"dotnet run -c Release --file '{file}'\n");
    }

    // Output goes to files: a build server that outlives the command would hold a pipe open.
    private static Run Bash(string script)
    {
        string folder = Directory.CreateTempSubdirectory("plumbline-run-").FullName;
        try
        {
            string scriptFile = Path.Combine(folder, "script");
            string output = Path.Combine(folder, "out");
            string errors = Path.Combine(folder, "err");
            File.WriteAllText(scriptFile, $"exec >'{output}' 2>'{errors}' </dev/null\n{script}");
            ProcessStartInfo start = new("bash", [scriptFile]) { WorkingDirectory = Repository.Root };
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                string name = (string)variable.Key;
                if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "PLUMBLINE_ACCEPT")
                {
                    start.Environment.Remove(name);
                }
            }
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["DOTNET_NOLOGO"] = "1";
            using Process process = Process.Start(start)!;
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"Still running after {s_limit}:\n{script}");
            }
            return new Run(process.ExitCode, File.ReadAllText(output), File.ReadAllText(errors));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
