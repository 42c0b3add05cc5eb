using System.Text;
using System.Text.Json;

namespace Plumbline.Files;

/// <summary>Where in JSON lines a text is that is not what its column holds: looked up in the files, because a query does not know lines.</summary>
internal static class JsonFaults
{
    /// <summary>The error, with file and line of the first such text where the files can be unpacked here.</summary>
    public static PlumblineException Find(DuckValueException error, FileSet files)
    {
        PlumblineException unplaced = FileErrors.Unreadable(error.Kind, files.Name, null, error.Column, error.Text);
        if (files.Format.Compression == Compression.Zstd)
        {
            return unplaced;
        }
        foreach (string path in files.Paths)
        {
            using var reader = new StreamReader(Unpacked.Open(path, files.Format.Compression));
            for (long line = 1; reader.ReadLine() is { } row; line++)
            {
                if (Text(row, error.Column) is { } text && !FieldKinds.TryParse(error.Kind, Encoding.UTF8.GetBytes(text), out _))
                {
                    return FileErrors.Unreadable(error.Kind, path, line, error.Column, text);
                }
            }
        }
        return unplaced;
    }

    /// <summary>The file and the line of a row; blank lines are no rows.</summary>
    public static (string File, long? Line) Locate(FileSet files, long row, CancellationToken cancellation)
    {
        foreach (string path in files.Paths)
        {
            using var reader = new StreamReader(Unpacked.Open(path, files.Format.Compression));
            for (long line = 1; reader.ReadLine() is { } text; line++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!string.IsNullOrWhiteSpace(text) && row-- == 0)
                {
                    return (path, line);
                }
            }
        }
        return (files.Name, null);
    }

    /// <summary>The value of a column as the query reads it; null when it is missing, or the row no object.</summary>
    private static string? Text(string row, string column)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(row);
            return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty(column, out JsonElement value)
                ? value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => value.GetString(),
                    _ => value.GetRawText(),
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
