namespace Plumbline;

/// <summary>A row's prediction, on the scale of the model's response. NaN where it is not defined: a row that misses a predictor has none.</summary>
/// <param name="Row">The 1-based number of the row in its source.</param>
/// <param name="Estimate">The estimated mean response.</param>
/// <param name="StandardError">The standard error of <paramref name="Estimate"/>.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct Prediction(long Row, double Estimate, double StandardError, double Lower, double Upper);

/// <summary>How near predictions come to responses that are known. Every row counts alike, weights or not.</summary>
/// <param name="Rows">Rows with a prediction and a response.</param>
/// <param name="Rmse">√ of the mean squared difference.</param>
/// <param name="Mae">The mean absolute difference.</param>
/// <param name="RSquared">1 − Σ(y − ŷ)² / Σ(y − ȳ)², ȳ the mean of these responses; NaN when they are all equal. Below 0 when ȳ predicts better.</param>
public sealed record PredictionScores(long Rows, double Rmse, double Mae, double RSquared);

/// <summary>What there is to say of predictions as a whole.</summary>
public sealed record PredictionSummary
{
    /// <summary>The response as the formula has it, e.g. <c>log(price)</c>: predictions are on that scale.</summary>
    public required string Response { get; init; }

    /// <summary>Which interval was computed.</summary>
    public required PredictionInterval Interval { get; init; }

    /// <summary>Its level.</summary>
    public required double Level { get; init; }

    /// <summary>Rows read; those without a prediction count as dropped.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>How near the predictions come; null when the data do not have the response.</summary>
    public required PredictionScores? Scores { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}

/// <summary>Predictions in memory.</summary>
/// <param name="Rows">One for every row, in order.</param>
/// <param name="Summary">What there is to say of them as a whole.</param>
public sealed record Predictions(IReadOnlyList<Prediction> Rows, PredictionSummary Summary);
