using Plumbline.Reports;

namespace Plumbline.Cli.Tradeoff;

/// <summary>What <c>plumb tradeoff</c> was asked to do: one of truth and data is there.</summary>
internal sealed record TradeoffRequest
{
    /// <summary>The known truth.</summary>
    public TradeoffTruth? Truth { get; init; }

    /// <summary>What learns from it.</summary>
    public IReadOnlyList<Learner> Learners { get; init; } = [];

    /// <summary>How it is simulated.</summary>
    public BiasVarianceOptions Simulation { get; init; } = BiasVarianceOptions.Default;

    /// <summary>The data, as for fit; no pipe, since rows are read several times.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The formula as typed.</summary>
    public string? Formula { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>What learns from the data.</summary>
    public IReadOnlyList<FormulaLearner> Formulas { get; init; } = [];

    /// <summary>How the data are resampled.</summary>
    public ResamplingOptions Resampling { get; init; } = ResamplingOptions.Default;

    /// <summary>The file that takes the rows held out, or null.</summary>
    public string? RowsPath { get; init; }

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 4;

    /// <summary>The file that takes the report, or null.</summary>
    public string? OutputPath { get; init; }
}
