using System.Text;

namespace Plumbline.Reports;

/// <summary>Makes text that came from data stand in Markdown as itself, in a table's cell too.</summary>
public static class MarkdownText
{
    /// <summary>The text, cleaned of control characters, with what Markdown and HTML would read as markup escaped.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        string clean = TerminalText.Clean(text);
        StringBuilder? escaped = null;
        for (int i = 0; i < clean.Length; i++)
        {
            string? replacement = clean[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '_' => IsInsideWord(clean, i) ? null : "\\_",    // sqft_living needs no escape, _emphasis_ does
                '\\' or '`' or '*' or '{' or '}' or '[' or ']' or '#' or '|' or '~' or '!' or '$' => "\\" + clean[i],
                _ => null,
            };
            if (replacement is not null && escaped is null)
            {
                escaped = new StringBuilder(clean, 0, i, clean.Length + 16);
            }
            if (escaped is not null)
            {
                _ = replacement is null ? escaped.Append(clean[i]) : escaped.Append(replacement);
            }
        }
        return escaped?.ToString() ?? clean;
    }

    /// <summary>The text as a code span, with a fence longer than any run of backticks in it; not for a table's cell.</summary>
    /// <param name="text">Any text.</param>
    public static string Code(string text)
    {
        string clean = TerminalText.Clean(text);
        int longest = 0;
        int run = 0;
        foreach (char c in clean)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        string fence = new('`', longest + 1);
        bool pad = clean.Length == 0 || clean[0] is '`' or ' ' || clean[^1] is '`' or ' ';
        return pad ? $"{fence} {clean} {fence}" : fence + clean + fence;
    }

    private static bool IsInsideWord(string text, int i) =>
        i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);
}
