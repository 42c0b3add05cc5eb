using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The rows of a fit, one by one and in order: residual, leverage, and what the fit would be without the row. One reading for the fit, one
/// for the rows, in constant memory.
/// </summary>
/// <remarks>
/// Method      <see cref="RowScores"/> in double-double, then <see cref="InfluenceMeasures"/>: from the factor, no fit is made without a row.
/// Cost        k² multiply–adds in double-double a row, and a reading of the rows.
/// Fails when  as <see cref="InfluenceMeasures"/>.
/// </remarks>
public sealed class InfluenceRows
{
    private readonly FittedParts _parts;
    private readonly IRowSource _source;
    private readonly MissingValues _missing;

    private InfluenceRows(FittedParts parts, IRowSource source, MissingValues missing)
    {
        _parts = parts;
        _source = source;
        _missing = missing;
    }

    /// <summary>The model, with the classical covariance. Its coefficients name what <see cref="InfluenceRow.Dfbetas"/> are of.</summary>
    public LinearModel Model => _parts.Model;

    /// <summary>Fits a formula to rows that can be read again.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>. The covariance is of no account.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="PlumblineException">As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>.</exception>
    public static InfluenceRows Fit(
        string formula, IRowSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        options.Validate();
        var design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts);
        return new InfluenceRows(LinearRegression.Parts(design, source, options, progress, cancellation), source, options.Missing);
    }

    /// <summary>Reads the rows once more. Rows that the fit dropped, and rows of weight 0, are left out.</summary>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">
    /// What the source throws; <c>read-once</c>: it is a pipe; <c>file-changed</c>: there are other rows than when the model was fitted.
    /// </exception>
    public IEnumerable<InfluenceRow> Read(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var rows = new ModelRows(_parts.Origin.Design!, _source, new ModelRowsOptions { Missing = _missing });
        LeastSquaresSolution solution = _parts.Solution;
        LeastSquaresGeometry geometry = solution.Geometry;
        bool isFrequency = _parts.Origin.WeightKind == WeightKind.Frequency;
        var scores = new RowScores(geometry, solution.Statistics.IsExactFit, withLeverages: true);
        var measures = new InfluenceMeasures(
            SquareSum(solution), solution.Statistics.Rows, geometry.Count, Math.ScaleB(geometry.Count * geometry.Condition, -92));
        DoubleDouble[][] root = geometry.Root<DoubleDouble>();
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            for (int start = 0; start < block.Rows; start += RowScores.Strip)
            {
                int count = Math.Min(RowScores.Strip, block.Rows - start);
                scores.Take(block, start, count);
                for (int r = 0; r < count; r++)
                {
                    double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                    if (weight != 0)
                    {
                        yield return RowOf(block, start + r, scores, r, isFrequency ? 1 : weight, measures, root);
                    }
                }
            }
        }
        ModelRowCounts again = rows.Counts();
        RobustChecks.RequireSameRows(again, _parts.Origin.Rows, _source.Name);
    }

    private InfluenceRow RowOf(
        ModelBlock block, int at, RowScores scores, int r, double weight, InfluenceMeasures measures, DoubleDouble[][] root)
    {
        DoubleDouble e = scores.Residuals[r], h = weight == 1 ? scores.Distances[r] : scores.Distances[r] * DoubleDouble.From(weight);
        RowInfluence influence = measures.Of(e, weight, h);
        int count = root.Length;
        DoubleDouble[] z = new DoubleDouble[count];
        for (int k = 0; k < count; k++)
        {
            z[k] = scores.Orthonormal(k)[r];
        }
        double[] dfbetas = new double[count];
        measures.Dfbetas(dfbetas, e, weight, h, z, root);
        double response = block.Response[at];
        DoubleDouble residual = e.Scale(_parts.Solution.Geometry.ResidualPower);
        double low = block.ResponseLow.IsEmpty ? 0 : block.ResponseLow[at];
        return new InfluenceRow
        {
            Row = block.RowNumbers[at],
            Response = response,
            Fitted = (new DoubleDouble(response, low) - residual).High,
            Residual = residual.High,
            Leverage = Math.Min(1, h.High),
            Standardized = influence.Standardized,
            Studentized = influence.Studentized,
            OutlierP = measures.OutlierP(influence.Studentized, _parts.Solution.Statistics.Rows),
            CooksDistance = influence.CooksDistance,
            Dffits = influence.Dffits,
            CovarianceRatio = influence.CovarianceRatio,
            Dfbetas = [.. dfbetas],
        };
    }

    /// <summary>RSS in the unit of scaled residuals, squared.</summary>
    private static DoubleDouble SquareSum(LeastSquaresSolution solution)
    {
        int power = -2 * solution.Geometry.ResidualPower;
        return solution.RssEnclosure is { } enclosure
            ? DoubleDouble.From((enclosure.Low + enclosure.High).Scale(power - 1))
            : DoubleDouble.From(solution.Statistics.Rss).Scale(power);
    }
}
