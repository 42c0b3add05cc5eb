namespace Plumbline;

/// <summary>
/// Minimises   (1/2n)‖y − b − Zβ‖² + (λ/2)‖β‖², Z the columns centered and scaled by their 1/n standard deviation, for many y. With weights
///             means, deviations and squares are weighted by w over its mean: rows of Z and y times its root.
/// Method      QR of [Z; √(nλ)·I] by Gram–Schmidt, done twice, so that Q is orthonormal to rounding. The fit at a point z is linear in y:
///             ŷ = Σ sᵢyᵢ with s = 1/n + Q₁R⁻ᵀz, Q₁ the rows of Q that belong to Z.
/// Cost        4·n·p², then n·p for each y or point.
/// Source      Björck, Numerical Methods for Least Squares Problems (1996), §2.4.5 and §2.7.2; "twice is enough": Giraud et al., Numer. Math. 101 (2005).
/// Fails when  the earlier columns leave less than 1e-11 of a column: it gets the coefficient 0, and Rank says so.
/// </summary>
internal sealed class DenseLeastSquares
{
    private const double Dependent = 1e-11;

    private readonly int _rows;
    private readonly bool _intercept;
    private readonly double[]? _shares;     // w over its mean; null without weights
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[][] _q;         // column by column, of the kept ones; the first n entries belong to rows
    private readonly double[][] _r;         // _r[k][i], i ≤ k
    private readonly int[] _kept;

    private DenseLeastSquares(int rows, bool intercept, double[]? shares, double[] means, double[] scales, double[][] q, double[][] r, int[] kept)
    {
        _rows = rows;
        _intercept = intercept;
        _shares = shares;
        _means = means;
        _scales = scales;
        _q = q;
        _r = r;
        _kept = kept;
    }

    /// <summary>How many columns have a coefficient.</summary>
    public int Rank => _kept.Length;

    /// <summary>Factors the columns, without the intercept's.</summary>
    /// <param name="columns">Values of each column.</param>
    /// <param name="rows">n.</param>
    /// <param name="intercept">Whether there is one; without, columns are not centered.</param>
    /// <param name="lambda">λ ≥ 0.</param>
    /// <param name="weights">A weight above 0 for each row; null for none.</param>
    public static DenseLeastSquares Factor(double[][] columns, int rows, bool intercept, double lambda, double[]? weights = null)
    {
        double average = weights is null ? 1 : weights.Sum() / rows;
        double[]? shares = weights is null ? null : Array.ConvertAll(weights, w => w / average);
        int p = columns.Length, length = rows + (lambda > 0 ? p : 0);
        double[] means = new double[p], scales = new double[p];
        var q = new List<double[]>();
        var r = new List<double[]>();
        var kept = new List<int>();
        for (int j = 0; j < p; j++)
        {
            double[] column = new double[length];
            double largest = 0, mean = 0;
            for (int i = 0; i < rows; i++)
            {
                largest = Math.Max(largest, Math.Abs(columns[j][i]));
                mean += shares is null ? columns[j][i] : shares[i] * columns[j][i];
            }
            means[j] = mean = intercept ? mean / rows : 0;
            for (int i = 0; i < rows; i++)
            {
                column[i] = columns[j][i] - mean;
                column[i] *= shares is null ? 1 : Math.Sqrt(shares[i]);
            }
            double norm = Norm(column);
            if (!(norm > Dependent * largest))
            {
                continue;       // constant to rounding, or 0
            }
            scales[j] = norm / Math.Sqrt(rows);
            for (int i = 0; i < rows; i++)
            {
                column[i] /= scales[j];
            }
            if (lambda > 0)
            {
                column[rows + j] = Math.Sqrt(rows * lambda);
            }
            double before = Norm(column);
            double[] entries = new double[q.Count + 1];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < q.Count; k++)
                {
                    double dot = Dot(q[k], column, length);
                    entries[k] += dot;
                    for (int i = 0; i < length; i++)
                    {
                        column[i] -= dot * q[k][i];
                    }
                }
            }
            double left = Norm(column);
            if (!(left > Dependent * before))
            {
                continue;
            }
            entries[^1] = left;
            for (int i = 0; i < length; i++)
            {
                column[i] /= left;
            }
            q.Add(column);
            r.Add(entries);
            kept.Add(j);
        }
        return new DenseLeastSquares(rows, intercept, shares, means, scales, [.. q], [.. r], [.. kept]);
    }

    /// <summary>The intercept (0 when there is none), then a coefficient for every column, in the units of the columns.</summary>
    public double[] Solve(ReadOnlySpan<double> y)
    {
        double mean = 0;
        if (_intercept)
        {
            for (int i = 0; i < _rows; i++)
            {
                mean += _shares is null ? y[i] : _shares[i] * y[i];
            }
            mean /= _rows;
        }
        double[] centered = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            centered[i] = y[i] - mean;
            centered[i] *= _shares is null ? 1 : Math.Sqrt(_shares[i]);
        }
        double[] right = Array.ConvertAll(_q, column => Dot(column, centered, _rows));
        for (int k = _kept.Length - 1; k >= 0; k--)
        {
            right[k] /= _r[k][k];
            for (int i = 0; i < k; i++)
            {
                right[i] -= _r[k][i] * right[k];
            }
        }
        double[] coefficients = new double[_means.Length + 1];
        coefficients[0] = mean;
        for (int k = 0; k < _kept.Length; k++)
        {
            int j = _kept[k];
            coefficients[j + 1] = right[k] / _scales[j];
            coefficients[0] -= coefficients[j + 1] * _means[j];
        }
        return coefficients;
    }

    /// <summary>The prediction at a point is the sum of these weights times y.</summary>
    /// <param name="features">The point's value of every column.</param>
    public double[] Smoother(ReadOnlySpan<double> features)
    {
        double[] z = new double[_kept.Length];
        double[] weights = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            weights[i] = _intercept ? (_shares is null ? 1 : _shares[i]) / _rows : 0;
        }
        for (int k = 0; k < z.Length; k++)
        {
            int j = _kept[k];
            z[k] = (features[j] - _means[j]) / _scales[j];
            for (int i = 0; i < k; i++)
            {
                z[k] -= _r[k][i] * z[i];
            }
            z[k] /= _r[k][k];
            for (int i = 0; i < _rows; i++)
            {
                weights[i] += z[k] * _q[k][i] * (_shares is null ? 1 : Math.Sqrt(_shares[i]));
            }
        }
        return weights;
    }

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x, x.Length));

    private static double Dot(double[] x, double[] y, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
