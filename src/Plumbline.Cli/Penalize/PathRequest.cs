namespace Plumbline.Cli.Penalize;

/// <summary>What <c>plumb path</c> was asked to do.</summary>
internal sealed record PathRequest
{
    /// <summary>The data, as for fit.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The formula as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>α, λ, bounds.</summary>
    public PathOptions Path { get; init; } = PathOptions.Default;

    /// <summary>How rows are divided; null for not at all.</summary>
    public FoldOptions? Division { get; init; }

    /// <summary>How λ is chosen; null when there is one.</summary>
    public LambdaChoice? Choice { get; init; }

    /// <summary>Weights, missing values, threads.</summary>
    public FitOptions Options { get; init; } = FitOptions.Default;

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the chosen model, or null.</summary>
    public string? OutputPath { get; init; }
}
