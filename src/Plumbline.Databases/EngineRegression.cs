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
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>. Its arithmetic is the database's, its covariance must be the classical one.</param>
    /// <param name="progress">Told about the fraction done.</param>
    /// <param name="cancellation">Stops the fit, and the query on the server.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; besides <c>not-in-engine</c>, <c>not-pushed-down</c>,
    /// <c>shards-missing</c>, <c>table-changed</c>, <c>overflow</c>, <c>connection</c>, <c>timeout</c>, <c>no-permission</c>, <c>sql</c>.
    /// </exception>
    public static LinearModel Fit(
        string formula, DatabaseSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= FitOptions.Default;
        options.Validate();
        if (options.CovarianceInUse.Estimator != CovarianceEstimator.Classical)
        {
            throw new PlumblineException(
                "not-in-engine", $"{options.CovarianceInUse} needs the residual of every row, and rows stay in the database. Read them with --compute local, or take the classical covariance.");
        }
        return ReadMoments(formula, source, options, progress, cancellation).Fit(options);
    }

    /// <summary>The moments of a formula, summed by the database.</summary>
    /// <inheritdoc cref="Fit"/>
    public static DesignMoments ReadMoments(
        string formula, DatabaseSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        options.Validate();
        Design design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts);
        return EngineMoments.Read(design, source, options, progress, cancellation);
    }
}
