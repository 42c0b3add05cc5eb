using System.Text;

namespace Plumbline.Files;

/// <summary>Every complaint of this room: what, which value, where, what was expected, what to do.</summary>
internal static class FileErrors
{
    public static PlumblineException NotFound(string path, string? nearest) => new(
        "file-not-found",
        $"{Show(path)}: no such file." + (nearest is null ? "" : $" Did you mean '{Show(nearest)}'?"))
    { File = path };

    public static PlumblineException NoMatch(string pattern) => new(
        "no-match",
        $"{Show(pattern)}: no file matches this pattern (* any characters, ? one, [abc] one of these, ** any folders).")
    { File = pattern };

    public static PlumblineException Directory(string path) => new(
        "is-a-directory",
        $"{Show(path)} is a directory, and in it is no file of a known format. Name a file in it, or a pattern such as '{Show(Path.Join(path, "*.csv"))}'.")
    { File = path };

    public static PlumblineException Unreadable(string path, Exception inner) => new(
        "file-unreadable",
        $"{Show(path)} cannot be read: {inner.Message.TrimEnd('.')}. Check its permissions.", inner)
    { File = path };

    public static PlumblineException UnknownFormat(string path) => new(
        "unknown-format",
        $"{Show(path)}: the ending of the name does not tell the format. Known: {FileFormat.Known}; a table of a DuckDB database is duckdb:FILE?table=NAME.")
    { File = path };

    public static PlumblineException Moments(string path) => new(
        "unknown-format",
        $"{Show(path)} holds moments: sums over rows, and no row. Here rows are needed. Moments are read by plumb fit, plumb show, and plumb moments merge.")
    { File = path };

    public static PlumblineException MixedFormats(string path, string first) => new(
        "mixed-formats",
        $"{Show(path)} is of another format than {Show(first)}: files read together must be of one format.")
    { File = path };

    public static PlumblineException PipeAmongFiles(string name) => new(
        "mixed-formats",
        $"{Show(name)} is a pipe, which is read alone. Write it to a file first, or send all rows through the pipe.")
    { File = name };

    public static PlumblineException NamedTwice(string path) => new(
        "duplicate-file",
        $"{Show(path)} is named twice, and its rows would count twice. Name it once.")
    { File = path };

    public static PlumblineException Empty(string path) => new(
        "empty-file",
        $"{Show(path)} is empty: it names no columns and has no rows.")
    { File = path };

    public static PlumblineException NotUtf8(string path, long? line) => new(
        "not-utf8",
        $"{At(path, line)}: the text is not UTF-8. Convert it, e.g. iconv -f LATIN1 -t UTF-8 (or -f UTF-16).")
    { File = path, Line = line };

    public static PlumblineException BlankHeader(string path) => new(
        "header",
        $"{At(path, 1)}: the line is blank; the first line must hold the names of the columns.")
    { File = path, Line = 1 };

    public static PlumblineException DuplicateColumn(string path, string name, int first, int second) => new(
        "duplicate-column",
        $"{Show(path)}: the name '{Show(name)}' stands at columns {first} and {second} of the header. Rename one.")
    { File = path, Line = 1, Column = name };

    public static PlumblineException CaseCollision(string path, string name, string other) => new(
        "duplicate-column",
        $"{Show(path)}: columns '{Show(name)}' and '{Show(other)}' differ only in case, which SQL conditions cannot tell apart. Rename one.")
    { File = path, Column = name };

    public static PlumblineException PartitionCollision(string path, string name) => new(
        "duplicate-column",
        $"{Show(path)}: the column '{Show(name)}' is in the file and in the name of its folder. Rename one, or name the files themselves.")
    { File = path, Column = name };

    public static PlumblineException HeadersDiffer(string path, string first, string what) => new(
        "headers-differ",
        $"{Show(path)} does not have the columns of {Show(first)}: {what}. Files read together need the same columns in the same order, of the same types.")
    { File = path };

    public static PlumblineException Ragged(string path, long line, int found, int expected) => new(
        "ragged-row",
        $"{At(path, line)}: {found:N0} {(found == 1 ? "field" : "fields")}, but the header names {expected:N0} {(expected == 1 ? "column" : "columns")}. "
        + "Complete the line, or quote fields that contain the separator.")
    { File = path, Line = line };

    /// <summary>A value is none of its column's kind.</summary>
    public static PlumblineException Unreadable(FieldKind kind, string path, long? line, string column, string text) => kind switch
    {
        FieldKind.Boolean => NotABoolean(path, line, column, text),
        FieldKind.Date or FieldKind.Timestamp => NotADate(kind == FieldKind.Date, path, line, column, text),
        _ => NotANumber(path, line, column, text),
    };

    public static PlumblineException NotANumber(string path, long? line, string column, string text) => new(
        "not-a-number",
        $"{At(path, line)}, column '{Show(column)}': '{Show(text)}' is not a number. {OrText}")
    { File = path, Line = line, Column = column };

