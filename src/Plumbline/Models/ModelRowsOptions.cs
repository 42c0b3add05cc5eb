namespace Plumbline;

/// <summary>What a second pass over the rows wants of them.</summary>
internal sealed record ModelRowsOptions
{
    /// <summary>The rows of the fit: with response and weights, those with missing values dropped.</summary>
    public static ModelRowsOptions OfFit { get; } = new();

    /// <summary>Rows to predict: all of them, missing ones as NaN; the response where the source has it.</summary>
    public static ModelRowsOptions OfPrediction { get; } = new() { KeepMissing = true, Response = false, Weights = false, CheckRanges = true };

    /// <summary>What is done with rows that miss a value, unless they are kept.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Drop;

    /// <summary>Whether rows that miss a value stay, with NaN in every column of the model.</summary>
    public bool KeepMissing { get; init; }

    /// <summary>What is done with a level that the fit did not have.</summary>
    public UnseenLevels Unseen { get; init; } = UnseenLevels.Fail;

    /// <summary>Whether the source must have the response.</summary>
    public bool Response { get; init; } = true;

    /// <summary>Whether the weights are read, when the model has any.</summary>
    public bool Weights { get; init; } = true;

    /// <summary>Further columns of the source to deliver (<see cref="ModelBlock.Extra"/>): numbers, or codes of <see cref="IRowSource.LevelsOf"/>.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>Whether values outside the ranges of the fit are counted.</summary>
    public bool CheckRanges { get; init; }
}

/// <summary>What became of the rows of a second pass.</summary>
/// <param name="Read">Rows read.</param>
/// <param name="Dropped">Rows left out because a value was missing.</param>
/// <param name="DroppedByColumn">In how many rows each column was missing.</param>
/// <param name="Missing">Rows that were kept although a predictor is missing: their columns are NaN.</param>
/// <param name="MissingByColumn">For each variable of the model (as a formula over the columns) in how many of those rows it was missing, undefined or infinite.</param>
/// <param name="Unseen">For each category (by name) in how many rows its level was none of the fit's.</param>
/// <param name="Outside">For each column (by name) in how many rows its value was outside the range of the fit, and the first such row, from 1.</param>
internal sealed record ModelRowCounts(
    long Read,
    long Dropped,
    IReadOnlyDictionary<string, long> DroppedByColumn,
    long Missing,
    IReadOnlyDictionary<string, long> MissingByColumn,
    IReadOnlyDictionary<string, long> Unseen,
    IReadOnlyDictionary<string, (long Rows, long First)> Outside);
