using System.Globalization;
using System.Text;

namespace Plumbline.Reports;

/// <summary>
/// Makes text that came from data safe to show on a terminal, and measures how wide it will stand there.
/// A column may be called <c>ESC[2J</c>; showing its name must not clear anyone's screen.
/// </summary>
public static class TerminalText
{
    /// <summary>
    /// The text without control characters: escape sequences lose their escape, line breaks and tabs become one space,
    /// direction marks and other invisible formatting (but not the joiners that scripts need) are removed,
    /// and a broken surrogate becomes U+FFFD.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text))
        {
            return text;
        }
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())    // a broken surrogate is enumerated as U+FFFD
        {
            if (IsBreak(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!IsHidden(rune))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }

    /// <summary>
    /// The text with every control or hidden character replaced by one space, so that what stood
    /// at a position still stands there: for showing where in a text an error is.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string CleanInPlace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text))
        {
            return text;
        }
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsBreak(rune) || IsHidden(rune))
            {
                clean.Append(' ', rune.Utf16SequenceLength);
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }

    /// <summary>How many columns of a terminal the text takes: 0 for combining marks, 2 for wide East Asian characters and emoji.</summary>
    /// <param name="text">Text without control characters.</param>
    public static int Width(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }
        return width;
    }

    internal static int Width(Rune rune)
    {
        int value = rune.Value;
        if (value < 0x300)
        {
            return 1;
        }
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => IsWide(value) ? 2 : 1,
        };
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsBreak(Rune rune) => rune.Value is '\n' or '\r' or '\t' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),     // the joiners of Persian, Hindi, emoji
        _ => false,
    };

    // The blocks that Unicode's East Asian Width calls wide, and the emoji; coarse, as terminals are.
    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0x33FF) or
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA000 and <= 0xA4CF) or
        (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or
        (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or
        (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD);
}
