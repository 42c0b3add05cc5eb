namespace Plumbline.Cli.Output;

/// <summary>What the system said when something could not be written, as a message.</summary>
internal static class WriteFailure
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);
    private const int NoSpace = 28;         // ENOSPC, on Linux and macOS alike
    private const int TooLarge = 27;        // EFBIG
    private const int QuotaOnLinux = 122;   // EDQUOT
    private const int QuotaOnMac = 69;
    private const int BrokenPipe = 32;      // EPIPE

    public static bool IsBrokenPipe(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsBrokenPipe or WindowsPipeClosing
        : exception.HResult == BrokenPipe;

    /// <summary>The error that tells of it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="where">What was written to: a path, or <see cref="StandardOutput.Name"/>.</param>
    public static PlumblineException Of(Exception exception, string where)
    {
        string shown = where == StandardOutput.Name ? where : $"'{where}'";
        if (IsFull(exception))
        {
            return new PlumblineException("disk-full", $"{shown} could not be written: there is no space left for it. Free some, or write elsewhere with -o.", exception);
        }
        if (where == StandardOutput.Name)
        {
            return new PlumblineException("write-failed", $"{where} could not be written: is it closed? Write to a file with -o.", exception);
        }
        if (exception is UnauthorizedAccessException)
        {
            return new PlumblineException("not-writable", $"{shown} could not be written: permission denied. Choose a file you may write with -o.", exception);
        }
        return new PlumblineException("write-failed", $"{shown} could not be written: {exception.Message}", exception);
    }

    private static bool IsFull(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult == WindowsDiskFull
        : exception.HResult is NoSpace or TooLarge || exception.HResult == (OperatingSystem.IsMacOS() ? QuotaOnMac : QuotaOnLinux);
}
