using System.Globalization;
using System.Text;

namespace Plumbline.Reports;

/// <summary>Words of a command line as a shell reads them back: what a column is called cannot become a command.</summary>
internal static class ShellText
{
    private const string Plain = "._/,:=@%+-";

    /// <summary>
    /// The word as it is, or in double quotes, which every shell knows; in single quotes where it has what shells would read inside double
    /// ones; as <c>$'…'</c> of bash and zsh where it has control characters.
    /// </summary>
    /// <param name="word">Any text.</param>
    public static string Quote(string word)
    {
        if (TerminalText.Clean(word) != word)
        {
            return Escaped(word);
        }
        if (word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)))
        {
            return word;
        }
        return word.AsSpan().IndexOfAny("\"$`\\!") < 0
            ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string Escaped(string word)
    {
        StringBuilder text = new("$'");
        foreach (Rune rune in word.EnumerateRunes())
        {
            string one = rune.ToString();
            _ = one is "\\" or "'"
                ? text.Append('\\').Append(one)
                : TerminalText.Clean(one) == one
                    ? text.Append(one)
                    : text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }
        return text.Append('\'').ToString();
    }
}
