namespace Plumbline.Reports;

/// <summary>A line of the trace: an epoch of minibatches, or a step of batch descent.</summary>
public sealed record TrainingReportPoint(int Epoch, long Step, double Loss, double? ValidationLoss, double? ExcessLoss, double? GradientNorm, double LearningRate, IReadOnlyList<double> Parameters);

/// <summary>What a report of a training says, before it is laid out: minibatches and batches alike.</summary>
public sealed record TrainingReport
{
    /// <summary>The trained model.</summary>
    public required LinearModel Model { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingDetails Details { get; init; }

    /// <summary>The coefficients, beside the exact ones.</summary>
    public required IReadOnlyList<DescentCoefficient> Coefficients { get; init; }

    /// <summary>The trace.</summary>
    public required IReadOnlyList<TrainingReportPoint> Trace { get; init; }

    /// <summary>2/λmax.</summary>
    public required double StableRate { get; init; }

    /// <summary>2/(λmax + λmin); null for minibatches.</summary>
    public double? BestRate { get; init; }

    /// <summary>The factor a step that theory predicts; null for minibatches.</summary>
    public double? PredictedRate { get; init; }

    /// <summary>The factor a step that was observed; null for minibatches.</summary>
    public double? ObservedRate { get; init; }

    /// <summary>Whether every step was one of all rows: then a line of the trace is a step, not an epoch.</summary>
    public bool IsBatch => BestRate is not null;

    /// <summary>Rows of a block; null when all training rows were in memory.</summary>
    public int? BlockRows { get; init; }

    /// <summary>The epoch whose coefficients were kept for their validation loss; null when they are the last.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Why it diverged; null when it did not.</summary>
    public string? Explanation { get; init; }

    /// <summary>Of minibatches.</summary>
    public static TrainingReport Of(Trained trained, DescentResult result)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(result);
        return new TrainingReport
        {
            Model = trained.Model,
            Details = trained.Model.Training!,
            Coefficients = result.Coefficients,
            Trace = [.. result.Trace.Select(static p => new TrainingReportPoint(p.Epoch, p.Step, p.Loss, p.ValidationLoss, p.ExcessLoss, p.GradientNorm, p.LearningRate, p.Parameters))],
            StableRate = result.StableRate,
            BlockRows = result.InMemory ? null : result.BlockRows,
            BestEpoch = result.Options.Patience > 0 && result.BestEpoch > 0 && result.Stopped != DescentStop.Diverged ? result.BestEpoch : null,
            Explanation = result.Explanation,
        };
    }

    /// <summary>Of batches.</summary>
    public static TrainingReport Of(Trained trained, BatchDescentResult result)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(result);
        return new TrainingReport
        {
            Model = trained.Model,
            Details = trained.Model.Training!,
            Coefficients = result.Coefficients,
            Trace = [.. result.Trace.Select(p => new TrainingReportPoint(p.Step, p.Step, p.Loss, null, p.ExcessLoss, p.GradientNorm, result.LearningRate, p.Parameters))],
            StableRate = result.StableRate,
            BestRate = result.BestRate,
            PredictedRate = result.PredictedRate,
            ObservedRate = result.ObservedRate,
            Explanation = result.Explanation,
        };
    }
}
