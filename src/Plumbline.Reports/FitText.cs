using System.Text;

namespace Plumbline.Reports;

/// <summary>A fit as plain text for a terminal or a file: no colors, no control characters, whatever the data is called.</summary>
public static class FitText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(LinearModel model, FitReportOptions? options = null)
    {
        options ??= FitReportOptions.Default;
        FitSummary summary = FitSummary.Of(model, options.Digits);
        StringBuilder page = new();
        int width = options.Width;
        TextLayout.Paragraph(page, "", TerminalText.Clean(summary.Formula), width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(summary.Source), width);
        TextLayout.Paragraph(page, "", summary.Guarantee, width);
        page.Append('\n');
        if (summary.Rows.Count > 0)
        {
            Coefficients(summary).Write(page, width);
            page.Append('\n');
        }
        int label = summary.Facts.Max(f => TerminalText.Width(f.Label)) + 2;
        foreach (FitSummaryFact fact in summary.Facts)
        {
            TextLayout.Paragraph(page, fact.Label.PadRight(label), TerminalText.Clean(fact.Text), width);
        }
        List(page, "Aliased, without a coefficient:", summary.Aliased, width);
        List(page, "Notes:", summary.Notes, width);
        return page.ToString();
    }

    private static TextTable Coefficients(FitSummary summary)
    {
        IReadOnlyList<FitSummaryRow> rows = summary.Rows;
        TextTable table = new([.. rows.Select(r => r.Name)]);
        table.Add("Estimate", [.. rows.Select(r => r.Estimate)], together: false);
        table.Add("Std. error", [.. rows.Select(r => r.StandardError)], together: true);
        table.Add("t", [.. rows.Select(r => r.T)], together: false);
        table.Add("p", [.. rows.Select(r => r.P)], together: true);
        table.Add($"{summary.Level} from", [.. rows.Select(r => r.Lower)], together: false);
        table.Add("to", [.. rows.Select(r => r.Upper)], together: true);
        table.Add(summary.DigitsHeading, [.. rows.Select(r => r.Digits)], together: false);
        return table;
    }

    private static void List(StringBuilder page, string title, IReadOnlyList<string> items, int width)
    {
        if (items.Count == 0)
        {
            return;
        }
        page.Append('\n').Append(title).Append('\n');
        foreach (string item in items)
        {
            TextLayout.Paragraph(page, "- ", TerminalText.Clean(item), width);
        }
    }
}
