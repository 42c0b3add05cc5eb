namespace Plumbline.Cli.Train;

/// <summary>What <c>plumb train</c> was asked to do.</summary>
internal sealed record TrainRequest
{
    /// <summary>The data, as for fit; no pipe, since rows are read several times.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The formula as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How minibatches are trained on; null for full batches.</summary>
    public DescentOptions? Minibatches { get; init; }

    /// <summary>How full batches are; null for minibatches.</summary>
    public BatchDescentOptions? Batches { get; init; }

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the trained model, or null.</summary>
    public string? OutputPath { get; init; }

    /// <summary>The file that takes the trace as CSV or JSON, or null.</summary>
    public string? TracePath { get; init; }

    /// <summary>The file that takes the loss surface, or null.</summary>
    public string? SurfacePath { get; init; }

    /// <summary>The coefficients that the surface lies over; null for the first two.</summary>
    public (string First, string Second)? SurfaceOver { get; init; }

    /// <summary>The file that takes a checkpoint after every epoch, or null.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>The checkpoint to go on from, or null.</summary>
    public string? ResumePath { get; init; }
}
