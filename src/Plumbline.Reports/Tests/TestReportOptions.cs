namespace Plumbline.Reports;

/// <summary>How tests are shown. Immutable: change with <c>with</c>.</summary>
public sealed record TestReportOptions
{
    /// <summary>Six significant digits, lines as long as they are, only what was tested.</summary>
    public static TestReportOptions Default { get; } = new();

    /// <summary>Significant digits of estimates and sums of squares, 1 to 17. Default: 6.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The width of the page in columns. Default: no limit.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>Whether the coefficients are listed with their confidence intervals. Default: no.</summary>
    public bool ShowIntervals { get; init; }

    /// <summary>Whether the likelihood is shown. Default: no; beside a profile it always is.</summary>
    public bool ShowLikelihood { get; init; }
}
