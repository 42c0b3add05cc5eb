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
        return EvaluationPage.Of(evaluation, options ?? FitReportOptions.Default, isMarkdown: false);
    }

    /// <summary>Leaving out each row in turn.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(LeaveOneOutResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return EvaluationPage.Of(result, options ?? FitReportOptions.Default, isMarkdown: false);
    }
}

/// <summary>An evaluation as Markdown. Names from the data are escaped.</summary>
public static class EvaluationMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="evaluation">What it says.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(Evaluation evaluation, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return EvaluationPage.Of(evaluation, options ?? FitReportOptions.Default, isMarkdown: true);
    }

    /// <summary>Leaving out each row in turn.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(LeaveOneOutResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return EvaluationPage.Of(result, options ?? FitReportOptions.Default, isMarkdown: true);
    }
}
