namespace Plumbline;

/// <summary>A point of the trace of a minibatch descent.</summary>
/// <param name="Epoch">The epoch, from 1; 0 is the start.</param>
/// <param name="Step">Steps taken so far.</param>
/// <param name="Loss">
/// The mean loss of all training rows: exact for squared loss (from the moments); for other losses over the rows in memory, or, when rows are read
/// in blocks, the mean of the minibatches' losses during the epoch.
/// </param>
/// <param name="ValidationLoss">The mean loss of the validation rows; null without any.</param>
/// <param name="ExcessLoss">The loss less its exact minimum; null for other losses than the squared.</param>
/// <param name="GradientNorm">The length of the gradient over all training rows; null for other losses than the squared.</param>
/// <param name="LearningRate">η of the last step.</param>
/// <param name="Parameters">The coefficients in the data's units.</param>
public sealed record DescentPoint(
    int Epoch, long Step, double Loss, double? ValidationLoss, double? ExcessLoss, double? GradientNorm, double LearningRate, IReadOnlyList<double> Parameters);

/// <summary>What became of a minibatch descent.</summary>
public sealed record DescentResult
{
    /// <summary>How it was done.</summary>
    public required DescentOptions Options { get; init; }

    /// <summary>η at the start.</summary>
    public required double LearningRate { get; init; }

    /// <summary>2/λmax of the loss: the bound for full batches.</summary>
    public required double StableRate { get; init; }

    /// <summary>Training rows.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>Validation rows.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>Whether all training rows were held in memory; otherwise they were shuffled within blocks.</summary>
    public required bool InMemory { get; init; }

    /// <summary>Rows of a block: all of them when they are in memory.</summary>
    public required int BlockRows { get; init; }

    /// <summary>The trace: the start, every epoch, and steps when they were asked for.</summary>
    public required IReadOnlyList<DescentPoint> Trace { get; init; }

    /// <summary>The coefficients in the data's units, beside the exact least-squares fit of the training rows.</summary>
    public required IReadOnlyList<DescentCoefficient> Coefficients { get; init; }

    /// <summary>Why it ended.</summary>
    public required DescentStop Stopped { get; init; }

    /// <summary>When it diverged: why, and what to do. Else null.</summary>
    public string? Explanation { get; init; }

    /// <summary>The epoch whose parameters are the result: the last, or with patience the one of the least validation loss.</summary>
    public required int BestEpoch { get; init; }
}

/// <summary>How far a descent is.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Fraction">The share of all epochs that is done.</param>
/// <param name="Loss">The last training loss known.</param>
/// <param name="ExcessLoss">The same less the exact minimum; null when not known.</param>
/// <param name="RowsPerSecond">Rows trained on in a second.</param>
public readonly record struct DescentProgress(int Epoch, double Fraction, double Loss, double? ExcessLoss, double RowsPerSecond);

/// <summary>Where a descent is: enough to go on from here to the same bits.</summary>
/// <param name="Fingerprint">What it belongs to: data, formula and options.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="StepOfEpoch">Steps done of the next.</param>
/// <param name="State">Parameters and what the optimizer remembers.</param>
/// <param name="BestEpoch">The epoch of the least validation loss.</param>
/// <param name="BestLoss">That loss; infinite without one.</param>
/// <param name="Best">The parameters then.</param>
/// <param name="Trace">The trace so far.</param>
public sealed record DescentCheckpoint(
    string Fingerprint, int Epoch, long StepOfEpoch, IReadOnlyList<double> State, int BestEpoch, double BestLoss, IReadOnlyList<double> Best, IReadOnlyList<DescentPoint> Trace);
