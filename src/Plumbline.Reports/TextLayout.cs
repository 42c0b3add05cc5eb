using System.Text;

namespace Plumbline.Reports;

/// <summary>Lines that fit a page.</summary>
internal static class TextLayout
{
    /// <summary>Ends a line, without blanks at its end, and empties it for the next.</summary>
    public static void EndLine(StringBuilder page, StringBuilder line)
    {
        int end = line.Length;
        while (end > 0 && line[end - 1] == ' ')
        {
            end--;
        }
        page.Append(line, 0, end).Append('\n');
        line.Clear();
    }

    /// <summary>Writes text after a label, wrapped at blanks; further lines stand under the first word of the text.</summary>
    public static void Paragraph(StringBuilder page, string label, string text, int width)
    {
        int indent = TerminalText.Width(label);
        StringBuilder line = new(label);
        int used = indent;
        bool empty = true;
        foreach (string word in text.Split(' '))
        {
            int needs = TerminalText.Width(word) + (empty ? 0 : 1);
            if (!empty && needs > width - used)
            {
                EndLine(page, line);
                line.Append(' ', indent);
                used = indent;
                empty = true;
                needs = TerminalText.Width(word);
            }
            _ = empty ? line.Append(word) : line.Append(' ').Append(word);
            used += needs;
            empty = false;
        }
        EndLine(page, line);
    }

    /// <summary>Breaks a name into lines, after a colon, an operator or a bracket where there is one in the second half of the line.</summary>
    /// <param name="name">A clean name.</param>
    /// <param name="width">The width of a line; further lines are indented by two.</param>
    /// <param name="most">Lines at most; the last ends in … when the name goes on.</param>
    public static List<string> BreakName(string name, int width, int most)
    {
        List<string> lines = [];
        ReadOnlySpan<char> rest = name;
        while (true)
        {
            string indent = lines.Count == 0 ? "" : "  ";
            int room = width - indent.Length;
            if (TerminalText.Width(rest) <= room)
            {
                lines.Add(indent + rest.ToString());
                return lines;
            }
            bool last = lines.Count + 1 == most;
            int fits = Fitting(rest, last ? room - 1 : room);
            if (last)
            {
                lines.Add(indent + rest[..fits].ToString() + "…");
                return lines;
            }
            int mark = rest[..fits].LastIndexOfAny(" :+-*/,)]");
            int cut = mark >= fits / 2 ? mark + 1 : fits;
            lines.Add(indent + rest[..cut].TrimEnd().ToString());
            rest = rest[cut..];
        }
    }

    private static int Fitting(ReadOnlySpan<char> text, int room)
    {
        int taken = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            room -= TerminalText.Width(rune);
            if (room < 0 && taken > 0)
            {
                break;
            }
            taken += rune.Utf16SequenceLength;
        }
        return taken;
    }
}
