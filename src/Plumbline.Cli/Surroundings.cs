using Microsoft.Win32.SafeHandles;

namespace Plumbline.Cli;

/// <summary>What a command finds around it: the streams, the terminal, and who does the work.</summary>
/// <param name="Fitter">Fits models.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutputWidth">The width of the terminal that standard output is; null when it is none.</param>
/// <param name="ErrorIsTerminal">Whether a progress bar may be drawn on standard error.</param>
internal sealed record Surroundings(IFitter Fitter, Stream Output, Stream Error, Func<int?> OutputWidth, bool ErrorIsTerminal)
{
    public static Surroundings OfTheProcess(IFitter fitter)
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = System.Text.Encoding.UTF8;
        }
        // Raw streams: text is UTF-8 everywhere, and the console's own machinery need not start.
        return new Surroundings(fitter, OpenOutput(), Console.OpenStandardError(), WidthOfTerminal, !Console.IsErrorRedirected);
    }

    // The console's stream does not tell that the reader of a pipe has gone, and work would go on for nobody. It is right
    // for files, whose place to write may be shared with other programs.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }
        try
        {
            FileStream pipe = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();    // closed: writing will tell
        }
    }

    private static int? WidthOfTerminal()
    {
        if (Console.IsOutputRedirected)
        {
            return null;
        }
        int width = Console.WindowWidth;
        return width <= 0 ? null : Math.Max(width, 40);
    }
}
