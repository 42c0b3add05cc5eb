using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Makes the influence measures of every row, some rows at a time; rows of weight 0 are left out. For one thread.
/// </summary>
/// <remarks>
/// Method      <see cref="RowScores"/> in double-double, then <see cref="InfluenceMeasures"/>: from the factor, no fit is made without a row.
/// Cost        k² multiply–adds in double-double a row.
/// Fails when  as <see cref="InfluenceMeasures"/>. Of an exact fit only fitted values and leverages are defined.
/// </remarks>
internal sealed class RowWriter
{
    private readonly FittedParts _parts;
    private readonly TermComponents _components;
    private readonly Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action> _take;
    private readonly LeastSquaresGeometry _geometry;
    private readonly DoubleDouble[][] _root;
    private readonly DoubleDouble[] _errors;        // √(XᵀWX)⁻¹_jj
    private readonly RowScores _scores;
    private readonly InfluenceMeasures _measures;
    private readonly double _unremarkable;          // below it the bound on the largest of n residuals is 1
    private readonly DoubleDouble[][] _moves;       // (XᵀWX)⁻¹x over the strip
    private readonly DoubleDouble[] _row;
    private readonly InfluenceRow[] _rows = new InfluenceRow[RowScores.Strip];

    /// <param name="parts">The fit.</param>
    /// <param name="components">What the terms add.</param>
    /// <param name="take">Gets the model, and rows that are valid during the call; returns what is to be done in their turn.</param>
    public RowWriter(FittedParts parts, TermComponents components, Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action> take)
    {
        (_parts, _components, _take) = (parts, components, take);
        LeastSquaresSolution solution = parts.Solution;
        _geometry = solution.Geometry;
        _root = _geometry.Root<DoubleDouble>();
        _scores = new RowScores(_geometry, solution.Statistics.IsExactFit, withLeverages: true);
        _measures = new InfluenceMeasures(SquareSum(solution), solution.Statistics.Rows, solution.Rank, Math.ScaleB(solution.Rank * _geometry.Condition, -92));
        _row = new DoubleDouble[solution.Rank];
        _moves = [.. _row.Select(static _ => new DoubleDouble[RowScores.Strip])];
        _errors = new DoubleDouble[solution.Rank];
        for (int j = 0; j < _errors.Length; j++)
        {
            DoubleDouble diagonal = 0;
            for (int k = j; k < _root.Length; k++)
            {
                diagonal += _root[k][j] * _root[k][j];
            }
            _errors[j] = DoubleDouble.Sqrt(diagonal);
        }
        double rows = solution.Statistics.Rows;
        _unremarkable = _measures.StudentizedDf > 0 ? StudentT.UpperQuantile(0.5 / rows, _measures.StudentizedDf) * (1 - 1e-6) : 0;
    }

    /// <summary>Takes the rows of a block, and adds to <paramref name="inTurn"/> what is to be done with them, in order.</summary>
    public void Write(ModelBlock block, List<Action> inTurn)
    {
        bool isFrequency = _parts.Origin.WeightKind == WeightKind.Frequency;
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start), kept = 0;
            _scores.Take(block, start, count);
            TakeMoves(count);
            for (int r = 0; r < count; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                if (weight != 0)
                {
                    _rows[kept++] = RowOf(block, start + r, r, isFrequency ? 1 : weight);
                }
            }
            inTurn.Add(_take(_parts.Model, _rows.AsSpan(0, kept)));
        }
    }

    private void TakeMoves(int count)
    {
        for (int j = 0; j < _moves.Length; j++)
        {
            Span<DoubleDouble> move = _moves[j].AsSpan(0, count);
            move.Clear();
            for (int k = j; k < _root.Length; k++)
            {
                RowScores.SubtractProduct(move, -_root[k][j], _scores.Orthonormal(k));
            }
        }
    }

    private InfluenceRow RowOf(ModelBlock block, int at, int r, double weight)
    {
        DoubleDouble e = _scores.Residuals[r], h = weight == 1 ? _scores.Distances[r] : _scores.Distances[r] * DoubleDouble.From(weight);
        RowInfluence influence = _measures.Of(e, weight, h);
        for (int k = 0; k < _row.Length; k++)
        {
            _row[k] = _moves[k][r];
        }
        double[] dfbetas = new double[_row.Length];
        _measures.Dfbetas(dfbetas, e, weight, h, _row, _errors);
        for (int k = 0; k < _row.Length; k++)
        {
            _row[k] = _scores.Column(k)[r];
        }
        double[] partial = new double[_components.Count];
        _components.Partial(partial, e, _row);
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
            OutlierP = Math.Abs(influence.Studentized) < _unremarkable ? 1 : _measures.OutlierP(influence.Studentized, _parts.Solution.Statistics.Rows),
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
