using System.Text;

namespace Plumbline.Reports;

/// <summary>Tests of a model as plain text for a terminal or a file: no control characters, whatever the data is called.</summary>
public static class TestText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="results">The model and its tests.</param>
    /// <param name="options">What is shown, digits and width; null for the defaults.</param>
    public static string Render(TestResults results, TestReportOptions? options = null)
    {
        options ??= TestReportOptions.Default;
        IReadOnlyList<TestSection> sections = TestSections.Of(results, options);
        LinearModel model = results.Model;
        StringBuilder page = new();
        int width = options.Width;
        TextLayout.Paragraph(page, "", TerminalText.Clean(model.Formula), width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(model.Source), width);
        foreach (string line in TestFacts.Of(model, options.Digits))
        {
            TextLayout.Paragraph(page, "", TerminalText.Clean(line), width);
        }
        foreach (TestSection section in sections)
        {
            page.Append('\n');
            TextLayout.Paragraph(page, "", section.Title, width);
            foreach (string line in section.Introduction)
            {
                TextLayout.Paragraph(page, "  ", TerminalText.Clean(line), width);
            }
            if (section.Rows.Count > 0)
            {
                page.Append('\n');
                TextTable table = new(section.Rows);
                foreach (TestColumn column in section.Columns)
                {
                    table.Add(column.Header, column.Cells, column.Together);
                }
                table.Write(page, width);
            }
            Facts(page, section, width);
            foreach (string note in section.Notes)
            {
                TextLayout.Paragraph(page, "- ", TerminalText.Clean(note), width);
            }
        }
        string[] notes = [.. TestFacts.Notes(model)];
        if (notes.Length > 0)
        {
            page.Append("\nNotes:\n");
            foreach (string note in notes)
            {
                TextLayout.Paragraph(page, "- ", TerminalText.Clean(note), width);
            }
        }
        return page.ToString();
    }

    private static void Facts(StringBuilder page, TestSection section, int width)
    {
        if (section.Facts.Count == 0)
        {
            return;
        }
        page.Append('\n');
        int label = section.Facts.Max(static f => TerminalText.Width(f.Label)) + 2;
        foreach (FitSummaryFact fact in section.Facts)
        {
            TextLayout.Paragraph(page, fact.Label + new string(' ', label - TerminalText.Width(fact.Label)), TerminalText.Clean(fact.Text), width);
        }
    }
}

/// <summary>What a report on tests says of the model itself.</summary>
internal static class TestFacts
{
    /// <summary>What became of the rows, and which weights and standard errors are in use when they are not the plain ones.</summary>
    public static IEnumerable<string> Of(LinearModel model, int digits) =>
        FitFacts.Of(model, digits).Where(static f => f.Label is "Rows" or "Weights" or "Std. errors").Reverse().Select(static f => $"{f.Label}: {f.Text}");

    /// <summary>The model's notes, but those on rows, which stand above.</summary>
    public static IEnumerable<string> Notes(LinearModel model) => model.Notes.Where(static n => n.Code != "rows-dropped").Select(static n => n.Text);
}
