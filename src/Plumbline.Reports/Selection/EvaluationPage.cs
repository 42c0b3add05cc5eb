namespace Plumbline.Reports;

/// <summary>An evaluation as a page: errors on training and validation rows, fold by fold, and what they say.</summary>
internal static class EvaluationPage
{
    /// <summary>Folds or a holdout.</summary>
    public static string Of(Evaluation evaluation, FitReportOptions options, bool isMarkdown)
    {
        var page = new ReportPage(isMarkdown, options.Width, labelWidth: 17);
        page.Title(evaluation.Formula);
        page.Line(evaluation.Source);
        page.Line($"least squares, {evaluation.Division}");
        page.Table(Folds(evaluation, options.Digits));
        if (evaluation.Curve.Count > 0)
        {
            page.Table(Curve(evaluation, options.Digits));
        }
        page.Fact("Training RMSE", NumberText.Significant(evaluation.Training.Rmse, options.Digits));
        page.Fact("Validation RMSE", Score(evaluation.Validation, options.Digits));
        page.Fact("Validation R²", NumberText.Significant(evaluation.RSquared, options.Digits));
        if (evaluation.Test is { } test)
        {
            page.Fact("Test RMSE", Test(test, options.Digits));
        }
        page.Fact("Rows", Rows(evaluation.Rows));
        page.Paragraph(evaluation.Verdict);
        page.Notes(evaluation.Notes);
        return page.ToString();
    }

    /// <summary>Leaving out each row in turn.</summary>
    public static string Of(LeaveOneOutResult result, FitReportOptions options, bool isMarkdown)
    {
        LinearModel model = result.Model;
        var page = new ReportPage(isMarkdown, options.Width, labelWidth: 18);
        page.Title(model.Formula);
        page.Line(model.Source);
        page.Line("least squares, each row predicted from all others");
        page.Fact("Training RMSE", NumberText.Significant(Math.Sqrt(result.TrainingError), options.Digits));
        page.Fact("Validation RMSE", Score(result.Score, options.Digits));
        page.Fact("Validation MAE", NumberText.Significant(result.MeanAbsoluteError, options.Digits));
        page.Fact("Validation R²", NumberText.Significant(result.RSquared, options.Digits));
        page.Fact("PRESS", NumberText.Significant(result.Press, options.Digits));
        page.Fact("Largest leverage", NumberText.Significant(result.LargestLeverage, 3));
        page.Fact("Rows", Rows(model.Rows));
        page.Notes(result.Notes);
        return page.ToString();
    }

    /// <summary>A score: the root, and what it is the root of with its standard error.</summary>
    public static string Score(ValidationScore score, int digits) => double.IsNaN(score.StandardError)
        ? NumberText.Significant(score.Rmse, digits)
        : $"{NumberText.Significant(score.Rmse, digits)} (MSE {NumberText.Significant(score.Mean, digits)} ± {NumberText.Significant(score.StandardError, 3)})";

    /// <summary>What test rows say.</summary>
    public static string Test(FoldEvaluation test, int digits) =>
        $"{NumberText.Significant(Math.Sqrt(test.ValidationError), digits)}, R² {NumberText.Significant(test.RSquared, digits)}, on {NumberText.Count(test.ValidationRows)} rows";

    private static string Rows(RowCounts rows) => $"{NumberText.Count(rows.Read)} read, {NumberText.Count(rows.Used)} used, {NumberText.Count(rows.Dropped)} dropped";

    private static TextTable Folds(Evaluation evaluation, int digits)
    {
        IReadOnlyList<FoldEvaluation> folds = evaluation.Folds;
        TextTable table = new([.. folds.Select((_, i) => folds.Count == 1 ? "holdout" : $"fold {i + 1}")]);
        table.Add("Training rows", [.. folds.Select(static f => NumberText.Count(f.TrainingRows))], together: false);
        table.Add("RMSE", [.. folds.Select(f => NumberText.Significant(Math.Sqrt(f.TrainingError), digits))], together: true);
        table.Add("Validation rows", [.. folds.Select(static f => NumberText.Count(f.ValidationRows))], together: false);
        table.Add("RMSE", [.. folds.Select(f => NumberText.Significant(Math.Sqrt(f.ValidationError), digits))], together: true);
        table.Add("R²", [.. folds.Select(f => NumberText.Significant(f.RSquared, Math.Min(digits, 4)))], together: true);
        return table;
    }

    private static TextTable Curve(Evaluation evaluation, int digits)
    {
        IReadOnlyList<LearningPoint> curve = evaluation.Curve;
        TextTable table = new([.. curve.Select(static p => $"{NumberText.Count((long)Math.Round(p.TrainingRows))} rows")]);
        table.Add("Training RMSE", [.. curve.Select(p => NumberText.Significant(Math.Sqrt(p.TrainingError), digits))], together: false);
        table.Add("Validation RMSE", [.. curve.Select(p => NumberText.Significant(p.Validation.Rmse, digits))], together: false);
        DotPlot.Add(table, new DotCurve('○', [.. curve.Select(static p => Math.Sqrt(p.TrainingError))], Name: "training"), new DotCurve('●', [.. curve.Select(static p => p.Validation.Rmse)], Name: "validation"));
        return table;
    }
}
