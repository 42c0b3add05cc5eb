namespace Plumbline;

/// <summary>How a fit is made. Immutable: change with <c>with</c>.</summary>
public sealed record FitOptions
{
    /// <summary>Exact moments, 95 % intervals, rows with missing values left out, all cores.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>
    /// How moments are summed. Default: <see cref="Arithmetic.Exact"/>. A formula with categories, <c>poly</c>, <c>scale</c> or an offset is always
    /// summed exactly; <see cref="Arithmetic.Fast"/> then solves in doubles.
    /// </summary>
    public Arithmetic Arithmetic { get; init; } = Arithmetic.Exact;

    /// <summary>The level of the confidence intervals, strictly between 0 and 1. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The column of weights, non-negative. Default: none.</summary>
    public string? Weights { get; init; }

    /// <summary>What the weights mean. Default: precision, the variance of row i is σ²/wᵢ.</summary>
    public WeightKind WeightKind { get; init; } = WeightKind.Precision;

    /// <summary>
    /// The contrasts of categories for which the formula names none. Default: treatment; polynomial for ordered ones, whatever is set here, as
    /// in R.
    /// </summary>
    public ContrastKind? Contrasts { get; init; }

    /// <summary>
    /// Which covariance of the estimates is reported: standard errors, t, p, intervals and F follow it. Default: classical, with sampling weights
    /// HC1. All but the classical one read the rows a second time.
    /// </summary>
    public CovarianceOptions Covariance { get; init; } = CovarianceOptions.Classical;

    /// <summary>What is done with rows that miss a value. Default: they are dropped and counted.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Drop;

    /// <summary>How many threads may work; 0 for as many as there are cores. The bits of an exact result do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The options that a model was fitted with, to fit it again; how missing values were met and the threads are not known of it.</summary>
    /// <param name="model">The model.</param>
    public static FitOptions Of(LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        CovarianceDetails details = model.CovarianceDetails;
        CovarianceOptions covariance = CovarianceOptions.Parse(details.Kind) with { Convention = details.Convention, Order = details.Order };
        return new FitOptions
        {
            Arithmetic = model.Arithmetic,
            Level = model.Level,
            Weights = model.WeightsColumn,
            WeightKind = model.WeightKind ?? WeightKind.Precision,
            Contrasts = model.Design?.Contrasts,
            Covariance = details.Seed is { } seed ? covariance with { Seed = seed } : covariance,
        };
    }

    internal void Validate()
    {
        if (!(Level > 0 && Level < 1))
        {
            throw new PlumblineException("option", $"The level is {Level}; it must lie strictly between 0 and 1, as 0.95 does.");
        }
        if (Threads < 0)
        {
            throw new PlumblineException("option", $"Threads is {Threads}; it must be 0 (all cores) or more.");
        }
        ArgumentNullException.ThrowIfNull(Covariance);
        Covariance.Validate();
        if (Weights is not null && WeightKind == WeightKind.Frequency && Covariance.Estimator == CovarianceEstimator.NeweyWest)
        {
            throw new PlumblineException(
                "option", $"{Covariance} needs rows in order, and with frequency weights a row stands for several: which of them come one after the other is not known. Write the rows out.");
        }
        if (Contrasts is ContrastKind contrasts && !Enum.IsDefined(contrasts))
        {
            throw new PlumblineException("option", "Contrasts is not one of its values.");
        }
        if (!Enum.IsDefined(Arithmetic) || !Enum.IsDefined(Missing) || !Enum.IsDefined(WeightKind))
        {
            throw new PlumblineException("option", "Arithmetic, Missing or WeightKind is not one of its values.");
        }
    }

    /// <summary>The covariance asked for; HC1 when weights are the inverse of probabilities and none is.</summary>
    internal CovarianceOptions CovarianceInUse => Weights is not null && WeightKind == WeightKind.Sampling && Covariance.Estimator == CovarianceEstimator.Classical
        ? Covariance with { Estimator = CovarianceEstimator.HC1 }
        : Covariance;

    /// <summary>What weights are to the sums, when there are any.</summary>
    internal RowWeights RowWeights(bool weighted) => !weighted ? Plumbline.RowWeights.None
        : WeightKind == WeightKind.Frequency ? Plumbline.RowWeights.Frequencies
        : Plumbline.RowWeights.Weights;

    /// <summary>Refuses a covariance that needs rows to be read again.</summary>
    internal void RequireClassical()
    {
        if (Covariance.Estimator != CovarianceEstimator.Classical)
        {
            throw new PlumblineException("option", $"{Covariance} needs the rows a second time, by the names of their columns. Fit a formula to a Table or a file.");
        }
    }
}
