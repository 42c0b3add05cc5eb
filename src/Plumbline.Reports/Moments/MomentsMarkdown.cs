using System.Text;

namespace Plumbline.Reports;

/// <summary>Moments as Markdown: what <see cref="MomentsText"/> says.</summary>
public static class MomentsMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="bytes">The size of their file.</param>
    public static string Render(DesignMoments moments, long bytes)
    {
        ArgumentNullException.ThrowIfNull(moments);
        StringBuilder page = new("# Moments\n\n");
        ModelMarkdown.Lines(page, MomentsSummary.Facts(moments, bytes));
        page.Append("\n## Columns\n\n");
        ModelMarkdown.Lines(page, MomentsSummary.Columns(moments));
        IReadOnlyList<FitSummaryFact> categories = MomentsSummary.Categories(moments);
        if (categories.Count > 0)
        {
            page.Append("\n## Categories\n\n");
            ModelMarkdown.Lines(page, categories);
        }
        if (moments.Design.Notes.Count > 0)
        {
            page.Append("\n## Notes\n\n");
            foreach (Note note in moments.Design.Notes)
            {
                page.Append("- ").Append(MarkdownText.Escape(note.Text)).Append('\n');
            }
        }
        return page.ToString();
    }
}
