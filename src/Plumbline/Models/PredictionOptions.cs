namespace Plumbline;

/// <summary>Which interval goes with a prediction.</summary>
public enum PredictionInterval
{
    /// <summary>None: the ends are NaN.</summary>
    None,

    /// <summary>For the mean response at that row: estimate ± t · standard error.</summary>
    Confidence,

    /// <summary>For one new response at that row: estimate ± t · √(standard error² + σ²).</summary>
    Prediction,
}

/// <summary>How a prediction is made. Immutable: change with <c>with</c>.</summary>
public sealed record PredictionOptions
{
    /// <summary>No interval.</summary>
    public static PredictionOptions Default { get; } = new();

    /// <summary>Which interval. Default: none.</summary>
    public PredictionInterval Interval { get; init; }

    /// <summary>The level of the interval, strictly between 0 and 1. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What is done with a level that no row of the fit had. Default: it is an error.</summary>
    public UnseenLevels Unseen { get; init; } = UnseenLevels.Fail;

    internal void Validate()
    {
        if (!(Level > 0 && Level < 1))
        {
            throw new PlumblineException("option", $"The level is {Level}; it must lie strictly between 0 and 1, as 0.95 does.");
        }
        if (!Enum.IsDefined(Interval) || !Enum.IsDefined(Unseen))
        {
            throw new PlumblineException("option", "Interval or Unseen is not one of its values.");
        }
    }
}
