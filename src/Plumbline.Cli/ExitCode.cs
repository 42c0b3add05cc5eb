namespace Plumbline.Cli;

/// <summary>What the process says to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Wrong = 2;
    public const int Interrupted = 130;

    // Errors that are no fault of the command or of the input: the work was asked for rightly, and failed.
    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "internal", "file-changed", "disk-full", "write-failed", "read-failed", "out-of-memory",
        "diverged", "too-ill-conditioned", "verification", "connection", "timeout", "shards-missing", "table-changed",
    };

    /// <summary>The exit code of an error: bad input unless its code says that the work failed.</summary>
    public static int Of(PlumblineException error) =>
        error.Code == "interrupted" ? Interrupted : Failures.Contains(error.Code) ? Failed : Wrong;
}
