using System.Text;

namespace Plumbline.Reports;

/// <summary>The checks of a model as plain text for a terminal or a file: no colors, no control characters, whatever the data is called.</summary>
public static class CheckText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="options">Digits, width, the length of tables, the command; null for the defaults.</param>
    public static string Render(ModelCheck check, CheckReportOptions? options = null)
    {
        CheckReport report = CheckReportBuilder.Of(check, options);
        int width = (options ?? CheckReportOptions.Default).Width;
        StringBuilder page = new();
        Line(page, "", report.Formula, width);
        foreach (string fact in report.Facts)
        {
            Line(page, "", fact, width);
        }
        page.Append('\n');
        Line(page, "", report.Conclusion, width);
        page.Append('\n');
        Verdicts(page, report, width);
        foreach (CheckFinding finding in report.Findings)
        {
            Finding(page, finding, width);
        }
        foreach (CheckTable table in report.Tables)
        {
            Table(page, table, width);
        }
        if (report.Notes.Count > 0)
        {
            page.Append("\nNotes:\n");
            foreach (string note in report.Notes)
            {
                Line(page, "- ", note, width);
            }
        }
        return page.ToString();
    }

    private static void Verdicts(StringBuilder page, CheckReport report, int width)
    {
        int name = report.Verdicts.Max(static v => TerminalText.Width(v.Assumption)) + 2;
        int verdict = report.Verdicts.Max(static v => v.Verdict.Length) + 2;
        foreach (CheckLine line in report.Verdicts)
        {
            Line(page, "  " + Padded(line.Verdict, verdict) + Padded(line.Assumption, name), line.Measure, width);
        }
    }

    private static void Finding(StringBuilder page, CheckFinding finding, int width)
    {
        page.Append('\n');
        Line(page, "", $"{finding.Verdict.ToUpperInvariant()}: {finding.Assumption}", width);
        foreach (CheckPoint point in finding.Points)
        {
            Line(page, "  ", point.Effect, width);
            foreach (string test in point.Tests)
            {
                Line(page, "  - ", test, width);
            }
        }
        foreach (CheckAdvice remedy in finding.Remedies)
        {
            Advice(page, remedy, width);
        }
    }

    private static void Advice(StringBuilder page, CheckAdvice remedy, int width)
    {
        page.Append('\n');
        Line(page, "  What to do: ", remedy.Text, width);
        page.Append("\n    ").Append(remedy.Command).Append('\n');      // one line, however long: it is to be copied
        if (remedy.Numbers.Count == 0)
        {
            return;
        }
        page.Append('\n');
        int label = remedy.Numbers.Max(static n => TerminalText.Width(TerminalText.Clean(n.What))) + 2;
        int before = remedy.Numbers.Max(static n => n.Before.Length);
        foreach ((string what, string from, string to) in remedy.Numbers)
        {
            Line(page, "    " + Padded(TerminalText.Clean(what), label), $"{from}{new string(' ', before - from.Length)} → {to}", int.MaxValue);
        }
        if (remedy.More.Length > 0)
        {
            Line(page, "    ", remedy.More, width);
        }
    }

    private static void Table(StringBuilder page, CheckTable content, int width)
    {
        page.Append('\n');
        Line(page, "", content.Title, width);
        if (content.Introduction.Length > 0)
        {
            Line(page, "  ", content.Introduction, width);
        }
        if (content.Rows.Count > 0)
        {
            page.Append('\n');
            TextTable table = new(content.Rows);
            foreach (TestColumn column in content.Columns)
            {
                table.Add(TerminalText.Clean(column.Header), [.. column.Cells.Select(TerminalText.Clean)], column.Together);
            }
            table.Write(page, width);
        }
        if (content.More.Length > 0)
        {
            Line(page, "", content.More, width);
        }
    }

    private static void Line(StringBuilder page, string label, string text, int width) => TextLayout.Paragraph(page, label, TerminalText.Clean(text), width);

    private static string Padded(string text, int width) => text + new string(' ', Math.Max(0, width - TerminalText.Width(text)));
}
