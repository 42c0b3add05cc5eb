namespace Plumbline.Reports;

/// <summary>A selection of terms as plain text: the steps, or the best of each size, then the fit of the model selected.</summary>
public static class SelectionText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(SelectionResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return SelectionPage.Of(result, options ?? FitReportOptions.Default, isMarkdown: false);
    }
}

/// <summary>A selection of terms as Markdown. Names from the data are escaped.</summary>
public static class SelectionMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(SelectionResult result, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return SelectionPage.Of(result, options ?? FitReportOptions.Default, isMarkdown: true);
    }
}
