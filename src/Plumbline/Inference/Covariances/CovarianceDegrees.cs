namespace Plumbline;

/// <summary>
/// The degrees of freedom that go with a covariance. Clusters count as observations in Stata (G − 1; two ways: the smaller G), not in R's
/// sandwich (n − k); statsmodels takes the normal distribution for coefficients and G − 1 or n − k for F; Stata's bootstrap is normal.
/// </summary>
internal static class CovarianceDegrees
{
    /// <summary>Degrees of freedom of t (infinite: normal) and of F's denominator, and those of t as a formula.</summary>
    public static (double T, double F, string Formula) Of(CovarianceOptions options, long residual, IReadOnlyList<ClusterCount> clusters)
    {
        bool isClustered = options.Estimator is CovarianceEstimator.CR0 or CovarianceEstimator.CR1;
        double fewest = isClustered ? clusters.Take(options.Clusters.Count).Min(static c => c.Count) - 1 : residual;
        string formula = isClustered ? options.Clusters.Count == 2 ? "min(G) − 1" : "G − 1" : "n − k";
        return options.Convention switch
        {
            CovarianceConvention.Sandwich => (residual, residual, "n − k"),
            CovarianceConvention.Statsmodels => (double.PositiveInfinity, fewest, "normal"),
            _ when options.Estimator == CovarianceEstimator.Bootstrap => (double.PositiveInfinity, double.PositiveInfinity, "normal"),
            _ => (fewest, fewest, formula),
        };
    }
}
