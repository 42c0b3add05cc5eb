using System.Text;

namespace Plumbline.Reports;

/// <summary>Moments as plain text: what they are sums of, and every value of the data that can be read from their file as it stands.</summary>
public static class MomentsText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="bytes">The size of their file.</param>
    /// <param name="options">The width; null for the defaults.</param>
    public static string Render(DesignMoments moments, long bytes, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(moments);
        int width = (options ?? FitReportOptions.Default).Width;
        StringBuilder page = new();
        ModelText.Lines(page, MomentsSummary.Facts(moments, bytes), "", width);
        page.Append("\nColumns:\n");
        ModelText.Lines(page, MomentsSummary.Columns(moments), "- ", width);
        IReadOnlyList<FitSummaryFact> categories = MomentsSummary.Categories(moments);
        if (categories.Count > 0)
        {
            page.Append("\nCategories:\n");
            ModelText.Lines(page, categories, "- ", width);
        }
        foreach (Note note in moments.Design.Notes)
        {
            page.Append('\n');
            TextLayout.Paragraph(page, "Note: ", TerminalText.Clean(note.Text), width);
        }
        return page.ToString();
    }
}
