namespace Plumbline;

/// <summary>How many clusters there are.</summary>
/// <param name="Column">The column, or for the intersection of two ways both: <c>firm × year</c>.</param>
/// <param name="Count">How many different values it has among the rows used.</param>
public sealed record ClusterCount(string Column, long Count);

/// <summary>Which covariance a model has, and what went into it: all that a reader needs to find the same numbers elsewhere.</summary>
public sealed record CovarianceDetails
{
    /// <summary>σ̂²(XᵀWX)⁻¹.</summary>
    public static CovarianceDetails Classical { get; } = new();

    /// <summary>As given to <c>--cov</c>: <c>classical</c>, <c>HC3</c>, <c>CR1:district</c>.</summary>
    public string Kind { get; init; } = "classical";

    /// <summary>What the sandwich was multiplied by; 1 when by nothing, NaN when each way of clustering has a factor of its own.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The factor as a formula, <c>n/(n − k)</c>; null when there is none.</summary>
    public string? FactorFormula { get; init; }

    /// <summary>Whose factors and degrees of freedom they are.</summary>
    public CovarianceConvention Convention { get; init; }

    /// <summary>The degrees of freedom of t as a formula: <c>n − k</c>, <c>G − 1</c>, <c>min(G) − 1</c>, or <c>normal</c> for the normal distribution.</summary>
    public string DfFormula { get; init; } = "n − k";

    /// <summary>The clusters, for two ways also of their intersection; empty when there are none.</summary>
    public IReadOnlyList<ClusterCount> Clusters { get; init; } = [];

    /// <summary>The column that rows are ordered by; null when it was the order of the source, or when order is of no account.</summary>
    public string? Order { get; init; }

    /// <summary>How many resamples were drawn; 0 without a bootstrap.</summary>
    public int Replicates { get; init; }

    /// <summary>How many of them left too few different rows to estimate all coefficients, and do not count.</summary>
    public int Failed { get; init; }

    /// <summary>The seed of the draws; null without a bootstrap.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Whether the order of the rows counts (Newey–West).</summary>
    public bool IsOrdered => Kind.StartsWith("newey-west", StringComparison.Ordinal);

    /// <summary>Whether this is the classical covariance.</summary>
    public bool IsClassical => Kind == "classical";
}
