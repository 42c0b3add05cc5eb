using System.Text;

namespace Plumbline.Reports;

/// <summary>A model file as plain text: the report of the fit, and what the model keeps of the data.</summary>
public static class ModelText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="model">The model.</param>
    /// <param name="verification">What a verification found, or null when there was none.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(LinearModel model, Verification? verification = null, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= FitReportOptions.Default;
        StringBuilder page = new(FitText.Render(model, options));
        page.Append('\n');
        Lines(page, ModelSummary.Facts(model, verification), "", options.Width);
        IReadOnlyList<FitSummaryFact> inputs = ModelSummary.Inputs(model);
        if (inputs.Count > 0)
        {
            page.Append("\nColumns, and all that the model keeps of them:\n");
            Lines(page, inputs, "- ", options.Width);
        }
        IReadOnlyList<FitSummaryFact> variables = ModelSummary.Variables(model);
        if (variables.Count > 0)
        {
            page.Append("\nVariables, with what they know of the rows of the fit:\n");
            Lines(page, variables, "- ", options.Width);
        }
        return page.ToString();
    }

    internal static void Lines(StringBuilder page, IReadOnlyList<FitSummaryFact> facts, string mark, int width)
    {
        const int widest = 32;
        string[] labels = [.. facts.Select(f => TerminalText.Clean(f.Label))];
        int column = Math.Min(widest, labels.Max(l => TerminalText.Width(l))) + 2;
        foreach ((FitSummaryFact fact, string label) in facts.Zip(labels))
        {
            string padding = new(' ', Math.Max(2, column - TerminalText.Width(label)));
            TextLayout.Paragraph(page, mark + label + padding, TerminalText.Clean(fact.Text), width);
        }
    }
}
