namespace Plumbline.Reports;

/// <summary>How the checks of a model are shown. Immutable: change with <c>with</c>.</summary>
public sealed record CheckReportOptions
{
    /// <summary>Six significant digits, lines as long as they are, at most twenty rows of a table.</summary>
    public static CheckReportOptions Default { get; } = new();

    /// <summary>Significant digits, 1 to 17. Default: 6.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The width of the page in columns. Default: no limit.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>The most rows of a table; how many more there are is said. Default: 20.</summary>
    public int MostRows { get; init; } = 20;

    /// <summary>The command that led to the model, for remedies to be typed. Default: what the model knows of it.</summary>
    public FitCommand? Command { get; init; }
}
