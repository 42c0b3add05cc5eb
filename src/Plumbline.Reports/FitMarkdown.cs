using System.Text;

namespace Plumbline.Reports;

/// <summary>A fit as Markdown: a table of coefficients and lists. Names from the data are escaped.</summary>
public static class FitMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(LinearModel model, FitReportOptions? options = null)
    {
        FitSummary summary = FitSummary.Of(model, (options ?? FitReportOptions.Default).Digits);
        StringBuilder page = new();
        page.Append("# ").Append(MarkdownText.Code(summary.Formula)).Append("\n\n");
        page.Append(MarkdownText.Escape(summary.Source)).Append("  \n");
        page.Append(summary.Guarantee).Append("\n\n");
        if (summary.Rows.Count > 0)
        {
            page.Append("| | Estimate | Std. error | t | p | ").Append(summary.Level).Append(" from | to | ").Append(summary.DigitsHeading).Append(" |\n");
            page.Append("|:--|--:|--:|--:|--:|--:|--:|--:|\n");
            foreach (FitSummaryRow row in summary.Rows)
            {
                page.Append("| ").Append(MarkdownText.Escape(row.Name));
                foreach (string cell in (ReadOnlySpan<string>)[row.Estimate, row.StandardError, row.T, row.P, row.Lower, row.Upper, row.Digits])
                {
                    page.Append(" | ").Append(MarkdownText.Escape(cell));
                }
                page.Append(" |\n");
            }
            page.Append('\n');
        }
        foreach (FitSummaryFact fact in summary.Facts)
        {
            page.Append("- ").Append(fact.Label).Append(": ").Append(MarkdownText.Escape(fact.Text)).Append('\n');
        }
        List(page, "Aliased, without a coefficient", summary.Aliased);
        List(page, "Notes", summary.Notes);
        return page.ToString();
    }

    private static void List(StringBuilder page, string title, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }
        page.Append("\n## ").Append(title).Append("\n\n");
        foreach (string item in items)
        {
            page.Append("- ").Append(MarkdownText.Escape(item)).Append('\n');
        }
    }
}
