namespace Plumbline;

/// <summary>What a model is chosen by; the least is best.</summary>
public enum SelectionCriterion
{
    /// <summary>Akaike's: −2·logLik + 2·k, k coefficients and σ.</summary>
    Aic,

    /// <summary>The Bayesian: −2·logLik + log(n)·k.</summary>
    Bic,

    /// <summary>The number of terms with the least mean squared error on rows that took no part, fold by fold; needs <see cref="SelectionOptions.Folds"/>.</summary>
    ValidationError,

    /// <summary>The least number of terms whose validation error is within one standard error of the least; needs <see cref="SelectionOptions.Folds"/>.</summary>
    OneStandardError,
}

/// <summary>Which way terms are added and dropped.</summary>
public enum StepDirection
{
    /// <summary>From the whole formula; terms are dropped, and may come back.</summary>
    Both,

    /// <summary>From the whole formula; terms are dropped.</summary>
    Backward,

    /// <summary>From the terms that are always kept; terms are added.</summary>
    Forward,
}

/// <summary>How terms are selected. Immutable: change with <c>with</c>.</summary>
public sealed record SelectionOptions
{
    /// <summary>By AIC; no term is always kept.</summary>
    public static SelectionOptions Default { get; } = new();

    /// <summary>What a model is chosen by.</summary>
    public SelectionCriterion Criterion { get; init; }

    /// <summary>How rows are divided for a criterion that validates: every fold searches anew in its training rows. Default: null, not at all.</summary>
    public FoldOptions? Folds { get; init; }

    /// <summary>Which way a stepwise search goes. With <see cref="Folds"/> it goes all the way, to a model of each number of terms.</summary>
    public StepDirection Direction { get; init; }

    /// <summary>Terms that every model has, as the formula names them. What they are products of is kept with them.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Weights, contrasts, missing values, level and covariance of the final fit, threads.</summary>
    public FitOptions Fit { get; init; } = FitOptions.Default;

    internal void Validate()
    {
        if (!Enum.IsDefined(Criterion) || !Enum.IsDefined(Direction))
        {
            throw new PlumblineException("option", "The criterion or the direction is not one of its values.");
        }
        ArgumentNullException.ThrowIfNull(Keep);
        ArgumentNullException.ThrowIfNull(Fit);
        Fit.Validate();
        bool validates = Criterion is SelectionCriterion.ValidationError or SelectionCriterion.OneStandardError;
        if (validates != Folds is not null)
        {
            throw new PlumblineException("option", validates
                ? "Rows were not divided, so there is no validation error to select by. Give folds or a holdout, or select by AIC or BIC."
                : "Rows are divided to select by validation error: choose that criterion, or leave out the folds.");
        }
        if (!validates && Fit.Weights is not null && Fit.WeightKind == WeightKind.Sampling)
        {
            throw new PlumblineException("no-likelihood", "With sampling weights there is no likelihood, so neither AIC nor BIC to select by. Compare models by cross-validation.");
        }
    }
}
