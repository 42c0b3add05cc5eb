using System.Globalization;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The middle of Newey and West's covariance: M = Γ₀ + Σ_{l=1…L} (1 − l/(L + 1))·(Γ_l + Γ_lᵀ), Γ_l = Σ_t s_t s_{t−l}ᵀ, s = w·e·x.
/// </summary>
/// <remarks>
/// Method      Bartlett's weights are those of sums over windows: (L + 1)·M = Σ_t S_t S_tᵀ with S_t = s_t + s_{t−1} + … + s_{t−L}, over every
///             window that touches the rows. The window's sum is kept in fixed point: a row is added and one taken away, without drift.
///             So M is positive semidefinite by construction, and many lags cost no more than few.
/// Cost        k products in double-double a row, and an exact Σ S Sᵀ; memory for L + 1 rows of scores. Rows come in order, on one thread.
/// Source      Newey, West, A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix,
///             Econometrica 55 (1987).
/// Fails when  the column of the order does not grow from row to row, or is missing (exceptions).
/// </remarks>
internal sealed class WindowSums : IDisposable
{
    private readonly RowScores _scores;
    private readonly ScoreRows _rows;
    private readonly string? _order;
    private readonly Int128[][] _ring;
    private readonly Int128[] _window;
    private long _seen;
    private double _last = double.NegativeInfinity;
    private long _lastRow;

    /// <param name="geometry">Of the fit.</param>
    /// <param name="isExactFit">Whether all residuals are exactly 0.</param>
    /// <param name="lags">L.</param>
    /// <param name="order">The column whose values are the first further column of the blocks; null when there is none.</param>
    public WindowSums(LeastSquaresGeometry geometry, bool isExactFit, int lags, string? order)
    {
        _scores = new RowScores(geometry, isExactFit, withLeverages: false);
        _rows = new ScoreRows(geometry.Count, geometry.Powers);
        _order = order;
        _window = new Int128[geometry.Count];
        _ring = new Int128[lags + 1][];
        for (int l = 0; l < _ring.Length; l++)
        {
            _ring[l] = new Int128[geometry.Count];
        }
    }

    /// <summary>Adds the rows of a block; blocks come in order.</summary>
    /// <exception cref="PlumblineException"><c>not-sorted</c>, <c>missing-order</c>.</exception>
    public void Add(ModelBlock block)
    {
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start);
            _scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                if (weight == 0)
                {
                    continue;
                }
                if (_order is not null)
                {
                    CheckOrder(block.Extra(0)[start + r], block.RowNumbers[start + r]);
                }
                DoubleDouble u = _scores.Residuals[r] * DoubleDouble.From(weight);
                Int128[] place = Leave();
                for (int j = 0; j < place.Length; j++)
                {
                    place[j] = FixedPoint.Product(u, _scores.Column(j)[r]);
                    _window[j] += place[j];
                }
                _rows.Add(_window);
            }
        }
    }

    /// <summary>(L + 1)·M; no row can be added after.</summary>
    public Func<int, int, ExactValue> Total()
    {
        for (int l = 1; l < _ring.Length; l++)
        {
            Leave().AsSpan().Clear();
            _rows.Add(_window);
        }
        return _rows.Total();
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>Takes the oldest row out of the window; its place is the newest row's.</summary>
    private Int128[] Leave()
    {
        Int128[] place = _ring[_seen++ % _ring.Length];
        for (int j = 0; j < place.Length; j++)
        {
            _window[j] -= place[j];
        }
        return place;
    }

    private void CheckOrder(double value, long row)
    {
        if (double.IsNaN(value))
        {
            throw new PlumblineException("missing-order", $"{Name} is missing in row {row}, so nobody knows where the row stands. Correct it, or leave such rows out first.")
            {
                Column = _order,
                Line = row,
            };
        }
        if (!(value > _last))
        {
            string what = value == _last ? $"again {Text(value)} in row {row}, as in row {_lastRow}" : $"{Text(value)} in row {row}, after {Text(_last)} in row {_lastRow}";
            throw new PlumblineException("not-sorted", $"The order {Name} is {what}. Newey–West needs rows whose order grows from row to row: sort them, or leave out what stands twice.")
            {
                Column = _order,
                Line = row,
            };
        }
        _last = value;
        _lastRow = row;
    }

    private string Name => Schema.Shown(_order!);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
