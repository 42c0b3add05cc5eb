namespace Plumbline;

/// <summary>What a remedy changes in the command that fits the model.</summary>
public enum RemedyKind
{
    /// <summary>Another formula: <see cref="CheckRemedy.Value"/> is the whole of it.</summary>
    Formula,

    /// <summary>Another covariance: the value is what <c>--cov</c> takes.</summary>
    Covariance,

    /// <summary>Other rows: the value is an SQL condition, which <c>--where</c> takes.</summary>
    Rows,

    /// <summary>Weights: the value is the column for <c>--weights</c>.</summary>
    Weights,

    /// <summary>Intervals by resampling: the value is what <c>--cov</c> takes.</summary>
    Bootstrap,
}

/// <summary>
/// Something to do about a broken assumption that the program has tried on the same rows: what to type, and what it changed.
/// </summary>
public sealed record CheckRemedy
{
    /// <summary>What is changed.</summary>
    public required RemedyKind Kind { get; init; }

    /// <summary>The new formula, covariance, condition or column, as it is typed, but not quoted for a shell.</summary>
    public required string Value { get; init; }

    /// <summary>One sentence: what to do and what it would change.</summary>
    public required string Text { get; init; }

    /// <summary>Numbers before and after, computed. Empty when the remedy changes none of the model's.</summary>
    public IReadOnlyList<RemedyNumber> Numbers { get; init; } = [];
}

/// <summary>A number that a remedy changes.</summary>
/// <param name="What">For example <c>standard error of sqft_living</c>.</param>
/// <param name="Before">In the model that was checked.</param>
/// <param name="After">With the remedy.</param>
public sealed record RemedyNumber(string What, double Before, double After);
