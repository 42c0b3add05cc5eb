using System.Diagnostics;
using System.Text.Json;

namespace Plumbline.Databases.Tests;

/// <summary>The built <c>plumb</c> as a process.</summary>
internal static class Tool
{
    private static readonly string s_tool = Path.Combine(AppContext.BaseDirectory, "plumb.dll");

    /// <summary>Runs it to its end.</summary>
    public static Ended Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>Runs it with variables of the environment.</summary>
    public static Ended Run(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Wait(Start(environment, arguments));

    /// <summary>Starts it.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", s_tool, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Waits for its end, a minute at most.</summary>
    public static Ended Wait(Process process)
    {
        using (process)
        {
            var watch = Stopwatch.StartNew();
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(60_000))
            {
                process.Kill();
                Assert.Fail($"plumb hangs. {error.Result}");
            }
            return new Ended(process.ExitCode, output.Result, error.Result, watch.Elapsed);
        }
    }

    /// <summary>What a run left.</summary>
    internal sealed record Ended(int Exit, string Output, string Error, TimeSpan Took)
    {
        /// <summary>What was printed, after a success.</summary>
        public JsonElement Json()
        {
            Assert.Equal((0, ""), (Exit, Error));
            return JsonDocument.Parse(Output).RootElement;
        }
    }
}
