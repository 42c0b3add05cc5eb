namespace Plumbline.Reports;

/// <summary>A tuning as plain text: the best settings, the exact fit beside them, and what to know.</summary>
public static class TuningText
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="source">What the data are called.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(TuningResult result, string source, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        return TuningPage.Of(result, source, options ?? FitReportOptions.Default, isMarkdown: false);
    }
}

/// <summary>A tuning as Markdown. Names from the data are escaped.</summary>
public static class TuningMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="source">What the data are called.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(TuningResult result, string source, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        return TuningPage.Of(result, source, options ?? FitReportOptions.Default, isMarkdown: true);
    }
}
