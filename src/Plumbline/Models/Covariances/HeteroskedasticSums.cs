using System.Collections.Concurrent;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The middle of HC0 to HC4: M = Σ ω x xᵀ with ω = (w·e)²/(1 − h)^δ, δ = 0, 0, 1, 2, min(4, nh/k).
/// </summary>
/// <remarks>
/// Method      ω is computed in double-double and rounded once; the sums are those of the exact kernel, with ω as weights. So M has one
///             relative rounding error a row, and the same bits for any threads, blocks and order of rows.
///             With frequency weights, w rows of weight 1 stand for a row of weight w: ω = w·e²/(1 − h)^δ with h of one of them.
/// Cost        that of exact moments, and for HC2 to HC4 p²/2 double-double multiply–adds a row.
/// Source      MacKinnon, White, Some heteroskedasticity-consistent covariance matrix estimators with improved finite sample
///             properties, J. Econometrics 29 (1985); Cribari-Neto, Asymptotic inference under heteroskedasticity of unknown form,
///             CSDA 45 (2004), for HC4.
/// Fails when  a leverage is 1 (<see cref="UnitLeverages"/> counts them): HC2 to HC4 are then not defined. h is taken for 1 when 1 − h is
///             below what rounding could make, 2⁻⁹²·k·condition.
/// </remarks>
internal sealed class HeteroskedasticSums(
    CovarianceEstimator estimator, LeastSquaresGeometry geometry, bool isExactFit, double rows, bool frequency) : IDisposable
{
    private readonly ExactSums _sums = new(geometry.Count, weighted: true);
    private readonly ConcurrentBag<Worker> _idle = [];
    private readonly double _nearest = Math.ScaleB(geometry.Count * geometry.Condition, -92);
    private readonly bool _withLeverages = estimator >= CovarianceEstimator.HC2;
    private long _unitLeverages;

    /// <summary>How many rows so far have leverage 1.</summary>
    public long UnitLeverages => Interlocked.Read(ref _unitLeverages);

    /// <summary>M.</summary>
    public Func<int, int, ExactValue> Total() => _sums.Total();

    /// <summary>Adds the rows of a block; from several threads at a time.</summary>
    public void Add(ModelBlock block)
    {
        Worker worker = Rent();
        for (int j = 0; j < worker.Columns.Length; j++)
        {
            worker.Columns[j] = block.Wide(j);
        }
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start);
            worker.Scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                worker.Omega[r] = Omega(worker.Scores, r, block.Weights.IsEmpty ? 1 : block.Weights[start + r], out bool isUnit);
                if (isUnit)
                {
                    Interlocked.Increment(ref _unitLeverages);
                }
            }
            _sums.Add(worker.Columns, worker.Omega, start, count);
        }
        _idle.Add(worker);
    }

    /// <summary>The rows of a block whose leverage is 1, by their numbers.</summary>
    public IEnumerable<long> RowsOfUnitLeverage(ModelBlock block)
    {
        Worker worker = Rent();
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start);
            worker.Scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                _ = Omega(worker.Scores, r, block.Weights.IsEmpty ? 1 : block.Weights[start + r], out bool isUnit);
                if (isUnit)
                {
                    yield return block.RowNumbers[start + r];
                }
            }
        }
        _idle.Add(worker);
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();

    private Worker Rent() => _idle.TryTake(out Worker? worker)
        ? worker
        : new Worker(new RowScores(geometry, isExactFit, _withLeverages), new double[RowScores.Strip], new NumberColumn[geometry.Count]);

    private double Omega(RowScores scores, int row, double weight, out bool isUnit)
    {
        isUnit = false;
        if (weight == 0)
        {
            return 0;
        }
        DoubleDouble e = scores.Residuals[row], w = DoubleDouble.From(weight);
        DoubleDouble square = frequency ? e * e * w : e * w * (e * w);
        if (!_withLeverages)
        {
            return square.High;
        }
        DoubleDouble h = frequency ? scores.Distances[row] : scores.Distances[row] * w;
        DoubleDouble rest = DoubleDouble.From(1) - h;
        isUnit = !(rest.High > _nearest);
        return isUnit ? 0 : estimator switch
        {
            CovarianceEstimator.HC2 => (square / rest).High,
            CovarianceEstimator.HC3 => (square / (rest * rest)).High,
            _ => square.High / Math.Pow(rest.High, Math.Min(4, rows * h.High / geometry.Count)),
        };
    }

    private sealed record Worker(RowScores Scores, double[] Omega, NumberColumn[] Columns);
}
