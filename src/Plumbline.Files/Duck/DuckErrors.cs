using System.Text.RegularExpressions;
using DuckDB.NET.Native;

namespace Plumbline.Files;

/// <summary>DuckDB's complaints in our words, with our codes.</summary>
internal static partial class DuckErrors
{
    /// <summary>An error in reading CSV: its line (DuckDB counts records), column and text.</summary>
    public static PlumblineException Csv(DuckException error, FileSet files, FileSourceOptions options, Func<string, string> columnName)
    {
        string message = error.Message;
        if (error is DuckValueException value)
        {
            return FileErrors.Unreadable(value.Kind, files.Name, null, value.Column, value.Text);
        }
        if (!message.Contains("CSV", StringComparison.Ordinal) || error.Preparing)
        {
            return Retell(error, files, options);
        }
        string path = FilePart().Match(message) is { Success: true } file ? Given(file.Groups["file"].Value, files) : files.First;
        long? line = LinePart().Match(message) is { Success: true } at ? long.Parse(at.Groups["line"].ValueSpan) : null;
        if (ConvertPart().Match(message) is { Success: true } convert)
        {
            return FileErrors.NotANumber(path, line, columnName(convert.Groups["column"].Value), convert.Groups["text"].Value);
        }
        if (CountPart().Match(message) is { Success: true } count)
        {
            return FileErrors.Ragged(path, line ?? 0, int.Parse(count.Groups["found"].ValueSpan), int.Parse(count.Groups["expected"].ValueSpan));
        }
        if (message.Contains("unterminated quote", StringComparison.Ordinal))
        {
            return FileErrors.BadQuote(path, line ?? 0, "a quoted field does not end as it should");
        }
        if (message.Contains("invalid state", StringComparison.Ordinal))
        {
            return FileErrors.MixedLineEnds(path, line);
        }
        if (message.Contains("not utf-8", StringComparison.OrdinalIgnoreCase) || message.Contains("Invalid unicode", StringComparison.OrdinalIgnoreCase))
        {
            return FileErrors.NotUtf8(path, line);
        }
        return message.Contains("Maximum line size", StringComparison.Ordinal)
            ? FileErrors.LongLine(path, line ?? 0, CsvScanner.LongestRecord)
            : Retell(error, files, options);
    }

    /// <summary>An error in reading JSON lines, whose true line and column <paramref name="locate"/> finds.</summary>
    public static PlumblineException Json(DuckException error, FileSet files, FileSourceOptions options, Func<string, long, (long Line, string? Column)> locate)
    {
        Match at = JsonPart().Match(error.Message);
        if (!at.Success)
        {
            return Retell(error, files, options);
        }
        string path = Given(at.Groups["file"].Value, files);
        (long line, string? column) = locate(path, long.Parse(at.Groups["line"].ValueSpan));
        string what = at.Groups["what"].Value;
        return at.Groups["kind"].Value == "Malformed JSON" || CastPart().Match(what) is not { Success: true } cast
            ? FileErrors.BadJson(path, line, FileErrors.Show(what.TrimEnd('.', ' ')))
            : FileErrors.NotANumber(path, line, column ?? "", Unquoted(cast.Groups["text"].Value));
    }

    /// <summary>An error of no special kind: of the condition, of the file, of the machine.</summary>
    public static PlumblineException Retell(DuckException error, FileSet files, FileSourceOptions options)
    {
        string message = error.Message.Split('\n', 2)[0];
        string what = FileErrors.Show(Prefix().Replace(message, ""));
        if (error.Type == DuckDBErrorType.OutOfMemory)
        {
            return FileErrors.OutOfMemory(files.Name, options.Where, what.TrimEnd('.') + ".");
        }
        bool file = error.Type is DuckDBErrorType.Io or DuckDBErrorType.Internal or DuckDBErrorType.Fatal;
        if (options.Where is { } where && (error.Preparing || (!file && !error.Message.Contains("CSV", StringComparison.Ordinal))))
        {
            return FileErrors.Where(files.Name, where, what);
        }
        bool damaged = DamagedPart().IsMatch(error.Message);
        return damaged ? FileErrors.Damaged(files.Name, what, error) : FileErrors.ReadFailed(files.Name, what);
    }

    /// <summary>The path as the user gave it, from the one DuckDB was given.</summary>
    private static string Given(string path, FileSet files) =>
        files.Paths.FirstOrDefault(given => Path.GetFullPath(given) == path || DuckSql.Literal(given) == path) ?? path;

    private static string Unquoted(string text) => text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    [GeneratedRegex(@"^  file = (?<file>.+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex FilePart();

    [GeneratedRegex(@"CSV Error on Line: (?<line>\d+)", RegexOptions.None, 1000)]
    private static partial Regex LinePart();

    [GeneratedRegex(@"^Error when converting column ""(?<column>.*)""\. Could not convert string ""(?<text>.*)"" to '", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex ConvertPart();

    [GeneratedRegex(@"^Expected Number of Columns: (?<expected>\d+) Found: (?<found>\d+)", RegexOptions.Multiline, 1000)]
    private static partial Regex CountPart();

    [GeneratedRegex(@"(?<kind>Malformed JSON|JSON transform error) in file ""(?<file>.+)"",(?: at byte \d+)? in line (?<line>\d+): (?<what>.*)", RegexOptions.None, 1000)]
    private static partial Regex JsonPart();

    [GeneratedRegex(@"^Failed to cast value to numerical: (?<text>.*)$", RegexOptions.None, 1000)]
    private static partial Regex CastPart();

    [GeneratedRegex(@"^(?:[A-Z]\w+ )+Error: ", RegexOptions.None, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"gzip|zstd|ZSTD|decompress|frame descriptor|magic|corrupt|truncated|[Pp]arquet|TProtocol|thrift", RegexOptions.None, 1000)]
    private static partial Regex DamagedPart();
}
