using System.Text;

namespace Plumbline.Reports;

/// <summary>Bias and variance as plain text: a table, and what it comes to in words.</summary>
public static class TradeoffText
{
    private const int LabelWidth = 16;

    /// <summary>Against a known truth; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="truth">What the truth is called.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(BiasVarianceResult result, TradeoffTruth truth, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(truth);
        options ??= FitReportOptions.Default;
        StringBuilder page = new();
        BiasVarianceOptions how = result.Options;
        IReadOnlyList<BiasVariancePart> parts = result.Parts;
        bool sizes = how.Rows.Count > 1;
        string Name(BiasVariancePart part) => sizes ? $"{part.Learner}, {NumberText.Count(part.Rows)} rows" : part.Learner;
        string Number(double value) => NumberText.Significant(value, options.Digits);
        TextLayout.Paragraph(
            page, "", $"y = {TerminalText.Clean(truth.Function)} + noise, its standard deviation {TerminalText.Clean(truth.Noise)}; x uniform from {NumberText.Shortest(truth.Low)} to {NumberText.Shortest(truth.High)}", options.Width);
        string design = how.FixedDesign ? ", all at the same points" : "";
        string rows = sizes ? "" : $" of {NumberText.Count(how.Rows[0])} rows";
        TextLayout.Paragraph(
            page, "", $"{NumberText.Count(how.Sets)} training sets{rows}{design}; judged at {NumberText.Count(parts[0].Points.Count)} points; seed {how.Seed}", options.Width);
        page.Append('\n');
        TextTable table = new([.. parts.Select(Name)]);
        table.Add("Bias²", [.. parts.Select(p => Number(p.BiasSquared.Value))], together: false);
        table.Add("Variance", [.. parts.Select(p => Number(p.Variance.Value))], together: true);
        table.Add("Noise", [.. parts.Select(p => Number(p.Noise))], together: true);
        table.Add("MSE", [.. parts.Select(p => Number(p.MeanSquaredError.Value))], together: true);
        table.Add("Std. error", [.. parts.Select(static p => NumberText.Significant(p.MeanSquaredError.StandardError, 2))], together: true);
        if (parts.Any(static p => p.ClosedForm is not null))
        {
            table.Add("Exact bias²", [.. parts.Select(p => Number(p.ClosedForm?.BiasSquared ?? double.NaN))], together: false);
            table.Add("Exact variance", [.. parts.Select(p => Number(p.ClosedForm?.Variance ?? double.NaN))], together: true);
        }
        table.Add("", [.. parts.Select(p => TradeoffWords.Short(p.Verdict, ReferenceEquals(p, result.Best)))], together: false);
        table.Write(page, options.Width);
        page.Append('\n');
        (string Name, FitVerdict Verdict)[] verdicts = [.. parts.Select(p => (Name(p), p.Verdict))];
        foreach ((string label, string text) in TradeoffWords.Sentences(
            verdicts, Name(result.Best), "Too simple: worse than the best, and mostly by bias", "Too complex for so few rows: worse than the best, and mostly by variance"))
        {
            TextLayout.Paragraph(page, label.PadRight(LabelWidth), text, options.Width);
        }
        TextLayout.Paragraph(page, "Check".PadRight(LabelWidth), $"MSE = bias² + variance + noise holds in every line to {Gap(parts.Max(static p => p.IdentityGap))} of it", options.Width);
        return page.ToString();
    }

    /// <summary>On data; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="formula">The formula as it was given.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(ResampledResult result, string formula, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(formula);
        options ??= FitReportOptions.Default;
        StringBuilder page = new();
        IReadOnlyList<ResampledPart> parts = result.Parts;
        string Number(double value) => NumberText.Significant(value, options.Digits);
        TextLayout.Paragraph(page, "", TerminalText.Clean(formula), options.Width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(result.Source), options.Width);
        string rounds = NumberText.Count(result.Options.Rounds), held = NumberText.Count(result.TestRows), used = NumberText.Count(result.RowsUsed);
        TextLayout.Paragraph(
            page,
            "",
            result.Options.Resampling == Resampling.Bootstrap
                ? $"{rounds} bootstrap samples; {held} of {used} rows held out and predicted; seed {result.Options.Seed}"
                : $"{rounds} splits; {held} of {used} rows held out in each and predicted; seed {result.Options.Seed}",
            options.Width);
        page.Append('\n');
        TextTable table = new([.. parts.Select(static p => p.Learner)]);
        table.Add("Bias² + noise", [.. parts.Select(p => Number(p.BiasAndNoise.Value))], together: false);
        table.Add("Variance", [.. parts.Select(p => Number(p.Variance.Value))], together: true);
        table.Add("Loss", [.. parts.Select(p => Number(p.ExpectedLoss.Value))], together: true);
        table.Add("Std. error", [.. parts.Select(static p => NumberText.Significant(p.ExpectedLoss.StandardError, 2))], together: true);
        table.Add("", [.. parts.Select(p => TradeoffWords.Short(p.Verdict, ReferenceEquals(p, result.Best)))], together: false);
        table.Write(page, options.Width);
        page.Append('\n');
        (string Name, FitVerdict Verdict)[] verdicts = [.. parts.Select(static p => (p.Learner, p.Verdict))];
        foreach ((string label, string text) in TradeoffWords.Sentences(
            verdicts, result.Best.Learner, "Too simple: worse than the best", "Too complex for so few rows: worse than the best"))
        {
            TextLayout.Paragraph(page, label.PadRight(LabelWidth), TerminalText.Clean(text), options.Width);
        }
        TextLayout.Paragraph(page, "Check".PadRight(LabelWidth), $"loss = (bias² + noise) + variance holds in every line to {Gap(parts.Max(static p => p.IdentityGap))} of it", options.Width);
        page.Append("\nNotes:\n");
        foreach (Note note in result.Notes)
        {
            TextLayout.Paragraph(page, "- ", TerminalText.Clean(note.Text), options.Width);
        }
        return page.ToString();
    }

    private static string Gap(double gap) => gap == 0 ? "the last bit" : NumberText.Significant(gap, 1);
}
