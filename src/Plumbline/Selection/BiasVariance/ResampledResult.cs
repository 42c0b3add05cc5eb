namespace Plumbline;

/// <summary>A row that was held out, and what training sets predict for it.</summary>
/// <param name="Row">Its 1-based number in the source.</param>
/// <param name="Observed">The response less the offset.</param>
/// <param name="MeanPrediction">The mean over the training sets that did not see it.</param>
/// <param name="BiasAndNoise">(mean prediction − observed)².</param>
/// <param name="Variance">The mean squared distance of predictions to their mean.</param>
/// <param name="Predictions">How many predictions there are.</param>
public readonly record struct ResampledRow(long Row, double Observed, double MeanPrediction, double BiasAndNoise, double Variance, int Predictions);

/// <summary>
/// The error of one learner on held-out rows, in two parts: bias² with noise, and variance. A row has one response, so its noise cannot
/// be told from the bias there: both stand in one number.
/// </summary>
public sealed record ResampledPart
{
    /// <summary>The learner's name.</summary>
    public required string Learner { get; init; }

    /// <summary>Its formula.</summary>
    public required string Formula { get; init; }

    /// <summary>λ of its penalty.</summary>
    public required double Lambda { get; init; }

    /// <summary>Rows of a training set, repeated ones counted as often.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The mean squared error of predictions of rows held out. Standard errors are those of the resampling, for these rows.</summary>
    public required MonteCarlo ExpectedLoss { get; init; }

    /// <summary>(mean prediction − response)²: bias² and noise together, averaged over rows.</summary>
    public required MonteCarlo BiasAndNoise { get; init; }

    /// <summary>The variance of predictions among training sets, averaged over rows.</summary>
    public required MonteCarlo Variance { get; init; }

    /// <summary>|loss − (bias and noise + variance)|/loss. Rounding only.</summary>
    public required double IdentityGap { get; init; }

    /// <summary>Training sets that could not tell all columns apart (a level that was not drawn, for one): those columns had no effect there.</summary>
    public required int Deficient { get; init; }

    /// <summary>How much larger the loss is than the least in the result, compared round by round.</summary>
    public required MonteCarlo Excess { get; init; }

    /// <summary>What that means.</summary>
    public required FitVerdict Verdict { get; init; }

    /// <summary>The rows that were held out, in the order of the source.</summary>
    public required IReadOnlyList<ResampledRow> Rows { get; init; }
}

/// <summary>Bias and variance on data.</summary>
public sealed record ResampledResult
{
    /// <summary>How it was done.</summary>
    public required ResamplingOptions Options { get; init; }

    /// <summary>The response as the formulas have it.</summary>
    public required string Response { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>Rows that all learners could use.</summary>
    public required int RowsUsed { get; init; }

    /// <summary>Rows held out of each training set.</summary>
    public required int TestRows { get; init; }

    /// <summary>The learners, in their order.</summary>
    public required IReadOnlyList<ResampledPart> Parts { get; init; }

    /// <summary>The one with the least loss.</summary>
    public required ResampledPart Best { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}
