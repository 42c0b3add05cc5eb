namespace Plumbline;

/// <summary>Two models of the same rows, the columns of one among the combinations of the other's. NaN where a quantity is not defined.</summary>
public sealed record NestedComparison
{
    /// <summary>The formula of the model with fewer coefficients.</summary>
    public required string Smaller { get; init; }

    /// <summary>The formula of the other.</summary>
    public required string Larger { get; init; }

    /// <summary>Residual sum of squares of the smaller model.</summary>
    public required double SmallerRss { get; init; }

    /// <summary>Residual sum of squares of the larger model.</summary>
    public required double LargerRss { get; init; }

    /// <summary>Residual degrees of freedom of the smaller model.</summary>
    public required long SmallerDfResidual { get; init; }

    /// <summary>Residual degrees of freedom of the larger model.</summary>
    public required long LargerDfResidual { get; init; }

    /// <summary>Gaussian log-likelihood of the smaller model.</summary>
    public required double SmallerLogLikelihood { get; init; }

    /// <summary>Gaussian log-likelihood of the larger model.</summary>
    public required double LargerLogLikelihood { get; init; }

    /// <summary>By how much the larger model lowers the residual sum of squares.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>Correct significant digits of that, proven; null for an exact 0.</summary>
    public required int? Digits { get; init; }

    /// <summary>The F test, as R's <c>anova</c> of two models. Its first degrees of freedom are the difference of the ranks.</summary>
    public required FTest F { get; init; }

    /// <summary>The likelihood-ratio statistic, −2·(log-likelihood of the smaller − of the larger) = n·log(RSS/RSS).</summary>
    public required double LikelihoodRatio { get; init; }

    /// <summary>Its p-value, against χ² with as many degrees of freedom as coefficients were added.</summary>
    public required double LikelihoodRatioP { get; init; }

    /// <summary>The Wald statistic with the classical covariance: F times its first degrees of freedom.</summary>
    public required double Wald { get; init; }

    /// <summary>Its p-value, against the same χ².</summary>
    public required double WaldP { get; init; }
}
