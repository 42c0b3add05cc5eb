using System.Text;

namespace Plumbline.Reports;

/// <summary>A selection of terms as plain text: the steps, or the best of each size, then the fit of the model selected.</summary>
public static class SelectionText
{
    private const int LabelWidth = 16;

    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(SelectionResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= FitReportOptions.Default;
        StringBuilder page = new();
        string criterion = result.Options.Criterion == SelectionCriterion.Aic ? "AIC" : "BIC";
        TextLayout.Paragraph(page, "", TerminalText.Clean(result.Formula), options.Width);
        string way = result.Steps.Count == 0 ? "Best subsets" : result.Options.Direction switch
        {
            StepDirection.Forward => "Stepwise, forward",
            StepDirection.Backward => "Stepwise, backward",
            _ => "Stepwise, both ways",
        };
        TextLayout.Paragraph(page, "", $"{way}, by {criterion}; {NumberText.Count(result.Examined)} models examined", options.Width);
        page.Append('\n');
        (string Name, SubsetModel Model)[] lines = result.Steps.Count > 0
            ? [.. result.Steps.Select(static s => (s.Added is not null ? $"+ {s.Added}" : s.Dropped is not null ? $"- {s.Dropped}" : "start", s.Model))]
            : [.. result.Sizes.Select(static m => (m.Terms.Count == 0 ? "(none)" : string.Join(" + ", m.Terms), m))];
        TextTable table = new([.. lines.Select(static l => l.Name)]);
        string Number(double value) => NumberText.Significant(value, options.Digits);
        table.Add("Coefs.", [.. lines.Select(static l => NumberText.Count(l.Model.Rank))], together: false);
        table.Add("RSS", [.. lines.Select(l => Number(l.Model.Rss))], together: true);
        table.Add("Adj. R²", [.. lines.Select(static l => NumberText.Significant(l.Model.AdjustedRSquared, 4))], together: true);
        table.Add("Cp", [.. lines.Select(static l => NumberText.Significant(l.Model.MallowsCp, 4))], together: true);
        table.Add("AIC", [.. lines.Select(l => Number(l.Model.Aic))], together: true);
        table.Add("BIC", [.. lines.Select(l => Number(l.Model.Bic))], together: true);
        table.Write(page, options.Width);
        page.Append('\n');
        TextLayout.Paragraph(page, "Selected".PadRight(LabelWidth), $"{TerminalText.Clean(result.Best.Formula)}, {criterion} {Number(result.Options.Criterion == SelectionCriterion.Aic ? result.Best.Aic : result.Best.Bic)}", options.Width);
        page.Append('\n');
        page.Append(FitText.Render(result.Model, options));
        return page.ToString();
    }
}
