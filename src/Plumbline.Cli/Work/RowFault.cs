namespace Plumbline.Cli.Work;

/// <summary>
/// What the library says of rows, said of the file that they came from. The library counts rows as they reach it, which are
/// not the lines of the file (a header, quoted line ends, a condition): so the message keeps the row, and no line is claimed.
/// </summary>
internal static class RowFault
{
    /// <summary>Whether the error is about the rows of the source.</summary>
    public static bool Is(PlumblineException error) =>
        error is { File: null, Code: "no-rows" or "infinite-value" or "missing-value" or "negative-weight" };

    /// <summary>The error with its file, the condition that chose the rows, and the option that helps.</summary>
    public static PlumblineException InFile(PlumblineException error, FitRequest request)
    {
        string message = $"{request.Data}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}";
        if (error.Code == "missing-value")
        {
            message += " The latter is --missing drop.";
        }
        if (request.Where is { } where)
        {
            message += error.Code == "no-rows" ? $" Only rows that fulfil '{where}' were read." : $" Rows are counted among those that fulfil '{where}'.";
        }
        return new PlumblineException(error.Code, message, error) { File = request.Data, Column = error.Column };
    }
}
