using System.Diagnostics;

namespace Plumbline.Cli.Tests.Tool;

/// <summary>plumb as a process of its own, with the fitter of the tests (see <see cref="PlumbHost"/>).</summary>
internal sealed class PlumbProcess : IDisposable
{
    private readonly Process _process;

    private PlumbProcess(Process process) => _process = process;

    /// <summary>The test program, by which plumb is started.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Plumbline.Cli.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static PlumbProcess Start(params string[] args)
    {
        ProcessStartInfo start = new(Program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(PlumbHost.Verb);
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        return new PlumbProcess(Process.Start(start)!);
    }

    /// <summary>Runs a line of the shell, where <c>$PLUMB</c> starts plumb.</summary>
    public static PlumbProcess Shell(string script)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        start.Environment["PLUMB"] = $"{Program} {PlumbHost.Verb}";
        return new PlumbProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line on standard error.</summary>
    public async Task SaysAsync(string expected) =>
        Assert.Equal(expected, await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, _process.Id.ToString()]);
        kill.WaitForExit();
    }

    public async Task<(int Exit, string Output, string Error)> EndAsync()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
