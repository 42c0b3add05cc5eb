using System.Text;

namespace Plumbline.Reports;

/// <summary>A model file as Markdown: the report of the fit, and what the model keeps of the data.</summary>
public static class ModelMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="model">The model.</param>
    /// <param name="verification">What a verification found, or null when there was none.</param>
    /// <param name="options">Digits; null for the defaults.</param>
    public static string Render(LinearModel model, Verification? verification = null, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        StringBuilder page = new(FitMarkdown.Render(model, options));
        page.Append("\n## Origin\n\n");
        Lines(page, ModelSummary.Facts(model, verification));
        IReadOnlyList<FitSummaryFact> inputs = ModelSummary.Inputs(model);
        if (inputs.Count > 0)
        {
            page.Append("\n## Columns, and all that the model keeps of them\n\n");
            Lines(page, inputs);
        }
        IReadOnlyList<FitSummaryFact> variables = ModelSummary.Variables(model);
        if (variables.Count > 0)
        {
            page.Append("\n## Variables, with what they know of the rows of the fit\n\n");
            Lines(page, variables);
        }
        return page.ToString();
    }

    internal static void Lines(StringBuilder page, IReadOnlyList<FitSummaryFact> facts)
    {
        foreach (FitSummaryFact fact in facts)
        {
            page.Append("- ").Append(MarkdownText.Escape(fact.Label)).Append(": ").Append(MarkdownText.Escape(fact.Text)).Append('\n');
        }
    }
}
