namespace Plumbline;

/// <summary>A penalized fit for one λ.</summary>
public sealed record PathStep
{
    /// <summary>λ.</summary>
    public required double Lambda { get; init; }

    /// <summary>The coefficients in the data's units, in the order of <see cref="RegularizationPath.Names"/>.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>How many of them are not 0, the intercept aside.</summary>
    public required int NonZero { get; init; }

    /// <summary>
    /// Effective degrees of freedom, the intercept aside: the trace of the matrix that takes the response to the fit, for the columns that are
    /// neither 0 nor at a bound. For lasso their number (Zou, Hastie, Tibshirani 2007), for ridge Σ dⱼ²/(dⱼ² + nλ) of the singular values dⱼ.
    /// </summary>
    public required double Df { get; init; }

    /// <summary>
    /// By how much the penalized loss can be above its minimum, at most: primal less dual objective, as a share of the loss of the mean alone
    /// (TSS/(2n)). A proof, up to rounding, that these are the coefficients.
    /// </summary>
    public required double DualityGap { get; init; }

    /// <summary>Residual sum of squares (weighted when there are weights).</summary>
    public required double Rss { get; init; }

    /// <summary>1 − RSS/TSS.</summary>
    public required double RSquared { get; init; }

    /// <summary>Akaike's criterion with <see cref="Df"/>; the intercept and σ count as parameters. NaN when RSS is 0.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian criterion with <see cref="Df"/>; the intercept and σ count as parameters. NaN when RSS is 0.</summary>
    public required double Bic { get; init; }
}

/// <summary>Penalized fits for falling λ, from exact moments.</summary>
public sealed record RegularizationPath
{
    /// <summary>The names of the coefficients, the intercept first when there is one.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How it was made.</summary>
    public required PathOptions Options { get; init; }

    /// <summary>Whether the first coefficient is the intercept.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The number of observations: the rows used, or the sum of frequencies.</summary>
    public required long Observations { get; init; }

    /// <summary>Σw; the number of observations without weights.</summary>
    public required double Weight { get; init; }

    /// <summary>The standard deviation of the response (1/n; less the offset), which glmnet's λ needs (<see cref="Penalty"/>).</summary>
    public required double ResponseDeviation { get; init; }

    /// <summary>The total sum of squares: about the mean with an intercept, about 0 without.</summary>
    public required double Tss { get; init; }

    /// <summary>The least λ at which no penalized coefficient enters; for α below 0.001 that of α = 0.001.</summary>
    public required double LargestLambda { get; init; }

    /// <summary>The fits, from the largest λ down.</summary>
    public required IReadOnlyList<PathStep> Steps { get; init; }

    /// <summary>Columns that do not vary: no coefficient, 0.</summary>
    public required IReadOnlyList<string> Constant { get; init; }

    /// <summary>Works out the path from moments, without a look at the rows.</summary>
    /// <param name="moments">From a <see cref="MomentsBuilder"/>, or merged from parts; the last column is the response.</param>
    /// <param name="options">How; null for <see cref="PathOptions.Default"/>.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <exception cref="PlumblineException">
    /// No row (<c>no-rows</c>), no predictor (<c>shape</c>), a response that does not vary (<c>constant-response</c>), an option that is out of range
    /// (<c>option</c>), or a name that no coefficient has (<c>no-coefficient</c>).
    /// </exception>
    public static RegularizationPath Of(Moments moments, PathOptions? options = null, bool intercept = true)
    {
        ArgumentNullException.ThrowIfNull(moments);
        options ??= PathOptions.Default;
        options.Validate();
        if (moments.Columns.Count < 2)
        {
            throw new PlumblineException("shape", "The moments have no response: they need at least one column besides the intercept.");
        }
        var problem = PenalizedProblem.Of(ModelMoments.Of(moments), intercept, options.Standardize);
        return PenalizedPath.Solve(problem, ColumnLimits.Of(options, [.. moments.Columns.Skip(1).SkipLast(1).Select(static c => (c.Name, c.Name))]), options);
    }
}
