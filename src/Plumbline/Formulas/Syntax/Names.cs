using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>R's rules for names: which can stand bare, and how the others are quoted.</summary>
internal static class Names
{
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN",
        "NA", "NA_integer_", "NA_real_", "NA_character_", "NA_complex_", "in",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The end of the bare name that starts at <paramref name="start"/>; <paramref name="start"/> when none does.</summary>
    public static int End(string text, int start)
    {
        int at = start;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int used);
            bool first = at == start;
            if (!(rune.Value == '.' || Rune.IsLetter(rune) || (!first && (rune.Value == '_' || Rune.IsDigit(rune) || IsMark(rune)))))
            {
                break;
            }
            at += used;
        }
        return at;
    }

    /// <summary>The name as a formula writes it: bare when it can be, else in backquotes.</summary>
    public static string Quote(string name)
    {
        if (IsBare(name))
        {
            return name;
        }
        var quoted = new StringBuilder(name.Length + 2).Append('`');
        AppendEscaped(quoted, name, '`');
        return quoted.Append('`').ToString();
    }

    /// <summary>Appends text with backslashes before what would end or change it between two <paramref name="quote"/>s.</summary>
    public static void AppendEscaped(StringBuilder target, string text, char quote)
    {
        foreach (char c in text)
        {
            string? escape = c switch { '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", '\\' => "\\\\", _ => null };
            if (escape is not null)
            {
                target.Append(escape);
            }
            else if (c == quote)
            {
                target.Append('\\').Append(c);
            }
            else
            {
                target.Append(c);
            }
        }
    }

    private static bool IsBare(string name) =>
        name.Length > 0
        && End(name, 0) == name.Length
        && !(name[0] == '.' && name.Length > 1 && char.IsAsciiDigit(name[1]))
        && name != "."
        && !Reserved.Contains(name);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
