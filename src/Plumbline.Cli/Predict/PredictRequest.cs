namespace Plumbline.Cli.Predict;

/// <summary>How predictions are written.</summary>
internal enum PredictFormat
{
    Csv,
    Json,
    Parquet,
}

/// <summary>What <c>plumb predict</c> was asked to do.</summary>
internal sealed record PredictRequest
{
    /// <summary>The model file.</summary>
    public required string Model { get; init; }

    /// <summary>The file, directory or glob of rows, or <c>-</c>.</summary>
    public required string Data { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>How predictions are made.</summary>
    public required PredictionOptions Options { get; init; }

    /// <summary>How they are written.</summary>
    public required PredictFormat Format { get; init; }

    /// <summary>The file that takes them; null for standard output.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Whether a model file that was changed is used all the same.</summary>
    public bool AcceptEdited { get; init; }
}
