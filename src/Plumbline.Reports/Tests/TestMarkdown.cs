using System.Text;

namespace Plumbline.Reports;

/// <summary>Tests of a model as Markdown: a section a test. Names from the data are escaped.</summary>
public static class TestMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="results">The model and its tests.</param>
    /// <param name="options">What is shown, and digits; the width is of no account. Null for the defaults.</param>
    public static string Render(TestResults results, TestReportOptions? options = null)
    {
        IReadOnlyList<TestSection> sections = TestSections.Of(results, options ?? TestReportOptions.Default);
        LinearModel model = results.Model;
        StringBuilder page = new();
        page.Append("# ").Append(MarkdownText.Code(model.Formula)).Append("\n\n");
        page.Append(string.Join("  \n", TestFacts.Of(model, (options ?? TestReportOptions.Default).Digits).Prepend(model.Source).Select(MarkdownText.Escape))).Append('\n');
        foreach (TestSection section in sections)
        {
            page.Append("\n## ").Append(section.Title).Append("\n\n");
            if (section.Introduction.Count > 0)
            {
                page.Append(string.Join("  \n", section.Introduction.Select(MarkdownText.Escape))).Append("\n\n");
            }
            Table(page, section);
            foreach (FitSummaryFact fact in section.Facts)
            {
                page.Append("- ").Append(fact.Label).Append(fact.Label.Length > 0 ? ": " : "").Append(MarkdownText.Escape(fact.Text)).Append('\n');
            }
            foreach (string note in section.Notes)
            {
                page.Append("- ").Append(MarkdownText.Escape(note)).Append('\n');
            }
        }
        string[] notes = [.. TestFacts.Notes(model)];
        if (notes.Length > 0)
        {
            page.Append("\n## Notes\n\n");
            foreach (string note in notes)
            {
                page.Append("- ").Append(MarkdownText.Escape(note)).Append('\n');
            }
        }
        return page.ToString();
    }

    private static void Table(StringBuilder page, TestSection section)
    {
        if (section.Rows.Count == 0)
        {
            return;
        }
        page.Append("| |");
        foreach (TestColumn column in section.Columns)
        {
            page.Append(' ').Append(column.Header).Append(" |");
        }
        page.Append("\n|:--|").Insert(page.Length, "--:|", section.Columns.Count).Append('\n');
        for (int row = 0; row < section.Rows.Count; row++)
        {
            page.Append("| ").Append(MarkdownText.Escape(section.Rows[row])).Append(" |");
            foreach (TestColumn column in section.Columns)
            {
                page.Append(' ').Append(MarkdownText.Escape(column.Cells[row])).Append(" |");
            }
            page.Append('\n');
        }
        page.Append(section.Facts.Count + section.Notes.Count > 0 ? "\n" : "");
    }
}
