using System.Text;

namespace Plumbline.Reports;

/// <summary>
/// A table for a terminal: names on the left, numbers aligned on their decimal points. What is wider than
/// the page is cut into blocks of columns, each with the names again; a long name goes on over further lines.
/// </summary>
internal sealed class TextTable(IReadOnlyList<string> names)
{
    private const string Gap = "  ";
    private const int NameWidth = 32;   // names longer than this are broken over lines
    private const int NameLines = 6;    // and cut after so many

    private readonly List<Column> _columns = [];

    /// <summary>Adds a column of numbers.</summary>
    /// <param name="header">What stands above it.</param>
    /// <param name="cells">One a name.</param>
    /// <param name="together">Whether the column stays in the block of the column before it.</param>
    public void Add(string header, IReadOnlyList<string> cells, bool together) => _columns.Add(Align(header, cells, together));

    /// <summary>Adds a column of drawings, which are as wide as one another. They are left out in Markdown.</summary>
    /// <param name="header">What stands above it.</param>
    /// <param name="cells">One a name.</param>
    public void AddPlot(string header, IReadOnlyList<string> cells)
    {
        int width = Math.Max(TerminalText.Width(header), cells.Max(static c => TerminalText.Width(c)));
        _columns.Add(new Column(header, [.. cells.Select(c => c + new string(' ', width - TerminalText.Width(c)))], width, Together: false, IsPlot: true));
    }

    /// <summary>Writes the table as Markdown.</summary>
    /// <param name="page">Takes the lines.</param>
    public void WriteMarkdown(StringBuilder page)
    {
        Column[] columns = [.. _columns.Where(static c => !c.IsPlot)];
        page.Append("| | ").AppendJoin(" | ", columns.Select(static c => MarkdownText.Escape(c.Header))).Append(" |\n|:--|");
        page.Append(string.Concat(Enumerable.Repeat("--:|", columns.Length))).Append('\n');
        for (int row = 0; row < names.Count; row++)
        {
            page.Append("| ").Append(MarkdownText.Escape(names[row].Trim())).Append(" | ")
                .AppendJoin(" | ", columns.Select(c => MarkdownText.Escape(c.Cells[row].Trim()))).Append(" |\n");
        }
    }

    /// <summary>Writes the table.</summary>
    /// <param name="page">Takes the lines.</param>
    /// <param name="width">The width of the page.</param>
    public void Write(StringBuilder page, int width)
    {
        int limit = Math.Clamp(width / 3, 8, NameWidth);
        List<string>[] wrapped = [.. names.Select(n => TextLayout.BreakName(TerminalText.Clean(n), limit, NameLines))];
        int nameWidth = wrapped.Length == 0 ? 0 : wrapped.Max(lines => lines.Max(l => TerminalText.Width(l)));
        int start = 0;
        while (start < _columns.Count)
        {
            int end = BlockEnd(start, width - nameWidth);
            if (start > 0)
            {
                page.Append('\n');
            }
            WriteBlock(page, wrapped, nameWidth, start, end);
            start = end;
        }
    }

    private int BlockEnd(int start, int room)
    {
        int end = start;
        while (end < _columns.Count)
        {
            int next = end + 1;
            while (next < _columns.Count && _columns[next].Together)
            {
                next++;
            }
            int group = 0;
            for (int i = end; i < next; i++)
            {
                group += Gap.Length + _columns[i].Width;
            }
            if (group > room && end > start)
            {
                break;
            }
            room -= group;
            end = next;
        }
        return end;
    }

    private void WriteBlock(StringBuilder page, List<string>[] wrapped, int nameWidth, int start, int end)
    {
        StringBuilder line = new();
        line.Append(' ', nameWidth);
        for (int c = start; c < end; c++)
        {
            line.Append(Gap).Append(' ', _columns[c].Width - TerminalText.Width(_columns[c].Header)).Append(_columns[c].Header);
        }
        TextLayout.EndLine(page, line);
        for (int row = 0; row < wrapped.Length; row++)
        {
            line.Append(wrapped[row][0]).Append(' ', nameWidth - TerminalText.Width(wrapped[row][0]));
            for (int c = start; c < end; c++)
            {
                line.Append(Gap).Append(_columns[c].Cells[row]);
            }
            TextLayout.EndLine(page, line);
            foreach (string more in wrapped[row].Skip(1))
            {
                line.Append(more);
                TextLayout.EndLine(page, line);
            }
        }
    }

    private static Column Align(string header, IReadOnlyList<string> cells, bool together)
    {
        int left = 0;
        int right = 0;
        foreach (string cell in cells)
        {
            int point = Point(cell);
            left = Math.Max(left, TerminalText.Width(cell.AsSpan(0, point)));
            right = Math.Max(right, TerminalText.Width(cell.AsSpan(point)));
        }
        int width = Math.Max(left + right, TerminalText.Width(header));
        string[] aligned = new string[cells.Count];
        for (int i = 0; i < aligned.Length; i++)
        {
            int point = Point(cells[i]);
            string text = cells[i] + new string(' ', right - TerminalText.Width(cells[i].AsSpan(point)));
            aligned[i] = new string(' ', width - TerminalText.Width(text)) + text;
        }
        return new Column(header, aligned, width, together);
    }

    // Where the whole part ends: at the point, or at the exponent.
    private static int Point(string cell)
    {
        int point = cell.AsSpan().IndexOfAny('.', 'e');
        return point < 0 ? cell.Length : point;
    }

    private sealed record Column(string Header, IReadOnlyList<string> Cells, int Width, bool Together, bool IsPlot = false);
}
