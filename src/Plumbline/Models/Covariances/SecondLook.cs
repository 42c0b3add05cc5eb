namespace Plumbline;

/// <summary>What a fit does for a covariance that reads the rows again; nothing for the classical one.</summary>
internal static class SecondLook
{
    /// <summary>Before the first reading: the columns that the covariance names must be there.</summary>
    public static void Prepare(IRowSource source, CovarianceOptions options) => RobustChecks.RequireColumns(source, options);

    /// <summary>The progress of the first reading: a half when there is a second.</summary>
    public static IProgress<double>? ProgressOfFirst(IProgress<double>? progress, CovarianceOptions options) =>
        IsWanted(options) ? HalfProgress.First(progress) : progress;

    /// <summary>The model with the covariance asked for, and the inference that follows it.</summary>
    /// <param name="model">As assembled from the solution.</param>
    /// <param name="solution">The fit.</param>
    /// <param name="origin">Where the model came from, its design included.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="source">The rows.</param>
    /// <param name="progress">Of both readings.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static LinearModel Covariance(
        LinearModel model, LeastSquaresSolution solution, ModelOrigin origin, FitOptions options, IRowSource source, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!IsWanted(options.Covariance))
        {
            return model;
        }
        var second = new RobustCovariance(solution, origin.Design!, origin, options);
        try
        {
            return ModelAssembly.With(model, second.Compute(source, HalfProgress.Second(progress), cancellation));
        }
        catch (PlumblineException refused) when (refused.Code == "read-once")
        {
            throw RobustChecks.ReadOnce(refused, options.Covariance);
        }
    }

    private static bool IsWanted(CovarianceOptions options) => options.Estimator != CovarianceEstimator.Classical;
}
