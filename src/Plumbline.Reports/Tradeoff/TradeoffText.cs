namespace Plumbline.Reports;

/// <summary>Bias and variance as plain text: a table, and what it comes to in words.</summary>
public static class TradeoffText
{
    /// <summary>Against a known truth; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="truth">What the truth is called.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(BiasVarianceResult result, TradeoffTruth truth, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(truth);
        return TradeoffPage.Of(result, truth, options ?? FitReportOptions.Default, isMarkdown: false);
    }

    /// <summary>On data; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="formula">The formula as it was given.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(ResampledResult result, string formula, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(formula);
        return TradeoffPage.Of(result, formula, options ?? FitReportOptions.Default, isMarkdown: false);
    }
}

/// <summary>Bias and variance as Markdown. Names from the data are escaped.</summary>
public static class TradeoffMarkdown
{
    /// <summary>Against a known truth; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="truth">What the truth is called.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(BiasVarianceResult result, TradeoffTruth truth, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(truth);
        return TradeoffPage.Of(result, truth, options ?? FitReportOptions.Default, isMarkdown: true);
    }

    /// <summary>On data; lines ended by LF.</summary>
    /// <param name="result">The result.</param>
    /// <param name="formula">The formula as it was given.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(ResampledResult result, string formula, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(formula);
        return TradeoffPage.Of(result, formula, options ?? FitReportOptions.Default, isMarkdown: true);
    }
}
