using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Databases;

/// <summary>
/// Fits computed where the rows are: the database sums the moments and sends them, about k² numbers a shard, and no row leaves it.
/// Sums are rounded as the database rounds them, so digits are an estimate: see <see cref="LinearModel.Engine"/>. To have the rows read
/// and every digit proven, give the source to <see cref="LinearRegression"/>.
/// </summary>
public static class EngineRegression
{
    /// <summary>Fits a formula to a table or query of a database.</summary>
    /// <param name="formula">For example <c>price ~ area + C(zip)</c>.</param>
    /// <param name="source">The table or query.</param>
    /// <param name="options">
    /// How; null for <see cref="FitOptions.Default"/>. Its arithmetic is the database's. HC0 to HC4, CR0 and CR1 take one more pass in the database, with PostgreSQL
    /// over the same state of the data; Newey–West and the bootstrap are not to be had there.
    /// </param>
    /// <param name="progress">Told about the fraction done.</param>
    /// <param name="cancellation">Stops the fit, and the query on the server.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; besides <c>not-in-engine</c>, <c>not-pushed-down</c>,
    /// <c>shards-missing</c>, <c>table-changed</c>, <c>overflow</c>, <c>connection</c>, <c>timeout</c>, <c>no-permission</c>, <c>sql</c>; with clusters
    /// <c>missing-cluster</c> and <c>one-cluster</c>.
    /// </exception>
    public static LinearModel Fit(
        string formula, DatabaseSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Prepare(formula, source, ref options);
        CovarianceOptions covariance = options.CovarianceInUse;
        EngineCovariance.Require(covariance);
        RobustChecks.RequireColumns(source, covariance);
        EngineScan scan = Scan(formula, source, options, cancellation);
        DesignMoments moments = EngineMoments.Read(scan, SecondLook.ProgressOfFirst(progress, options));
        FittedParts parts = moments.FitParts(options);
        if (covariance.Estimator == CovarianceEstimator.Classical)
        {
            return parts.Model;
        }
        LinearModel model = new EngineCovariance(scan, moments, parts, covariance).Compute();
        progress?.Report(1);
        return model;
    }

    /// <summary>The moments of a formula, summed by the database.</summary>
    /// <inheritdoc cref="Fit"/>
    public static DesignMoments ReadMoments(
        string formula, DatabaseSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Prepare(formula, source, ref options);
        return EngineMoments.Read(Scan(formula, source, options, cancellation), progress);
    }

    private static void Prepare(string formula, DatabaseSource source, [NotNull] ref FitOptions? options)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        options.Validate();
    }

    private static EngineScan Scan(string formula, DatabaseSource source, FitOptions options, CancellationToken cancellation)
    {
        Design design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts);
        return EngineScan.Begin(design, source, options, cancellation);
    }
}
