using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>Errors in a formula: what is wrong, the text with a caret under the place, what to do.</summary>
internal static class FormulaError
{
    private const int Around = 50;      // characters of a long formula shown on each side of the place

    /// <summary>An error at a place of the text.</summary>
    /// <param name="text">The whole formula.</param>
    /// <param name="position">The 0-based character.</param>
    /// <param name="problem">What is wrong and what was expected: a sentence with its full stop.</param>
    /// <param name="next">The next step: a sentence, or null.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="column">The column to blame, if any.</param>
    public static PlumblineException At(
        string text, int position, string problem, string? next = null, string code = "formula", string? column = null)
    {
        string message = next is null ? $"{problem}\n{Caret(text, position)}" : $"{problem}\n{Caret(text, position)}\n{next}";
        return new PlumblineException(code, message) { Position = position, Column = column };
    }

    /// <summary>The text on one line, shortened to the neighborhood of the place, and a caret below it.</summary>
    internal static string Caret(string text, int position)
    {
        position = Math.Clamp(position, 0, text.Length);
        int from = Math.Max(0, position - Around);
        int to = Math.Min(text.Length, position + Around);
        string before = (from > 0 ? "…" : "") + Clean(text[from..position]);
        string after = Clean(text[position..to]) + (to < text.Length ? "…" : "");
        int column = new StringInfo(before).LengthInTextElements;
        return $"    {before}{after}\n    {new string(' ', column)}^";
    }

    /// <summary>Text from outside made fit for a message: control characters become spaces, nothing else changes.</summary>
    internal static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            return text;
        }
        var clean = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            clean.Append(char.IsControl(c) ? ' ' : c);
        }
        return clean.ToString();
    }

    /// <summary>A piece of a formula set apart in a message: in backquotes, unless it has its own.</summary>
    internal static string Code(string text) => text.Contains('`') ? Clean(text) : $"`{Clean(text)}`";
}
