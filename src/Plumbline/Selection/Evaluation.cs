namespace Plumbline;

/// <summary>One fold, or one validation part: the fit of the training rows, judged by rows that it had not seen.</summary>
/// <param name="TrainingRows">Rows fitted.</param>
/// <param name="ValidationRows">Rows judged by.</param>
/// <param name="TrainingError">The mean squared error of the training rows.</param>
/// <param name="ValidationError">The mean squared error of the validation rows.</param>
/// <param name="RSquared">1 − RSS/TSS of the validation rows, about their own mean (about 0 without an intercept); NaN when the response does not vary there.</param>
public sealed record FoldEvaluation(long TrainingRows, long ValidationRows, double TrainingError, double ValidationError, double RSquared);

/// <summary>A point of a learning curve: how errors change with the number of training rows.</summary>
/// <param name="TrainingRows">The mean number of training rows.</param>
/// <param name="TrainingError">The mean squared error of training rows.</param>
/// <param name="Validation">The mean squared error of validation rows.</param>
public sealed record LearningPoint(double TrainingRows, double TrainingError, ValidationScore Validation);

/// <summary>How well a formula does on rows that it had not seen.</summary>
public sealed record Evaluation
{
    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>What became of the rows.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>How they were divided.</summary>
    public required FoldOptions Division { get; init; }

    /// <summary>Every fold; a single one with a holdout.</summary>
    public required IReadOnlyList<FoldEvaluation> Folds { get; init; }

    /// <summary>The mean squared error of training rows, over all folds.</summary>
    public required ValidationScore Training { get; init; }

    /// <summary>The mean squared error of validation rows, over all folds.</summary>
    public required ValidationScore Validation { get; init; }

    /// <summary>1 − Σ RSS/Σ TSS of the validation rows.</summary>
    public required double RSquared { get; init; }

    /// <summary>The fit of all training and validation rows, judged by the test rows; null without any.</summary>
    public FoldEvaluation? Test { get; init; }

    /// <summary>Errors over growing numbers of training rows; empty when it was not asked for.</summary>
    public IReadOnlyList<LearningPoint> Curve { get; init; } = [];

    /// <summary>In words: whether the model over- or underfits, and what would help.</summary>
    public required string Verdict { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}
