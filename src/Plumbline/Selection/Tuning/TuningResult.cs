namespace Plumbline;

/// <summary>A setting, trained and judged.</summary>
public sealed record TuningTrial
{
    /// <summary>Its number, from 1, in the order of the grid or of the draws.</summary>
    public required int Number { get; init; }

    /// <summary>The setting.</summary>
    public required TuningSetting Setting { get; init; }

    /// <summary>Epochs that it was trained for; fewer than most when it was given up early.</summary>
    public required int Epochs { get; init; }

    /// <summary>The mean of ½(ŷ − y)² over rows that took no part, by their weights; infinite when training diverged.</summary>
    public required double Loss { get; init; }

    /// <summary>What it is judged by (<see cref="TuningOptions.Score"/>); when training diverged the worst there is.</summary>
    public required double Score { get; init; }

    /// <summary>The score's standard error, from the spread among those rows.</summary>
    public required double StandardError { get; init; }

    /// <summary>How much worse the score is than the best one's, row by row; of settings given up early NaN.</summary>
    public required MonteCarlo Excess { get; init; }

    /// <summary>Whether that difference is within two of its standard errors: it may be chance.</summary>
    public required bool IsNearBest { get; init; }
}

/// <summary>What a tuning came to.</summary>
public sealed record TuningResult
{
    /// <summary>How it was done.</summary>
    public required TuningOptions Options { get; init; }

    /// <summary>All settings, in the order of their numbers.</summary>
    public required IReadOnlyList<TuningTrial> Trials { get; init; }

    /// <summary>The one with the best score among those that were trained longest.</summary>
    public required TuningTrial Best { get; init; }

    /// <summary>The loss of the exact least-squares fit of the best one's formula to the same training rows.</summary>
    public required MonteCarlo ExactLoss { get; init; }

    /// <summary>What the same fit is judged as.</summary>
    public required MonteCarlo ExactScore { get; init; }

    /// <summary>Rows that settings were judged on: all of them in a cross-validation.</summary>
    public required int RowsJudged { get; init; }

    /// <summary>Rows that all formulas could use.</summary>
    public required int RowsUsed { get; init; }

    /// <summary>What the reader should know: the best on the edge of what was tried, differences within chance, divergence.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}
