namespace Plumbline;

/// <summary>How the covariance of the estimates is found. e are residuals, h leverages, n rows, k coefficients, G clusters.</summary>
public enum CovarianceEstimator
{
    /// <summary>σ̂²(XᵀWX)⁻¹: right when all errors have one variance and are uncorrelated.</summary>
    Classical,

    /// <summary>White's: errors of any variance; e².</summary>
    HC0,

    /// <summary>HC0 times n/(n − k).</summary>
    HC1,

    /// <summary>e²/(1 − h): unbiased when the variance is constant after all.</summary>
    HC2,

    /// <summary>e²/(1 − h)²: near the jackknife; the choice for small samples.</summary>
    HC3,

    /// <summary>e²/(1 − h)^min(4, nh/k): for points of high leverage.</summary>
    HC4,

    /// <summary>Errors that are correlated within clusters, one or two ways; no factor.</summary>
    CR0,

    /// <summary>CR0 times G/(G − 1)·(n − 1)/(n − k).</summary>
    CR1,

    /// <summary>Errors of any variance that are correlated with their neighbors in order, up to a number of lags.</summary>
    NeweyWest,

    /// <summary>The spread of the estimates over resamples of the rows, drawn with replacement.</summary>
    Bootstrap,
}

/// <summary>Whose factors and degrees of freedom are used, where programs differ.</summary>
public enum CovarianceConvention
{
    /// <summary>
    /// Clusters: t and F with G − 1 degrees of freedom. Newey–West: factor n/(n − k). Bootstrap: the normal distribution.
    /// Otherwise t with n − k.
    /// </summary>
    Stata,

    /// <summary>R's sandwich with lmtest's coeftest: t with n − k degrees of freedom throughout, no factor for Newey–West.</summary>
    Sandwich,

    /// <summary>
    /// Python's statsmodels (<c>fit(cov_type=…)</c>): the normal distribution for coefficients; F with n − k, for clusters G − 1; no factor
    /// for Newey–West.
    /// </summary>
    Statsmodels,
}
