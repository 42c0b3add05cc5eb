namespace Plumbline;

/// <summary>
/// What tests of independence need of residuals in order: products of e_t and e_{t−l}, moments of lagged residuals with the orthonormal columns
/// z of the model, and of their differences.
/// </summary>
/// <remarks>
/// Method      plain sums in the order of the rows. A = DᵀD with D the first differences, so zᵀAz = Σ Δz Δzᵀ and ‖Az_j‖² = Σ (Δz_t − Δz_{t+1})².
///             Residuals before the first row are 0, as lmtest's <c>bgtest</c> fills them.
/// Cost        (k + L)² a row; memory for L + 2 rows, and for all of them up to <see cref="ExactRows"/>.
/// Source      Durbin, Watson, Testing for serial correlation in least squares regression, Biometrika 37 (1950); Godfrey, Econometrica 46 (1978).
/// </remarks>
internal sealed class LagSums
{
    /// <summary>From so many rows on, the normal law is used.</summary>
    public const int ExactRows = 100;

    private readonly int _lags;
    private readonly int _coefficients;
    private readonly double[] _ring;                // e_{t−1} … e_{t−L}
    private readonly double[] _last;                // z of the row before
    private readonly double[] _difference;          // Δz of the row before
    private readonly double[] _now;
    private readonly double[,] _differences;        // Σ Δz Δzᵀ
    private readonly double[,] _withLagged;         // Σ z_t e_{t−l}
    private readonly double[,] _lagged;             // Σ e_{t−l} e_{t−m}
    private readonly double[] _products;            // Σ e_t e_{t−l}
    private readonly List<double[]> _rows = [];
    private double _traceOfSecond;
    private double _squaredDifferences;

    /// <param name="coefficients">k; 0 when only products are wanted.</param>
    /// <param name="lags">L.</param>
    public LagSums(int coefficients, int lags)
    {
        _coefficients = coefficients;
        _lags = lags;
        _ring = new double[lags];
        _last = new double[coefficients];
        _difference = new double[coefficients];
        _now = new double[coefficients];
        _differences = new double[coefficients, coefficients];
        _withLagged = new double[coefficients, lags];
        _lagged = new double[lags, lags];
        _products = new double[lags + 1];
    }

    /// <summary>How many rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>L.</summary>
    public int Lags => _lags;

    /// <summary>Σ e_t e_{t−l}, l = 0 … L.</summary>
    public ReadOnlySpan<double> Products => _products;

    /// <summary>Σ (e_t − e_{t−1})².</summary>
    public double SquaredDifferences => _squaredDifferences;

    /// <summary>Adds the next row.</summary>
    /// <param name="e">Its residual.</param>
    /// <param name="z">Its orthonormal columns: array and row.</param>
    /// <param name="row">The row of <paramref name="z"/>.</param>
    /// <param name="factor">What z is multiplied by: √w.</param>
    public void Add(double e, double[][] z, int row, double factor)
    {
        int known = (int)Math.Min(_lags, Rows);
        _products[0] += e * e;
        for (int l = 0; l < known; l++)
        {
            double lagged = Lagged(l);
            _products[l + 1] += e * lagged;
            for (int m = 0; m <= l; m++)
            {
                _lagged[l, m] += lagged * Lagged(m);
            }
        }
        if (Rows > 0)
        {
            double difference = e - Lagged(0);
            _squaredDifferences += difference * difference;
        }
        AddColumns(z, row, factor, known);
        _ring[(int)(Rows % _lags)] = e;
        Rows++;
    }

    /// <summary>RSS of the regression of e on the columns of the model and e_{t−1} … e_{t−order}.</summary>
    /// <param name="order">At most L.</param>
    /// <param name="rank">How many lags count.</param>
    public double AuxiliaryRss(int order, out int rank)
    {
        // Swept on z, which are orthonormal and orthogonal to e: lagged moments less their projection.
        int size = order + 1;
        var sums = new double[size, size];
        for (int l = 0; l < order; l++)
        {
            for (int m = 0; m <= l; m++)
            {
                double left = _lagged[l, m];
                for (int j = 0; j < _coefficients; j++)
                {
                    left -= _withLagged[j, l] * _withLagged[j, m];
                }
                sums[l, m] = sums[m, l] = left;
            }
            sums[l, order] = sums[order, l] = _products[l + 1];
        }
        sums[order, order] = _products[0];
        var moments = AuxiliaryMoments.Of(size, (i, j) => Numerics.ExactValue.From(sums[i, j]));
        return moments.Sweep(Enumerable.Range(0, order), out rank)[order, order];
    }

    /// <summary>Durbin and Watson's p, and whether it is exact.</summary>
    public (DurbinWatsonP P, bool IsExact) DurbinWatsonTest(double statistic)
    {
        if (Rows < ExactRows)
        {
            var columns = new double[_coefficients][];
            for (int j = 0; j < columns.Length; j++)
            {
                columns[j] = [.. _rows.Select(r => r[j])];
            }
            return (DurbinWatson.Exact(statistic, DurbinWatson.Eigenvalues(columns, _rows.Count)), true);
        }
        double trace = 0, square = 0, second = _traceOfSecond;
        for (int i = 0; i < _coefficients; i++)
        {
            trace += _differences[i, i];
            second += _difference[i] * _difference[i];      // the last row of Az
            for (int j = 0; j < _coefficients; j++)
            {
                double entry = _differences[Math.Max(i, j), Math.Min(i, j)];
                square += entry * entry;
            }
        }
        return (DurbinWatson.Normal(statistic, Rows, _coefficients, trace, second, square), false);
    }

    private void AddColumns(double[][] z, int row, double factor, int known)
    {
        if (_coefficients == 0)
        {
            return;
        }
        for (int j = 0; j < _coefficients; j++)
        {
            double value = z[j][row] * factor;
            for (int l = 0; l < known; l++)
            {
                _withLagged[j, l] += value * Lagged(l);
            }
            if (Rows > 0)
            {
                double difference = value - _last[j], bend = _difference[j] - difference;
                _traceOfSecond += bend * bend;
                _now[j] = difference;
                for (int i = 0; i <= j; i++)
                {
                    _differences[j, i] += difference * _now[i];
                }
                _difference[j] = difference;
            }
            _last[j] = value;
        }
        if (Rows < ExactRows)
        {
            _rows.Add((double[])_last.Clone());
        }
    }

    private double Lagged(int l) => _ring[(int)((Rows - 1 - l) % _lags)];
}
