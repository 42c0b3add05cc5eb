namespace Plumbline.Cli.Evaluate;

/// <summary>What <c>plumb evaluate</c> was asked to do.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>The data, as for fit.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The formula as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How rows are divided; null to leave out each in turn.</summary>
    public FoldOptions? Division { get; init; }

    /// <summary>Whether there is a learning curve.</summary>
    public bool HasCurve { get; init; }

    /// <summary>Weights, missing values, threads.</summary>
    public FitOptions Options { get; init; } = FitOptions.Default;

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the report, or null.</summary>
    public string? OutputPath { get; init; }
}
