namespace Plumbline.Reports;

/// <summary>How a fit is shown. Immutable: change with <c>with</c>.</summary>
public sealed record FitReportOptions
{
    /// <summary>Six significant digits, lines as long as they are.</summary>
    public static FitReportOptions Default { get; } = new();

    /// <summary>
    /// Significant digits of estimates, standard errors and statistics, 1 to 17. Never more are shown of an estimate
    /// or a standard error than are known to be right. Default: 6.
    /// </summary>
    public int Digits { get; init; } = 6;

    /// <summary>The width of the page in columns: wider tables are cut into blocks, as R does. Default: no limit.</summary>
    public int Width { get; init; } = int.MaxValue;
}
