using Plumbline.Numerics;

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
    private readonly List<Note> _notes = [];

    /// <summary>Reads the rows and computes.</summary>
    /// <exception cref="PlumblineException">
    /// <c>unknown-column</c>, <c>not-numeric</c>, <c>missing-cluster</c>, <c>one-cluster</c>, <c>missing-order</c>, <c>not-sorted</c>,
    /// <c>option</c>, <c>file-changed</c>, <c>read-once</c>, and what the source throws.
    /// </exception>
    public RobustResult Compute(IRowSource source, IProgress<double>? progress, CancellationToken cancellation)
    {
        string[] extras = _asked.Order is null ? [.. _asked.Clusters] : [_asked.Order];
        var rows = new ModelRows(design, source, new ModelRowsOptions { Missing = options.Missing, Extras = extras });
        int[] tested = [.. Enumerable.Range(0, solution.Rank).Where(i => !(origin.HasIntercept && solution.Kept[i] == 0))];
        (SandwichResult covariance, CovarianceDetails details, ModelRowCounts counts) = _asked.Estimator switch
        {
            CovarianceEstimator.CR0 or CovarianceEstimator.CR1 => Clusters(rows, tested, progress, cancellation),
            CovarianceEstimator.NeweyWest => NeweyWest(rows, tested, progress, cancellation),
            CovarianceEstimator.Bootstrap => Bootstrap(rows, tested, progress, cancellation),
            _ => Heteroskedastic(rows, tested, progress, cancellation),
        };
        RobustChecks.RequireSameRows(counts, origin.Rows, origin.Source);
        (double df, double dfF, string formula) = CovarianceDegrees.Of(_asked, solution.Statistics.DfResidual, details.Clusters);
        details = details with { Kind = _asked.ToString(), Convention = _asked.Convention, DfFormula = formula };
        if (solution.Statistics.DfResidual == 0)
        {
            covariance = Undefined();
        }
        else if (_isExactFit)
        {
            covariance = covariance with { Wald = solution.Statistics.F };
        }
        else if (!covariance.IsPositive)
        {
            _notes.Add(new Note("negative-variance", "Clustering two ways gave a negative variance, whose standard error is not defined: V_a + V_b − V_ab need not be positive. Cluster one way, or use fewer coefficients."));
        }
        else if (double.IsNaN(covariance.Wald) && tested.Length > 0)
        {
            _notes.Add(new Note("singular-covariance", "The covariance of the coefficients is singular, or not positive: F is not defined. It takes more clusters (or rows) than coefficients."));
        }
        return new RobustResult(covariance, details, df, dfF, _notes);
    }

    private int Threads => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    private double Rows => solution.Statistics.Rows;

    private Found Heteroskedastic(ModelRows rows, int[] tested, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var sums = new HeteroskedasticSums(_asked.Estimator, _geometry, _isExactFit, Rows, isFrequency);
        rows.ForEachBlock(Threads, sums.Add, progress, cancellation);
        ModelRowCounts counts = rows.Counts();
        if (sums.UnitLeverages > 0)
        {
            _notes.Add(RobustChecks.UnitLeverages(_asked.Estimator, sums, rows, cancellation));
            return new Found(Undefined(), new CovarianceDetails(), counts);
        }
        return Factored(sums.Total(), isFactored: _asked.Estimator == CovarianceEstimator.HC1, divisor: 1, tested, counts);
    }

    private Found Clusters(ModelRows rows, int[] tested, IProgress<double>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<string> columns = _asked.Clusters;
        var sums = new ClusterSums(_geometry, _isExactFit, columns.Count);
        rows.ForEachBlock(Threads, sums.Add, progress, cancellation);
        for (int way = 0; way < columns.Count; way++)
        {
            if (sums.Missing(way) is > 0 and long missing)
            {
                throw new PlumblineException(
                    "missing-cluster",
                    $"{Schema.Shown(columns[way])} is missing in {missing} of the rows that the model was fitted to, so nobody knows their cluster. Fill it in, or leave such rows out of the data.")
                {
                    Column = columns[way],
                };
            }
        }
        IReadOnlyList<(Func<int, int, Numerics.ExactValue> Sum, long Clusters)> totals = sums.Totals();
        string[] names = columns.Count == 1 ? [columns[0]] : [columns[0], columns[1], $"{columns[0]} × {columns[1]}"];
        ClusterCount[] counts = [.. names.Zip(totals, static (name, total) => new ClusterCount(name, total.Clusters))];
        foreach (ClusterCount way in counts.Take(columns.Count))
        {
            if (way.Count < 2)
            {
                throw new PlumblineException(
                    "one-cluster",
                    $"{Schema.Shown(way.Column)} has one value only in the rows used, and errors are compared between clusters. Name a column with many values, or use HC3.")
                {
                    Column = way.Column,
                };
            }
        }
        _notes.AddRange(RobustChecks.Few(counts.Take(columns.Count)));
        bool isFactored = _asked.Estimator == CovarianceEstimator.CR1;
        SandwichPart[] parts =
        [
            .. totals.Select((total, t) =>
            {
                double g = total.Clusters, sign = t == 2 ? -1 : 1;
                return new SandwichPart(total.Sum, sign * (isFactored ? g * (Rows - 1) : 1), isFactored ? (g - 1) * solution.Statistics.DfResidual : 1);
            }),
        ];
        var details = new CovarianceDetails
        {
            Factor = !isFactored ? 1 : parts.Length == 1 ? parts[0].Numerator / parts[0].Denominator : double.NaN,
            FactorFormula = isFactored ? "G/(G − 1)·(n − 1)/(n − k)" : null,
            Clusters = counts,
        };
        return new Found(solution.Statistics.DfResidual == 0 ? Undefined() : Sandwich.OfSums(_geometry, parts, tested), details, rows.Counts());
    }

    private Found NeweyWest(ModelRows rows, int[] tested, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (isFrequency)
        {
            throw new PlumblineException("option", "newey-west needs to know where every row stands, and with frequency weights a row stands for several. Write the rows out, or take other weights.");
        }
        if (_asked.Lags >= Rows)
        {
            throw new PlumblineException("option", $"newey-west:{_asked.Lags} looks back {_asked.Lags} rows, and {Rows} are used. Take fewer lags.");
        }
        if (origin.Rows.Dropped > 0)
        {
            _notes.Add(new Note("gaps-in-order", "Rows were left out; the rows before and after each of them count as neighbors."));
        }
        using var sums = new WindowSums(_geometry, _isExactFit, _asked.Lags, _asked.Order);
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            sums.Add(block);
        }
        Found found = Factored(sums.Total(), isFactored: _asked.Convention == CovarianceConvention.Stata, divisor: _asked.Lags + 1, tested, rows.Counts());
        return found with { Details = found.Details with { Order = _asked.Order } };
    }

    private Found Bootstrap(ModelRows rows, int[] tested, IProgress<double>? progress, CancellationToken cancellation)
    {
        var bootstrap = new PairsBootstrap(_geometry, _isExactFit, solution.Statistics.Rows, isFrequency, _asked);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation };
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            bootstrap.Add(block, parallel);
        }
        double[][] covariance = bootstrap.Covariance(parallel);
        if (bootstrap.Failed > 0)
        {
            _notes.Add(new Note("bootstrap-failures", $"{bootstrap.Failed} of {_asked.Replicates} resamples had too few different rows to estimate all coefficients, and do not count."));
        }
        var details = new CovarianceDetails { Replicates = _asked.Replicates, Failed = bootstrap.Failed, Seed = _asked.Seed };
        return new Found(bootstrap.Failed > _asked.Replicates - 2 ? Undefined() : Sandwich.OfOrthonormal(_geometry, covariance, tested), details, rows.Counts());
    }

    /// <summary>The sandwich of one sum, times n/(n − k) or not.</summary>
    private Found Factored(Func<int, int, ExactValue> sum, bool isFactored, double divisor, int[] tested, ModelRowCounts counts)
    {
        double numerator = isFactored ? Rows : 1, denominator = isFactored ? solution.Statistics.DfResidual : 1;
        var details = new CovarianceDetails { Factor = numerator / denominator, FactorFormula = isFactored ? "n/(n − k)" : null };
        return new Found(
            denominator == 0 ? Undefined() : Sandwich.OfSums(_geometry, [new SandwichPart(sum, numerator, denominator * divisor)], tested), details, counts);
    }

    private SandwichResult Undefined()
    {
        var nothing = new double[_geometry.Count][];
        for (int i = 0; i < nothing.Length; i++)
        {
            nothing[i] = new double[_geometry.Count];
            Array.Fill(nothing[i], double.NaN);
        }
        return new SandwichResult(nothing, nothing.Length == 0 ? [] : nothing[0], double.NaN, true);
    }

    private sealed record Found(SandwichResult Covariance, CovarianceDetails Details, ModelRowCounts Counts);
}
