using System.Text;

namespace Plumbline.Reports;

/// <summary>The checks of a model as Markdown: a section a finding, commands in code blocks. Names from the data are escaped.</summary>
public static class CheckMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="options">Digits, the length of tables, the command; the width is of no account. Null for the defaults.</param>
    public static string Render(ModelCheck check, CheckReportOptions? options = null)
    {
        CheckReport report = CheckReportBuilder.Of(check, options);
        StringBuilder page = new();
        page.Append("# Checks of ").Append(MarkdownText.Code(report.Formula)).Append("\n\n");
        page.Append(string.Join("  \n", report.Facts.Select(MarkdownText.Escape))).Append("\n\n");
        page.Append(MarkdownText.Escape(report.Conclusion)).Append("\n\n");
        page.Append("| Assumption | Verdict | Measured |\n|:--|:--|:--|\n");
        foreach (CheckLine line in report.Verdicts)
        {
            string verdict = line.Verdict is "doubt" or "broken" ? $"**{line.Verdict}**" : line.Verdict;
            page.Append("| ").Append(line.Assumption).Append(" | ").Append(verdict).Append(" | ").Append(MarkdownText.Escape(line.Measure)).Append(" |\n");
        }
        foreach (CheckFinding finding in report.Findings)
        {
            Finding(page, finding);
        }
        foreach (CheckTable table in report.Tables)
        {
            Table(page, table);
        }
        if (report.PartialResiduals is { } partial)
        {
            Table(page, partial);
        }
        if (report.Notes.Count > 0)
        {
            page.Append("\n## Notes\n\n");
            foreach (string note in report.Notes)
            {
                page.Append("- ").Append(MarkdownText.Escape(note)).Append('\n');
            }
        }
        return page.ToString();
    }

    private static void Finding(StringBuilder page, CheckFinding finding)
    {
        page.Append("\n## ").Append(char.ToUpperInvariant(finding.Verdict[0])).Append(finding.Verdict.AsSpan(1)).Append(": ").Append(finding.Assumption).Append("\n\n");
        foreach (CheckPoint point in finding.Points)
        {
            page.Append(MarkdownText.Escape(point.Effect)).Append("\n\n");
            foreach (string test in point.Tests)
            {
                page.Append("- ").Append(MarkdownText.Escape(test)).Append('\n');
            }
            page.Append(point == finding.Points[^1] ? "" : "\n");
        }
        foreach (CheckAdvice remedy in finding.Remedies)
        {
            Advice(page, remedy);
        }
    }

    private static void Advice(StringBuilder page, CheckAdvice remedy)
    {
        page.Append("\nWhat to do: ").Append(MarkdownText.Escape(remedy.Text)).Append("\n\n    ").Append(TerminalText.Clean(remedy.Command)).Append('\n');
        if (remedy.Numbers.Count > 0)
        {
            page.Append("\n| | Before | After |\n|:--|--:|--:|\n");
            foreach ((string what, string before, string after) in remedy.Numbers)
            {
                page.Append("| ").Append(MarkdownText.Escape(what)).Append(" | ").Append(MarkdownText.Escape(before)).Append(" | ").Append(MarkdownText.Escape(after)).Append(" |\n");
            }
        }
        if (remedy.More.Length > 0)
        {
            page.Append('\n').Append(remedy.More).Append('\n');
        }
    }

    private static void Table(StringBuilder page, CheckTable table)
    {
        page.Append("\n## ").Append(table.Title).Append('\n');
        if (table.Introduction.Length > 0)
        {
            page.Append('\n').Append(MarkdownText.Escape(table.Introduction)).Append('\n');
        }
        if (table.Rows.Count > 0)
        {
            page.Append("\n| |");
            foreach (TestColumn column in table.Columns)
            {
                page.Append(' ').Append(MarkdownText.Escape(column.Header)).Append(" |");
            }
            page.Append("\n|:--|").Insert(page.Length, "--:|", table.Columns.Count).Append('\n');
            for (int row = 0; row < table.Rows.Count; row++)
            {
                page.Append("| ").Append(MarkdownText.Escape(table.Rows[row])).Append(" |");
                foreach (TestColumn column in table.Columns)
                {
                    page.Append(' ').Append(MarkdownText.Escape(column.Cells[row])).Append(" |");
                }
                page.Append('\n');
            }
        }
        if (table.More.Length > 0)
        {
            page.Append('\n').Append(table.More).Append('\n');
        }
    }
}
