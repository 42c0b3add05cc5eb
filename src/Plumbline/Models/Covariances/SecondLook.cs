namespace Plumbline;

/// <summary>What a fit does for a covariance that reads the rows again; nothing for the classical one.</summary>
internal static class SecondLook
{
    /// <summary>Before the first reading: the columns that the covariance names must be there.</summary>
    public static void Prepare(IRowSource source, CovarianceOptions options) => RobustChecks.RequireColumns(source, options);

    /// <summary>The progress of the first reading: a half when there is a second.</summary>
    public static IProgress<double>? ProgressOfFirst(IProgress<double>? progress, FitOptions options) =>
        options.CovarianceInUse.Estimator != CovarianceEstimator.Classical ? HalfProgress.First(progress) : progress;

    /// <summary>The model with the covariance asked for, and the inference that follows it.</summary>
    /// <param name="parts">The fit.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="source">The rows.</param>
    /// <param name="progress">Of both readings.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static LinearModel Covariance(FittedParts parts, FitOptions options, IRowSource source, IProgress<double>? progress, CancellationToken cancellation)
    {
        options = options with { Covariance = options.CovarianceInUse };
        if (options.Covariance.Estimator == CovarianceEstimator.Classical)
        {
            return parts.Model;
        }
        bool isFrequency = parts.Origin.WeightKind == WeightKind.Frequency;
        var second = new RobustCovariance(parts.Solution, parts.Origin.Design!, parts.Origin, options, isFrequency);
        try
        {
            return ModelAssembly.With(parts.Model, second.Compute(source, HalfProgress.Second(progress), cancellation));
        }
        catch (PlumblineException refused) when (refused.Code == "read-once")
        {
            throw RobustChecks.ReadOnce(refused, options.Covariance);
        }
    }
}

/// <summary>A fit, and what a second look at the rows needs of it.</summary>
/// <param name="Model">As assembled from the solution.</param>
/// <param name="Solution">The fit.</param>
/// <param name="Origin">Where the model came from, its design included.</param>
internal sealed record FittedParts(LinearModel Model, LeastSquaresSolution Solution, ModelOrigin Origin);
