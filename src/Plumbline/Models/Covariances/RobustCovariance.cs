namespace Plumbline;

/// <summary>What the second look at the rows found.</summary>
/// <param name="Covariance">The covariance of the estimates, and the Wald statistic.</param>
/// <param name="Details">What went into it.</param>
/// <param name="Df">Degrees of freedom of t; infinite for the normal distribution.</param>
/// <param name="DfF">Denominator degrees of freedom of F.</param>
/// <param name="Notes">What the reader should know.</param>
internal sealed record RobustResult(SandwichResult Covariance, CovarianceDetails Details, double Df, double DfF, IReadOnlyList<Note> Notes);

/// <summary>
/// A second look at the rows of a fit, for the covariances that need one. One pass, in constant memory (but for a row of sums for each
/// cluster); the result has the same bits for any number of threads and any blocks.
/// </summary>
/// <param name="solution">The fit.</param>
/// <param name="design">How a row becomes numbers.</param>
/// <param name="origin">Where the model came from.</param>
/// <param name="options">What was asked.</param>
/// <param name="isFrequency">Whether a weight says how many rows a row stands for.</param>
internal sealed class RobustCovariance(
    LeastSquaresSolution solution, FittedDesign design, ModelOrigin origin, FitOptions options, bool isFrequency = false)
{
    private readonly LeastSquaresGeometry _geometry = solution.Geometry;
    private readonly CovarianceOptions _asked = options.Covariance;
    private readonly bool _isExactFit = solution.Statistics.IsExactFit;
    private readonly RobustAssembly _assembly = new(solution, origin, options.Covariance);

    /// <summary>Reads the rows and computes.</summary>
    /// <exception cref="PlumblineException">
    /// <c>unknown-column</c>, <c>not-numeric</c>, <c>missing-cluster</c>, <c>one-cluster</c>, <c>missing-order</c>, <c>not-sorted</c>,
    /// <c>option</c>, <c>file-changed</c>, <c>read-once</c>, and what the source throws.
    /// </exception>
    public RobustResult Compute(IRowSource source, IProgress<double>? progress, CancellationToken cancellation)
    {
        string[] extras = _asked.Order is null ? [.. _asked.Clusters] : [_asked.Order];
        var rows = new ModelRows(design, source, new ModelRowsOptions { Missing = options.Missing, Extras = extras });
        RobustFound found = _asked.Estimator switch
        {
            CovarianceEstimator.CR0 or CovarianceEstimator.CR1 => Clusters(rows, progress, cancellation),
            CovarianceEstimator.NeweyWest => NeweyWest(rows, progress, cancellation),
            CovarianceEstimator.Bootstrap => Bootstrap(rows, progress, cancellation),
            _ => Heteroskedastic(rows, progress, cancellation),
        };
        return _assembly.Complete(found);
    }

    private int Threads => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    private void RequireSameRows(ModelRows rows) => RobustChecks.RequireSameRows(rows.Counts(), origin.Rows, origin.Source);

    private RobustFound Heteroskedastic(ModelRows rows, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var sums = new HeteroskedasticSums(_asked.Estimator, _geometry, _isExactFit, _assembly.Rows, isFrequency);
        rows.ForEachBlock(Threads, sums.Add, progress, cancellation);
        RequireSameRows(rows);
        if (sums.UnitLeverages > 0)
        {
            _assembly.Notes.Add(RobustChecks.UnitLeverages(_asked.Estimator, sums, rows, cancellation));
            return new RobustFound(_assembly.Undefined(), new CovarianceDetails());
        }
        return _assembly.Factored(sums.Total(), isFactored: _asked.Estimator == CovarianceEstimator.HC1);
    }

    private RobustFound Clusters(ModelRows rows, IProgress<double>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<string> columns = _asked.Clusters;
        var sums = new ClusterSums(_geometry, _isExactFit, columns.Count);
        rows.ForEachBlock(Threads, sums.Add, progress, cancellation);
        RequireSameRows(rows);
        for (int way = 0; way < columns.Count; way++)
        {
            RobustChecks.RequireClusters(columns[way], sums.Missing(way));
        }
        return _assembly.Clustered(sums.Totals());
    }

    private RobustFound NeweyWest(ModelRows rows, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (isFrequency)
        {
            throw new PlumblineException("option", "newey-west needs to know where every row stands, and with frequency weights a row stands for several. Write the rows out, or take other weights.");
        }
        if (_asked.Lags >= _assembly.Rows)
        {
            throw new PlumblineException("option", $"newey-west:{_asked.Lags} looks back {_asked.Lags} rows, and {_assembly.Rows} are used. Take fewer lags.");
        }
        if (origin.Rows.Dropped > 0)
        {
            _assembly.Notes.Add(new Note("gaps-in-order", "Rows were left out; the rows before and after each of them count as neighbors."));
        }
        using var sums = new WindowSums(_geometry, _isExactFit, _asked.Lags, _asked.Order);
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            sums.Add(block);
        }
        RequireSameRows(rows);
        RobustFound found = _assembly.Factored(sums.Total(), isFactored: _asked.Convention == CovarianceConvention.Stata, divisor: _asked.Lags + 1);
        return found with { Details = found.Details with { Order = _asked.Order } };
    }

    private RobustFound Bootstrap(ModelRows rows, IProgress<double>? progress, CancellationToken cancellation)
    {
        var bootstrap = new PairsBootstrap(_geometry, _isExactFit, solution.Statistics.Rows, isFrequency, _asked);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation };
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            bootstrap.Add(block, parallel);
        }
        RequireSameRows(rows);
        double[][] covariance = bootstrap.Covariance(parallel);
        if (bootstrap.Failed > 0)
        {
            _assembly.Notes.Add(new Note("bootstrap-failures", $"{bootstrap.Failed} of {_asked.Replicates} resamples had too few different rows to estimate all coefficients, and do not count."));
        }
        var details = new CovarianceDetails { Replicates = _asked.Replicates, Failed = bootstrap.Failed, Seed = _asked.Seed };
        return new RobustFound(bootstrap.Failed > _asked.Replicates - 2 ? _assembly.Undefined() : Sandwich.OfOrthonormal(_geometry, covariance, _assembly.Tested), details);
    }
}
