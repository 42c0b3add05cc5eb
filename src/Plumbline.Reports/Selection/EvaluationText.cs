using System.Text;

namespace Plumbline.Reports;

/// <summary>An evaluation as plain text: errors on training and validation rows, fold by fold, and what they say.</summary>
public static class EvaluationText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="evaluation">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(Evaluation evaluation, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        options ??= FitReportOptions.Default;
        StringBuilder page = Head(evaluation.Formula, evaluation.Source, $"least squares, {evaluation.Division}", options);
        Folds(evaluation, options.Digits).Write(page, options.Width);
        page.Append('\n');
        if (evaluation.Curve.Count > 0)
        {
            Curve(evaluation, options.Digits).Write(page, options.Width);
            page.Append('\n');
        }
        Fact("Training RMSE", NumberText.Significant(evaluation.Training.Rmse, options.Digits));
        Fact("Validation RMSE", Score(evaluation.Validation, options.Digits));
        Fact("Validation R²", NumberText.Significant(evaluation.RSquared, options.Digits));
        if (evaluation.Test is { } test)
        {
            Fact("Test RMSE", $"{NumberText.Significant(Math.Sqrt(test.ValidationError), options.Digits)}, R² {NumberText.Significant(test.RSquared, options.Digits)}, on {NumberText.Count(test.ValidationRows)} rows");
        }
        Fact("Rows", Rows(evaluation.Rows));
        page.Append('\n');
        TextLayout.Paragraph(page, "", evaluation.Verdict, options.Width);
        NotesText.Write(page, evaluation.Notes, options.Width);
        return page.ToString();

        void Fact(string label, string text) => TextLayout.Paragraph(page, label.PadRight(17), TerminalText.Clean(text), options.Width);
    }

    /// <summary>Leaving out each row in turn.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(LeaveOneOutResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= FitReportOptions.Default;
        LinearModel model = result.Model;
        StringBuilder page = Head(model.Formula, model.Source, "least squares, each row predicted from all others", options);
        Fact("Training RMSE", NumberText.Significant(Math.Sqrt(result.TrainingError), options.Digits));
        Fact("Validation RMSE", Score(result.Score, options.Digits));
        Fact("Validation MAE", NumberText.Significant(result.MeanAbsoluteError, options.Digits));
        Fact("Validation R²", NumberText.Significant(result.RSquared, options.Digits));
        Fact("PRESS", NumberText.Significant(result.Press, options.Digits));
        Fact("Largest leverage", NumberText.Significant(result.LargestLeverage, 3));
        Fact("Rows", Rows(model.Rows));
        NotesText.Write(page, result.Notes, options.Width);
        return page.ToString();

        void Fact(string label, string text) => TextLayout.Paragraph(page, label.PadRight(18), TerminalText.Clean(text), options.Width);
    }

    private static StringBuilder Head(string formula, string source, string how, FitReportOptions options)
    {
        StringBuilder page = new();
        TextLayout.Paragraph(page, "", TerminalText.Clean(formula), options.Width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(source), options.Width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(how), options.Width);
        page.Append('\n');
        return page;
    }

    private static string Score(ValidationScore score, int digits) => double.IsNaN(score.StandardError)
        ? NumberText.Significant(score.Rmse, digits)
        : $"{NumberText.Significant(score.Rmse, digits)} (MSE {NumberText.Significant(score.Mean, digits)} ± {NumberText.Significant(score.StandardError, 3)})";

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
        return table;
    }
}
