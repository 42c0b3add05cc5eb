namespace Plumbline;

/// <summary>How a model's assumptions are checked. Immutable: change with <c>with</c>.</summary>
public sealed record CheckOptions
{
    private const int MostRows = 10_000;
    private const int MostSampled = 5_000;

    /// <summary>Rows in no order, ten most influential rows, samples of up to 5,000 residuals.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>
    /// A numeric column (or date) that grows from row to row: what the order of rows is. Default: none. Without it and without
    /// <see cref="InOrder"/> what depends on the order (Durbin–Watson, Breusch–Godfrey, Ljung–Box) is left out, and said.
    /// </summary>
    public string? Order { get; init; }

    /// <summary>Whether the rows stand in an order that means something, although no column tells it. Default: no.</summary>
    public bool InOrder { get; init; }

    /// <summary>A column whose levels should have the same coefficients (Chow's test). Default: none; the first and second half of the rows are compared anyway.</summary>
    public string? Split { get; init; }

    /// <summary>Over how many rows correlation is looked for; null for min(10, n/5). Default: null.</summary>
    public int? Lags { get; init; }

    /// <summary>How many of the most influential rows are listed, 1 to 10,000. Default: 10.</summary>
    public int MostInfluential { get; init; } = 10;

    /// <summary>How many residuals the tests of normality that need them sorted see at most, 20 to 5,000. Default: 5,000.</summary>
    public int SampleSize { get; init; } = MostSampled;

    /// <summary>Seed of the sample. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads work; 0 for as many as there are cores. The result does not depend on it. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the order of rows means something.</summary>
    internal bool IsOrdered => InOrder || Order is not null;

    internal void Validate()
    {
        Require(Lags is null or >= 1, $"There are {Lags} lags; give 1 or more, or leave them out.");
        Require(MostInfluential is >= 1 and <= MostRows, $"{MostInfluential} most influential rows are asked for; ask for 1 to {MostRows}.");
        Require(SampleSize is >= 20 and <= MostSampled, $"The sample is of {SampleSize} residuals; take 20 to {MostSampled}, since Shapiro and Wilk's test is made for no more.");
        Require(Threads >= 0, $"There are {Threads} threads; give 1 or more, or 0 for as many as there are cores.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PlumblineException("option", message);
        }
    }
}
