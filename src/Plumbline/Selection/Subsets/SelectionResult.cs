namespace Plumbline;

/// <summary>A model of some of the formula's terms.</summary>
public sealed record SubsetModel
{
    /// <summary>Its terms, in the order of the formula.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Its formula.</summary>
    public required string Formula { get; init; }

    /// <summary>The number of coefficients estimated.</summary>
    public required int Rank { get; init; }

    /// <summary>The residual sum of squares.</summary>
    public required double Rss { get; init; }

    /// <summary>1 − RSS/TSS, adjusted for degrees of freedom.</summary>
    public required double AdjustedRSquared { get; init; }

    /// <summary>Mallows' RSS/σ̂² − n + 2·rank, σ̂² that of the whole formula; NaN when that fits exactly.</summary>
    public required double MallowsCp { get; init; }

    /// <summary>Akaike's criterion; −∞ for an exact fit.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian criterion; −∞ for an exact fit.</summary>
    public required double Bic { get; init; }

    /// <summary>AIC or BIC.</summary>
    internal double By(SelectionCriterion criterion) => criterion == SelectionCriterion.Aic ? Aic : Bic;
}

/// <summary>How models are looked for.</summary>
public enum SelectionMethod
{
    /// <summary>A term at a time.</summary>
    Stepwise,

    /// <summary>The best of all subsets.</summary>
    BestSubsets,
}

/// <summary>A step of a stepwise search.</summary>
/// <param name="Added">The term added, or null.</param>
/// <param name="Dropped">The term dropped, or null; both are null at the start.</param>
/// <param name="Model">The model after it.</param>
public sealed record SelectionStep(string? Added, string? Dropped, SubsetModel Model);

/// <summary>What a selection came to.</summary>
public sealed record SelectionResult
{
    /// <summary>How it was done.</summary>
    public required SelectionOptions Options { get; init; }

    /// <summary>How models were looked for.</summary>
    public required SelectionMethod Method { get; init; }

    /// <summary>The formula that was selected from.</summary>
    public required string Formula { get; init; }

    /// <summary>The steps of a stepwise search, the start first; empty for best subsets, and with folds.</summary>
    public IReadOnlyList<SelectionStep> Steps { get; init; } = [];

    /// <summary>For each number of terms the model with the least RSS that the method finds; empty for a stepwise search without folds.</summary>
    public IReadOnlyList<SubsetModel> Sizes { get; init; } = [];

    /// <summary>How many models were looked at: fitted, or for best subsets had their RSS computed.</summary>
    public required long Examined { get; init; }

    /// <summary>The validation of <see cref="Sizes"/>; null when rows were not divided.</summary>
    public SelectionValidation? Validation { get; init; }

    /// <summary>The model with the least criterion.</summary>
    public required SubsetModel Best { get; init; }

    /// <summary>Its fit, with a note that its p-values do not know of the selection.</summary>
    public required LinearModel Model { get; init; }
}
