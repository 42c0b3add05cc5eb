namespace Plumbline.Reports;

/// <summary>A tuning as a page: the best settings, the exact fit beside them, and what to know.</summary>
internal static class TuningPage
{
    private const int ShownTrials = 20;

    /// <summary>The page.</summary>
    public static string Of(TuningResult result, string source, FitReportOptions options, bool isMarkdown)
    {
        TuningOptions how = result.Options;
        var page = new ReportPage(isMarkdown, options.Width, labelWidth: 16);
        page.Title(source);
        string drawn = how.Trials is null ? "the whole grid" : "drawn at random";
        string halving = how.Halving ? $", successive halving by {how.Factor}" : "";
        string judged = how.Folds > 0 ? $"{how.Folds} folds" : $"{NumberText.Count(result.RowsJudged)} of {NumberText.Count(result.RowsUsed)} rows held out";
        string weights = how.Fit.Weights is { } column ? $"; precision weights {column}" : "";
        page.Line($"{NumberText.Count(result.Trials.Count)} settings, {drawn}{halving}; up to {NumberText.Count(how.Epochs)} epochs; judged on {judged}; seed {how.Seed}{weights}");
        bool isLargestBest = how.Score == TuningScore.RSquared;
        TuningTrial[] shown =
        [
            .. result.Trials.OrderByDescending(static t => t.Epochs).ThenBy(t => isLargestBest ? -t.Score : t.Score).ThenBy(static t => t.Number).Take(ShownTrials),
        ];
        int more = result.Trials.Count - shown.Length;
        page.Table(Table(shown, result, options), more > 0 ? $"… and {NumberText.Count(more)} more" : "");
        page.Fact("Best", Words(result.Best.Setting));
        page.Fact("Exact fit", $"{Name(how.Score)} {NumberText.Significant(result.ExactScore.Value, options.Digits)} with the least-squares fit of the same formula to the same rows");
        page.Notes(result.Notes);
        return page.ToString();
    }

    private static string Name(TuningScore score) => score switch
    {
        TuningScore.Loss => "loss",
        TuningScore.MeanSquaredError => "MSE",
        TuningScore.RootMeanSquaredError => "RMSE",
        TuningScore.MeanAbsoluteError => "MAE",
        _ => "R²",
    };

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
        string name = Name(result.Options.Score);
        table.Add("Epochs", [.. shown.Select(static t => NumberText.Count(t.Epochs))], together: false);
        table.Add(char.ToUpperInvariant(name[0]) + name[1..], [.. shown.Select(t => NumberText.Significant(t.Score, options.Digits))], together: true);
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
