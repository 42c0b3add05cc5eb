using System.Text;

namespace Plumbline.Reports;

/// <summary>
/// A report while it is written, as plain text or as Markdown: the same parts in the same order, so that what one says the other does.
/// A blank line stands between parts of different kinds.
/// </summary>
/// <param name="isMarkdown">Whether it is Markdown; plain text otherwise.</param>
/// <param name="width">The width of plain text.</param>
/// <param name="labelWidth">How wide the labels of facts are in plain text.</param>
internal sealed class ReportPage(bool isMarkdown, int width, int labelWidth)
{
    private readonly StringBuilder _page = new();
    private Kind _last;

    private enum Kind
    {
        None,
        Title,
        Line,
        Table,
        Fact,
        Paragraph,
        Notes,
    }

    /// <summary>What the report is of: a formula, a truth.</summary>
    public void Title(string text)
    {
        if (isMarkdown)
        {
            _page.Append("# ").Append(MarkdownText.Code(text)).Append('\n');
            _last = Kind.Title;
        }
        else
        {
            Line(text);
        }
    }

    /// <summary>A line under the title.</summary>
    public void Line(string text)
    {
        bool goesOn = _last == Kind.Line;
        Next(Kind.Line);
        if (isMarkdown)
        {
            if (goesOn)
            {
                _page.Insert(_page.Length - 1, "  ");       // a break, not a blank
            }
            _page.Append(MarkdownText.Escape(text)).Append('\n');
        }
        else
        {
            TextLayout.Paragraph(_page, "", TerminalText.Clean(text), width);
        }
    }

    /// <summary>A table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="more">What is said right under it; empty for nothing.</param>
    public void Table(TextTable table, string more = "")
    {
        Next(Kind.Table);
        if (isMarkdown)
        {
            table.WriteMarkdown(_page);
            _page.Append(more.Length > 0 ? $"\n{more}\n" : "");
        }
        else
        {
            table.Write(_page, width);
            _page.Append(more.Length > 0 ? $"{more}\n" : "");
        }
    }

    /// <summary>A fact with its label.</summary>
    public void Fact(string label, string text)
    {
        Next(Kind.Fact);
        if (isMarkdown)
        {
            _page.Append("- ").Append(label).Append(": ").Append(MarkdownText.Escape(text)).Append('\n');
        }
        else
        {
            TextLayout.Paragraph(_page, label.PadRight(labelWidth), TerminalText.Clean(text), width);
        }
    }

    /// <summary>Text of its own.</summary>
    public void Paragraph(string text)
    {
        Next(Kind.Paragraph);
        if (isMarkdown)
        {
            _page.Append(MarkdownText.Escape(text)).Append('\n');
        }
        else
        {
            TextLayout.Paragraph(_page, "", TerminalText.Clean(text), width);
        }
    }

    /// <summary>Notes; nothing when there are none.</summary>
    public void Notes(IReadOnlyList<Note> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }
        if (!isMarkdown)
        {
            NotesText.Write(_page, notes, width);
            return;
        }
        Next(Kind.Notes);
        _page.Append("## Notes\n\n");
        foreach (Note note in notes)
        {
            _page.Append("- ").Append(MarkdownText.Escape(note.Text)).Append('\n');
        }
    }

    /// <summary>A report that was written already, in the same form.</summary>
    public void Append(string report)
    {
        Next(Kind.None);
        _page.Append(report);
    }

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();

    private void Next(Kind kind)
    {
        bool goesOn = _last == kind && kind is Kind.Line or Kind.Fact;
        _page.Append(_page.Length > 0 && !goesOn ? "\n" : "");
        _last = kind;
    }
}
