using System.Text;

namespace Plumbline.Reports;

/// <summary>A tuning as plain text: the best settings, the exact fit beside them, and what to know.</summary>
public static class TuningText
{
    private const int LabelWidth = 16;
    private const int ShownTrials = 20;

    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="source">What the data are called.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(TuningResult result, string source, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitReportOptions.Default;
        StringBuilder page = new();
        TuningOptions how = result.Options;
        TextLayout.Paragraph(page, "", TerminalText.Clean(source), options.Width);
        string drawn = how.Trials is null ? "the whole grid" : "drawn at random";
        string halving = how.Halving ? $", successive halving by {how.Factor}" : "";
        string judged = how.Folds > 0 ? $"{how.Folds} folds" : $"{NumberText.Count(result.RowsJudged)} of {NumberText.Count(result.RowsUsed)} rows held out";
        TextLayout.Paragraph(
            page, "", $"{NumberText.Count(result.Trials.Count)} settings, {drawn}{halving}; up to {NumberText.Count(how.Epochs)} epochs; judged on {judged}; seed {how.Seed}", options.Width);
        page.Append('\n');
        TuningTrial[] shown = [.. result.Trials.OrderByDescending(static t => t.Epochs).ThenBy(static t => t.Loss).ThenBy(static t => t.Number).Take(ShownTrials)];
        Table(shown, result, options).Write(page, options.Width);
        if (shown.Length < result.Trials.Count)
        {
            page.Append("… and ").Append(NumberText.Count(result.Trials.Count - shown.Length)).Append(" more\n");
        }
        page.Append('\n');
        TextLayout.Paragraph(page, "Best".PadRight(LabelWidth), TerminalText.Clean(Words(result.Best.Setting)), options.Width);
        TextLayout.Paragraph(
            page,
            "Exact fit".PadRight(LabelWidth),
            $"loss {NumberText.Significant(result.ExactLoss.Value, options.Digits)} with the least-squares fit of the same formula to the same rows",
            options.Width);
        page.Append("\nNotes:\n");
        foreach (Note note in result.Notes)
        {
            TextLayout.Paragraph(page, "- ", TerminalText.Clean(note.Text), options.Width);
        }
        return page.ToString();
    }

    private static TextTable Table(TuningTrial[] shown, TuningResult result, FitReportOptions options)
    {
        TextTable table = new([.. shown.Select(static t => $"{t.Number}")]);
        void Varying<T>(string header, Func<TuningSetting, T> value, Func<T, string> text)
        {
            if (result.Trials.Select(t => value(t.Setting)).Distinct().Skip(1).Any())
            {
                table.Add(header, [.. shown.Select(t => text(value(t.Setting)))], together: true);
            }
        }
        Varying("Formula", static s => s.Formula, static v => TerminalText.Clean(v));
        Varying("Optimizer", static s => s.Optimizer, DescentWords.Of);
        Varying("Schedule", static s => s.Schedule, DescentWords.Of);
        Varying("Batch", static s => s.Batch, static v => NumberText.Count(v));
        Varying("L2", static s => s.L2, static v => NumberText.Significant(v, 3));
        Varying("Rate", static s => s.LearningRate, static v => NumberText.Significant(v, 3));
        table.Add("Epochs", [.. shown.Select(static t => NumberText.Count(t.Epochs))], together: false);
        table.Add("Loss", [.. shown.Select(t => NumberText.Significant(t.Loss, options.Digits))], together: true);
        table.Add("Std. error", [.. shown.Select(static t => NumberText.Significant(t.StandardError, 2))], together: true);
        table.Add("Excess", [.. shown.Select(static t => NumberText.Significant(t.Excess.Value, 3))], together: true);
        table.Add("", [.. shown.Select(t => t.Number == result.Best.Number ? "best" : t.IsNearBest ? "near best" : double.IsInfinity(t.Loss) ? "diverged" : "")], together: false);
        return table;
    }

    private static string Words(TuningSetting setting)
    {
        string l2 = setting.L2 > 0 ? $", l2 {NumberText.Significant(setting.L2, 3)}" : "";
        return $"{setting.Formula}: {DescentWords.Of(setting.Optimizer)}, {DescentWords.Of(setting.Schedule)} rate {NumberText.Significant(setting.LearningRate, 3)}, batch {setting.Batch}{l2}";
    }
}
