namespace Plumbline.Cli.Work;

/// <summary>
/// What the library says of rows, with the file that they came from and the option that helps. Where the file has lines, the source has found
/// the line already; the library's own number of the row stays in the message.
/// </summary>
internal static class RowFault
{
    /// <summary>Whether the error is about the rows of the source.</summary>
    public static bool Is(PlumblineException error) =>
        error is { Code: "infinite-value" or "missing-value" or "negative-weight" or "not-a-frequency" or "unseen-level" } or { File: null, Code: "no-rows" };

    /// <summary>The error with its file, the condition that chose the rows, and the option that helps.</summary>
    public static PlumblineException InFile(PlumblineException error, string data, string? filter)
    {
        string counted = filter is { } where ? $" Rows are counted among those that fulfil '{where}'." : "";
        string more = error.Code switch
        {
            "no-rows" => filter is { } condition ? $" Only rows that fulfil '{condition}' were read." : "",
            "missing-value" => $" The latter is --missing drop.{counted}",
            "unseen-level" => $" The latter are --unseen missing and --unseen base.{counted}",
            _ => counted,
        };
        string message = error.File is null ? $"{data}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}" : error.Message;
        return new(error.Code, message + more, error) { File = error.File ?? data, Line = error.File is null ? null : error.Line, Column = error.Column };
    }
}
