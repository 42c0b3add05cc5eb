namespace Plumbline;

/// <summary>
/// The model seen through its likelihood: errors are independent and normal, and the parameters are β and σ². The estimate of β
/// that maximizes it is that of least squares.
/// </summary>
public sealed record GaussianLikelihood
{
    /// <summary>The log-likelihood at its maximum (σ² = RSS/n), as R's <c>logLik</c>.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of parameters: the coefficients, and σ².</summary>
    public required int Parameters { get; init; }

    /// <summary>The variance that maximizes the likelihood, RSS/n, in squared units of the response: too small on average by the factor (n − rank)/n.</summary>
    public required double MaximumLikelihoodVariance { get; init; }

    /// <summary>The variance without bias, RSS/(n − rank), which standard errors use.</summary>
    public required double UnbiasedVariance { get; init; }
}

/// <summary>A point of a profile.</summary>
/// <param name="Value">The coefficient.</param>
/// <param name="LogLikelihood">The greatest log-likelihood with the coefficient at that value.</param>
/// <param name="SignedRoot">±√(2·(maximum − log-likelihood)), with the sign of value − estimate: near standard normal when the value is true.</param>
public sealed record ProfilePoint(double Value, double LogLikelihood, double SignedRoot);

/// <summary>
/// The profile likelihood of a coefficient: for each value of it, the greatest likelihood that all other parameters can reach.
/// </summary>
public sealed record LikelihoodProfile
{
    /// <summary>The coefficient.</summary>
    public required string Name { get; init; }

    /// <summary>Its estimate, where the profile has its top.</summary>
    public required double Estimate { get; init; }

    /// <summary>The log-likelihood there.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The level of the interval.</summary>
    public required double Level { get; init; }

    /// <summary>How far the log-likelihood may fall inside the interval: half a quantile of χ² with one degree of freedom.</summary>
    public required double Cut { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public required double Upper { get; init; }

    /// <summary>The profile, ascending in the coefficient's value.</summary>
    public required IReadOnlyList<ProfilePoint> Points { get; init; }
}
