namespace Plumbline;

/// <summary>Which covariance of the estimates a fit reports. Immutable: change with <c>with</c>, or read it from text with <see cref="Parse"/>.</summary>
public sealed record CovarianceOptions
{
    private const int MostReplicates = 1_000_000;

    /// <summary>σ̂²(XᵀWX)⁻¹.</summary>
    public static CovarianceOptions Classical { get; } = new();

    /// <summary>How the covariance is found. Default: <see cref="CovarianceEstimator.Classical"/>. All others read the rows a second time.</summary>
    public CovarianceEstimator Estimator { get; init; }

    /// <summary>The columns that name the clusters: one or two for <see cref="CovarianceEstimator.CR0"/> and <see cref="CovarianceEstimator.CR1"/>, else none.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>For <see cref="CovarianceEstimator.NeweyWest"/>: over how many rows errors may be correlated.</summary>
    public int Lags { get; init; }

    /// <summary>For <see cref="CovarianceEstimator.Bootstrap"/>: how many resamples, at least 2.</summary>
    public int Replicates { get; init; }

    /// <summary>For <see cref="CovarianceEstimator.Bootstrap"/>: the seed of the draws. The same seed gives the same bits. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// For <see cref="CovarianceEstimator.NeweyWest"/>: a numeric column that must grow from row to row. Default: none, the order of the source
    /// is taken as it is.
    /// </summary>
    public string? Order { get; init; }

    /// <summary>Whose factors and degrees of freedom are used. Default: <see cref="CovarianceConvention.Stata"/>.</summary>
    public CovarianceConvention Convention { get; init; }

    /// <summary>Reads what <c>--cov</c> takes.</summary>
    /// <param name="text">
    /// <c>classical</c>, <c>HC0</c> … <c>HC4</c>, <c>CR0:COLUMN</c>, <c>CR1:COLUMN</c>, either with a second column after a comma,
    /// <c>newey-west:LAGS</c> or <c>bootstrap:N</c>; upper and lower case are the same. A column whose name has a comma or a backquote stands in
    /// backquotes, as in a formula.
    /// </param>
    /// <exception cref="PlumblineException">Code <c>option</c>: the text is something else.</exception>
    public static CovarianceOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CovarianceOptions options = CovarianceText.Parse(text);
        options.Validate();
        return options;
    }

    /// <summary>What <see cref="Parse"/> reads: <c>CR1:district</c>. Seed, order and convention are no part of it.</summary>
    public override string ToString() => CovarianceText.Of(this);

    /// <summary>Whether all options are the same, the columns of the clusters by name.</summary>
    public bool Equals(CovarianceOptions? other) =>
        other is not null
        && (Estimator, Lags, Replicates, Seed, Order, Convention) == (other.Estimator, other.Lags, other.Replicates, other.Seed, other.Order, other.Convention)
        && Clusters.SequenceEqual(other.Clusters, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Estimator, Clusters.Count, Lags, Replicates, Seed, Order, Convention);

    internal void Validate()
    {
        if (!Enum.IsDefined(Estimator) || !Enum.IsDefined(Convention))
        {
            throw Wrong("The covariance's estimator or convention is not one of its values.");
        }
        bool isClustered = Estimator is CovarianceEstimator.CR0 or CovarianceEstimator.CR1;
        if (isClustered != Clusters.Count is 1 or 2 || (!isClustered && Clusters.Count > 0))
        {
            throw Wrong(isClustered
                ? $"{Estimator} has {Clusters.Count} columns of clusters; it takes one or two, as in CR1:district."
                : $"{Estimator} takes no columns of clusters; CR0 and CR1 do.");
        }
        if (Clusters.Count == 2 && Clusters[0] == Clusters[1])
        {
            throw Wrong($"Both ways of clustering are `{FormulaError.Clean(Clusters[0])}`. Name two different columns, or one.");
        }
        if (Estimator == CovarianceEstimator.NeweyWest ? Lags < 0 : Lags != 0)
        {
            throw Wrong($"There are {Lags} lags: newey-west takes 0 or more, others none.");
        }
        if (Estimator == CovarianceEstimator.Bootstrap ? Replicates is < 2 or > MostReplicates : Replicates != 0)
        {
            throw Wrong($"There are {Replicates} resamples: bootstrap takes 2 to {MostReplicates}, others none.");
        }
        if (Order is not null && Estimator != CovarianceEstimator.NeweyWest)
        {
            throw Wrong($"The order `{FormulaError.Clean(Order)}` is of use to newey-west only. Leave it out, or ask for newey-west:LAGS.");
        }
    }

    private static PlumblineException Wrong(string message) => new("option", message);
}
