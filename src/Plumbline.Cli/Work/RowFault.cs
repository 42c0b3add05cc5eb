namespace Plumbline.Cli.Work;

/// <summary>
/// What the library says of rows, said of the file that they came from. The library counts rows as they reach it, which are
/// not the lines of the file (a header, quoted line ends, a condition): so the message keeps the row, and no line is claimed.
/// </summary>
internal static class RowFault
{
    /// <summary>Whether the error is about the rows of the source.</summary>
    public static bool Is(PlumblineException error) =>
        error is { File: null, Code: "no-rows" or "infinite-value" or "missing-value" or "negative-weight" or "not-a-frequency" or "unseen-level" };

    /// <summary>The error with its file, the condition that chose the rows, and the option that helps.</summary>
    public static PlumblineException InFile(PlumblineException error, FitRequest request) => InFile(error, request.Data, request.Where);

    /// <summary>The same for rows of any file.</summary>
    public static PlumblineException InFile(PlumblineException error, string data, string? filter)
    {
        string counted = filter is { } where ? $" Rows are counted among those that fulfil '{where}'." : "";
        return error.Code switch
        {
            "no-rows" => Retold("no-rows", filter is { } condition ? $" Only rows that fulfil '{condition}' were read." : ""),
            "infinite-value" => Retold("infinite-value", counted),
            "missing-value" => Retold("missing-value", $" The latter is --missing drop.{counted}"),
            "negative-weight" => Retold("negative-weight", counted),
            "not-a-frequency" => Retold("not-a-frequency", counted),
            "unseen-level" => Retold("unseen-level", $" The latter are --unseen missing and --unseen base.{counted}"),
            _ => error,
        };

        PlumblineException Retold(string code, string more) =>
            new(code, $"{data}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}{more}", error) { File = data, Column = error.Column };
    }
}