    private const string OrText = "Correct it, mark it as missing (in CSV: an empty field or NA), or read the column as text (--text, TextColumns).";

    private static PlumblineException NotABoolean(string path, long? line, string column, string text) => new(
        "not-a-boolean",
        $"{At(path, line)}, column '{Show(column)}': '{Show(text)}' is not true or false, as the values before it are. {OrText}")
    { File = path, Line = line, Column = column };

    private static PlumblineException NotADate(bool date, string path, long? line, string column, string text) => new(
        "not-a-date",
        $"{At(path, line)}, column '{Show(column)}': '{Show(text)}' is not a {(date ? "date, such as 2024-05-01" : "date with a time, such as 2024-05-01 12:30")}, as the values before it are. {OrText}")
    { File = path, Line = line, Column = column };

    public static PlumblineException BadQuote(string path, long line, string what) => new(
        "bad-quote",
        $"{At(path, line)}: {what}. A quote inside a quoted field is written twice (\"\").")
    { File = path, Line = line };

    public static PlumblineException MixedLineEnds(string path, long? line) => new(
        "mixed-line-ends",
        $"{At(path, line)}: this line ends differently from those before it (LF, CRLF, CR). Make all line ends equal, e.g. with dos2unix.")
    { File = path, Line = line };

    public static PlumblineException LongLine(string path, long line, int limit) => new(
        "line-too-long",
        $"{At(path, line)}: more than {limit:N0} bytes in one row. Is a quote left open, or is this not a CSV file?")
    { File = path, Line = line };

    public static PlumblineException UnknownColumn(string path, string name, string? nearest) => new(
        "unknown-column",
        $"{Show(path)} has no column '{Show(name)}'." + (nearest is null ? "" : $" Did you mean '{Show(nearest)}'?"))
    { File = path, Column = name };

    public static PlumblineException NotParquet(string path) => new(
        "not-parquet",
        $"{Show(path)} is not a Parquet file: it does not begin with the mark PAR1.")
    { File = path };

    public static PlumblineException Damaged(string path, string what, Exception? inner = null) => new(
        "damaged-file",
        $"{Show(path)} is damaged: {what}. Copy or write it again.", inner)
    { File = path };

    public static PlumblineException PipedFormat(string name) => new(
        "unknown-format",
        $"{Show(name)} brings Parquet, JSON or zstd. From a pipe CSV can be read, plain or gzipped; write the rest to a file first.")
    { File = name };

    public static PlumblineException PipedCondition(string name) => new(
        "where",
        $"{Show(name)}: a condition needs a file, and this is a pipe. Write it to a file first, or filter before the pipe.")
    { File = name };

    public static PlumblineException ReadOnce(string name) => new(
        "read-once",
        $"{Show(name)} was read already, and a pipe can be read only once. Write it to a file first.")
    { File = name };

    public static PlumblineException Changed(string path) => new(
        "file-changed",
        $"{Show(path)} was changed while it was read, so the result would be of no file that ever was. Run the command again when nobody writes to it.")
    { File = path };

    public static PlumblineException BadJson(string path, long? line, string what) => new(
        "bad-json",
        $"{At(path, line)}: not JSON: {what}. Each line must be one JSON object.")
    { File = path, Line = line };

    /// <summary>What the library says of a row, said of the file and the line.</summary>
    public static PlumblineException InFile(PlumblineException error, string path, long? line) => new(
        error.Code,
        $"{At(path, line)}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}", error)
    { File = path, Line = line, Column = error.Column };

    public static PlumblineException Where(string path, string condition, string what) => new(
        "where",
        $"The condition '{Show(condition)}' on {Show(path)} does not work: {what}");

    public static PlumblineException OutOfMemory(string path, string? condition, string what) => new(
        "out-of-memory",
        $"{(condition is null ? $"Reading {Show(path)}" : $"The condition '{Show(condition)}' on {Show(path)}")} needs more memory than it may use, and nothing is put on the disk: {what} "
        + (condition is null ? "Name fewer columns." : "Make the condition simpler, or write the rows that fulfil it to a file first."))
    { File = path };

    public static PlumblineException ReadFailed(string path, string what) => new(
        "read-failed",
        $"{Show(path)} could not be read: {what}")
    { File = path };

    /// <summary>Text from data, fit for a message: control characters shown as dots, long text cut.</summary>
    public static string Show(string text)
    {
        const int Longest = 200;
        var shown = new StringBuilder(Math.Min(text.Length, Longest + 1));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            shown.Append(char.IsControl(c) || c is '\u2028' or '\u2029' || (c >= '\u202A' && c <= '\u202E') ? '·' : c);
        }
        return text.Length > Longest ? shown.Append('…').ToString() : shown.ToString();
    }

    private static string At(string path, long? line) => line is { } n ? $"{Show(path)}, line {n:N0}" : Show(path);
}
