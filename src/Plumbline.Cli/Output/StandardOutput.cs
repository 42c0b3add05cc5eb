namespace Plumbline.Cli.Output;

/// <summary>Writing what was asked for to standard output. A reader that has gone (<c>| head</c>) is no error.</summary>
internal static class StandardOutput
{
    /// <summary>What it is called in messages.</summary>
    public const string Name = "standard output";

    public static void Write(Stream output, ReadOnlySpan<byte> report)
    {
        try
        {
            output.Write(report);
            output.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!WriteFailure.IsBrokenPipe(exception))
            {
                throw WriteFailure.Of(exception, Name);
            }
        }
    }
}
