namespace Plumbline;

/// <summary>Which rows a second look at the data gives, and what comes with them.</summary>
internal sealed record ModelRowsOptions
{
    /// <summary>The rows of the fit.</summary>
    public static ModelRowsOptions OfTheFit { get; } = new();

    /// <summary>Every row, for prediction: one that misses a predictor has NaN in every column, an unknown response is NaN.</summary>
    public static ModelRowsOptions ForPrediction { get; } = new() { KeepsMissing = true };

    /// <summary>What is done with rows that miss a value, as in the fit.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Drop;

    /// <summary>Whether rows that miss a value stay; the response and the weights need not be in the data then.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>Further columns of numbers to hand over with each row; a missing value among them is NaN and drops nothing.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];
}
