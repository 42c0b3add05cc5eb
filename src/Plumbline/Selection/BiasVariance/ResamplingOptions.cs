namespace Plumbline;

/// <summary>How training sets are made of the rows at hand.</summary>
public enum Resampling
{
    /// <summary>
    /// A share of the rows is held out once; of the others, as many as there are are drawn with replacement, again and again. Bias and variance
    /// are those on the rows held out.
    /// </summary>
    Bootstrap,

    /// <summary>Again and again another share of the rows is held out, and the others are trained on: every row is predicted from many training sets.</summary>
    Splits,
}

/// <summary>How bias and variance are found on data. Immutable: change with <c>with</c>.</summary>
public sealed record ResamplingOptions
{
    /// <summary>200 bootstrap samples, a quarter of the rows held out.</summary>
    public static ResamplingOptions Default { get; } = new();

    /// <summary>How training sets are made.</summary>
    public Resampling Resampling { get; init; }

    /// <summary>How many, at least 2.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>The share of the rows that is held out, between 0 and 1.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many threads may work; 0 for as many as there are cores. No bit of the result depends on it.</summary>
    public int Threads { get; init; }

    /// <summary>Precision weights (in every fit, and in the means of errors), missing values, contrasts. Default: none, dropped, treatment.</summary>
    public FitOptions Fit { get; init; } = FitOptions.Default;

    /// <summary>Bytes that the rows, which are held in memory, may take; more are refused. Default: 1 GB.</summary>
    public long MemoryBytes { get; init; } = HeldRowsOptions.DefaultMemory;

    internal void Validate()
    {
        if (Rounds < 2 || Threads < 0 || !Enum.IsDefined(Resampling))
        {
            throw new PlumblineException("option", $"There must be at least 2 rounds (not {Rounds}), 0 threads (all cores) or more (not {Threads}), and a kind of resampling.");
        }
        if (!(TestShare > 0 && TestShare < 1))
        {
            throw new PlumblineException("option", $"The share of rows held out is {TestShare}; it must lie strictly between 0 and 1, as 0.25 does.");
        }
        HeldRowsOptions.Validate(Fit, MemoryBytes);
    }
}
