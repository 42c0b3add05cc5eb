using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Reports;

namespace Plumbline.Cli.Output;

/// <summary>One message on standard error, whatever went wrong; never a stack trace.</summary>
internal static partial class ErrorReport
{
    private const int CaretWindow = 72;     // columns of a long formula shown around the place of an error

    /// <summary>The error that an exception tells of.</summary>
    public static PlumblineException From(Exception exception) => exception switch
    {
        PlumblineException error => error,
        OperationCanceledException => new PlumblineException("interrupted", "interrupted", exception),
        OutOfMemoryException => new PlumblineException("out-of-memory", "the memory of this machine does not suffice for the work", exception),
        IOException or UnauthorizedAccessException => new PlumblineException("read-failed", TerminalText.Clean(exception.Message), exception),
        AggregateException { InnerExceptions.Count: 1 } aggregate => From(aggregate.InnerExceptions[0]),
        _ => new PlumblineException(
            "internal",
            $"internal error, {exception.GetType().Name}: {TerminalText.Clean(exception.Message)} This is a bug in plumb {ProductVersion.Text}: please report it with the command that led here.",
            exception),
    };

    /// <summary>Writes it.</summary>
    /// <param name="stream">Standard error.</param>
    /// <param name="error">The error.</param>
    /// <param name="formula">The formula of the command, if it came to that: an error in it is shown at its place.</param>
    /// <param name="json">As an object rather than as text.</param>
    public static void Write(Stream stream, PlumblineException error, string? formula, bool json)
    {
        try
        {
            error = WithoutPassword(error);
            stream.Write(json ? ErrorJson.Render(error) : Encoding.UTF8.GetBytes(Text(error, formula)));
            stream.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody listens on standard error; the exit code is left to tell.
        }
    }

    /// <summary>The message as text: <c>plumb: …</c>, the place and the formula with a caret where the message has them not.</summary>
    public static string Text(PlumblineException error, string? formula)
    {
        StringBuilder text = new();
        string[] lines = error.Message.Split('\n');      // what comes from the data has no line ends: its thrower saw to that
        text.Append("plumb: ");
        foreach (string line in lines)
        {
            text.Append(TerminalText.Clean(line)).Append('\n');
        }
        string place = Place(error);
        if (place.Length > 0)
        {
            text.Append("  at ").Append(TerminalText.Clean(place)).Append('\n');
        }
        bool isShown = Array.Exists(lines, l => l.AsSpan().Trim() is "^");
        if (error.Position is { } position && formula is not null && !isShown)
        {
            Caret(text, formula, Math.Clamp(position, 0, formula.Length));
        }
        return text.ToString();
    }

    // A URL that was typed may hold a password, and an error may repeat what was typed.
    private static PlumblineException WithoutPassword(PlumblineException error)
    {
        string message = Password().Replace(error.Message, "${user}…@");
        string? file = error.File is null ? null : Password().Replace(error.File, "${user}…@");
        return message == error.Message && file == error.File
            ? error
            : new PlumblineException(error.Code, message) { File = file, Line = error.Line, Column = error.Column, Position = error.Position };
    }

    [GeneratedRegex(@"(?<user>[a-z]+://[^:/@\s]*:)[^/\s]*@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();

    // The message is meant to say it all; what it left out of the place is added.
    private static string Place(PlumblineException error)
    {
        List<string> parts = [];
        if (error.File is { } file && !Says(error, file))
        {
            parts.Add(file);
        }
        if (error.Line is { } line && !Says(error, line.ToString()) && !Says(error, NumberOf(line)))
        {
            parts.Add($"line {line}");
        }
        if (error.Column is { } column && !Says(error, column))
        {
            parts.Add($"column {column}");
        }
        return string.Join(", ", parts);
    }

    private static bool Says(PlumblineException error, string part) => error.Message.Contains(part, StringComparison.Ordinal);

    private static string NumberOf(long line) => line.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static void Caret(StringBuilder text, string formula, int position)
    {
        string clean = TerminalText.CleanInPlace(formula);
        int start = clean.Length <= CaretWindow ? 0 : Math.Clamp(position - (CaretWindow / 2), 0, clean.Length - CaretWindow);
        int end = Math.Min(clean.Length, start + CaretWindow);
        if (start > 0 && char.IsLowSurrogate(clean[start]))
        {
            start--;
        }
        if (end < clean.Length && char.IsLowSurrogate(clean[end]))
        {
            end++;
        }
        string before = start > 0 ? "…" : "";
        text.Append("  ").Append(before).Append(clean, start, end - start).Append(end < clean.Length ? "…" : "").Append('\n');
        text.Append(' ', 2 + before.Length + TerminalText.Width(clean.AsSpan(start, position - start))).Append("^\n");
    }
}
