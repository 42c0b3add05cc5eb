namespace Plumbline.Reports;

/// <summary>Bias and variance as a page: a table, and what it comes to in words.</summary>
internal static class TradeoffPage
{
    private const int LabelWidth = 16;

    /// <summary>Against a known truth.</summary>
    public static string Of(BiasVarianceResult result, TradeoffTruth truth, FitReportOptions options, bool isMarkdown)
    {
        BiasVarianceOptions how = result.Options;
        IReadOnlyList<BiasVariancePart> parts = result.Parts;
        bool sizes = how.Rows.Count > 1;
        string Name(BiasVariancePart part) => sizes ? $"{part.Learner}, {NumberText.Count(part.Rows)} rows" : part.Learner;
        string Number(double value) => NumberText.Significant(value, options.Digits);
        var page = new ReportPage(isMarkdown, options.Width, LabelWidth);
        page.Title($"y = {truth.Function} + noise, its standard deviation {truth.Noise}; x uniform from {NumberText.Shortest(truth.Low)} to {NumberText.Shortest(truth.High)}");
        string design = how.FixedDesign ? ", all at the same points" : "";
        string rows = sizes ? "" : $" of {NumberText.Count(how.Rows[0])} rows";
        page.Line($"{NumberText.Count(how.Sets)} training sets{rows}{design}; judged at {NumberText.Count(parts[0].Points.Count)} points; seed {how.Seed}");
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
        DotPlot.Add(table, new DotCurve('●', [.. parts.Select(static p => p.MeanSquaredError.Value)], [.. parts.Select(static p => p.MeanSquaredError.StandardError)]));
        table.Add("", [.. parts.Select(p => TradeoffWords.Short(p.Verdict, ReferenceEquals(p, result.Best)))], together: false);
        page.Table(table);
        Verdicts(
            page, [.. parts.Select(p => (Name(p), p.Verdict))], Name(result.Best),
            "Too simple: worse than the best, and mostly by bias", "Too complex for so few rows: worse than the best, and mostly by variance");
        page.Fact("Check", $"MSE = bias² + variance + noise holds in every line to {Gap(parts.Max(static p => p.IdentityGap))} of it");
        return page.ToString();
    }

    /// <summary>On data.</summary>
    public static string Of(ResampledResult result, string formula, FitReportOptions options, bool isMarkdown)
    {
        IReadOnlyList<ResampledPart> parts = result.Parts;
        string Number(double value) => NumberText.Significant(value, options.Digits);
        var page = new ReportPage(isMarkdown, options.Width, LabelWidth);
        page.Title(formula);
        page.Line(result.Source);
        string rounds = NumberText.Count(result.Options.Rounds), held = NumberText.Count(result.TestRows), used = NumberText.Count(result.RowsUsed);
        string weights = result.Options.Fit.Weights is { } column ? $"; precision weights {column}" : "";
        page.Line(result.Options.Resampling == Resampling.Bootstrap
            ? $"{rounds} bootstrap samples; {held} of {used} rows held out and predicted; seed {result.Options.Seed}{weights}"
            : $"{rounds} splits; {held} of {used} rows held out in each and predicted; seed {result.Options.Seed}{weights}");
        TextTable table = new([.. parts.Select(static p => p.Learner)]);
        table.Add("Bias² + noise", [.. parts.Select(p => Number(p.BiasAndNoise.Value))], together: false);
        table.Add("Variance", [.. parts.Select(p => Number(p.Variance.Value))], together: true);
        table.Add("Loss", [.. parts.Select(p => Number(p.ExpectedLoss.Value))], together: true);
        table.Add("Std. error", [.. parts.Select(static p => NumberText.Significant(p.ExpectedLoss.StandardError, 2))], together: true);
        DotPlot.Add(table, new DotCurve('●', [.. parts.Select(static p => p.ExpectedLoss.Value)], [.. parts.Select(static p => p.ExpectedLoss.StandardError)]));
        table.Add("", [.. parts.Select(p => TradeoffWords.Short(p.Verdict, ReferenceEquals(p, result.Best)))], together: false);
        page.Table(table);
        Verdicts(
            page, [.. parts.Select(static p => (p.Learner, p.Verdict))], result.Best.Learner,
            "Too simple: worse than the best", "Too complex for so few rows: worse than the best");
        page.Fact("Check", $"loss = (bias² + noise) + variance holds in every line to {Gap(parts.Max(static p => p.IdentityGap))} of it");
        page.Notes(result.Notes);
        return page.ToString();
    }

    private static void Verdicts(ReportPage page, IReadOnlyList<(string Name, FitVerdict Verdict)> verdicts, string best, string under, string over)
    {
        foreach ((string label, string text) in TradeoffWords.Sentences(verdicts, best, under, over))
        {
            page.Fact(label, text);
        }
    }

    private static string Gap(double gap) => gap == 0 ? "the last bit" : NumberText.Significant(gap, 1);
}
