using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Hands the influence measures of every row on, some rows at a time and in order; rows of weight 0 are left out.
/// </summary>
/// <remarks>
/// Method      <see cref="RowScores"/> in double-double, then <see cref="InfluenceMeasures"/>: from the factor, no fit is made without a row.
/// Cost        k² multiply–adds in double-double a row.
/// Fails when  as <see cref="InfluenceMeasures"/>. Of an exact fit only fitted values and leverages are defined.
/// </remarks>
/// <param name="parts">The fit.</param>
/// <param name="components">What the terms add.</param>
/// <param name="take">Gets the model, and rows that are valid during the call.</param>
internal sealed class RowWriter(FittedParts parts, TermComponents components, Action<LinearModel, ReadOnlySpan<InfluenceRow>> take)
{
    private readonly LeastSquaresGeometry _geometry = parts.Solution.Geometry;
    private readonly DoubleDouble[][] _root = parts.Solution.Geometry.Root<DoubleDouble>();
    private readonly RowScores _scores = new(parts.Solution.Geometry, parts.Solution.Statistics.IsExactFit, withLeverages: true);
    private readonly InfluenceMeasures _measures = new(
        SquareSum(parts.Solution), parts.Solution.Statistics.Rows, parts.Solution.Rank, Math.ScaleB(parts.Solution.Rank * parts.Solution.Geometry.Condition, -92));

    private readonly DoubleDouble[] _x = new DoubleDouble[parts.Solution.Rank];
    private readonly DoubleDouble[] _z = new DoubleDouble[parts.Solution.Rank];
    private readonly InfluenceRow[] _rows = new InfluenceRow[RowScores.Strip];

    /// <summary>Takes the rows of a block; blocks come in order.</summary>
    public void Write(ModelBlock block)
    {
        bool isFrequency = parts.Origin.WeightKind == WeightKind.Frequency;
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start), kept = 0;
            _scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                if (weight != 0)
                {
                    _rows[kept++] = RowOf(block, start + r, r, isFrequency ? 1 : weight);
                }
            }
            take(parts.Model, _rows.AsSpan(0, kept));
        }
    }

    private InfluenceRow RowOf(ModelBlock block, int at, int r, double weight)
    {
        DoubleDouble e = _scores.Residuals[r], h = weight == 1 ? _scores.Distances[r] : _scores.Distances[r] * DoubleDouble.From(weight);
        RowInfluence influence = _measures.Of(e, weight, h);
        for (int k = 0; k < _z.Length; k++)
        {
            _z[k] = _scores.Orthonormal(k)[r];
            _x[k] = _scores.Column(k)[r];
        }
        double[] dfbetas = new double[_z.Length];
        _measures.Dfbetas(dfbetas, e, weight, h, _z, _root);
        double[] partial = new double[components.Count];
        components.Partial(partial, e, _x);
        double response = block.Response[at];
        DoubleDouble residual = e.Scale(_geometry.ResidualPower);
        return new InfluenceRow
        {
            Row = block.RowNumbers[at],
            Response = response,
            Fitted = (new DoubleDouble(response, block.ResponseLow.IsEmpty ? 0 : block.ResponseLow[at]) - residual).High,
            Residual = residual.High,
            Leverage = Math.Min(1, h.High),
            Standardized = influence.Standardized,
            Studentized = influence.Studentized,
            OutlierP = _measures.OutlierP(influence.Studentized, parts.Solution.Statistics.Rows),
            CooksDistance = influence.CooksDistance,
            Dffits = influence.Dffits,
            CovarianceRatio = influence.CovarianceRatio,
            Dfbetas = ImmutableCollectionsMarshal.AsImmutableArray(dfbetas),
            PartialResiduals = ImmutableCollectionsMarshal.AsImmutableArray(partial),
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
