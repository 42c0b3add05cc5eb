using System.Numerics;
using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The bootstrap of pairs: n rows (x, y, w) are drawn with replacement, the model is fitted to them, and so N times. All in one pass over
/// the rows, in constant memory.
/// </summary>
/// <remarks>
/// Method      each resample counts how often it draws the next row (<see cref="ResampleCounts"/>: exactly multinomial) and adds the row's
///             products so often to moments of its own. Columns are orthonormal, zₖ with Σ w z zᵀ = I, and the response is the residual of the fit:
///             a resample's equations are then near I·δ = 0, and doubles suffice. Its estimates are b + Uδ. The covariance is
///             Σ (b_r − b̄)(b_r − b̄)ᵀ/(R − 1) over the R resamples that could be fitted.
/// Cost        N·n·(one draw, and for 63 % of the rows p²/2 multiply–adds); N·p²/2 doubles. Resamples are dealt out to the threads; each takes
///             the rows in order, so threads and blocks change no bit.
/// Source      Freedman, Bootstrapping regression models, Ann. Statist. 9 (1981); Efron, Tibshirani, An Introduction to the Bootstrap (1993), §9.5.
/// Fails when  a resample has too few different rows to tell the columns apart: it is counted (<see cref="Failed"/>) and left out.
/// </remarks>
internal sealed class PairsBootstrap
{
    private const int ProductsAtOnce = 1 << 20;        // doubles: 8 MB
    private const double Dependent = 1e-11;            // of a pivot near 1; rounding leaves 1e-15

    private readonly RowScores _scores;
    private readonly int _size;
    private readonly int _products;
    private readonly bool _frequency;
    private readonly ResampleCounts[] _counts;
    private readonly double[][] _moments;
    private readonly int _chunk;
    private readonly double[] _values;
    private readonly long[] _copies;
    private int _rows;

    /// <param name="geometry">Of the fit.</param>
    /// <param name="isExactFit">Whether all residuals are exactly 0.</param>
    /// <param name="units">n: how many rows have weight; with frequency weights their sum.</param>
    /// <param name="frequency">Whether a weight says how many rows a row stands for.</param>
    /// <param name="options">How many resamples, and the seed.</param>
    public PairsBootstrap(LeastSquaresGeometry geometry, bool isExactFit, long units, bool frequency, CovarianceOptions options)
    {
        _scores = new RowScores(geometry, isExactFit, withLeverages: true);
        _size = geometry.Count;
        _products = (_size * (_size + 1) / 2) + _size;
        _frequency = frequency;
        _counts = new ResampleCounts[options.Replicates];
        _moments = new double[options.Replicates][];
        for (int r = 0; r < _counts.Length; r++)
        {
            _counts[r] = new ResampleCounts(options.Seed, r, units);
            _moments[r] = new double[_products];
        }
        _chunk = Math.Clamp(ProductsAtOnce / Math.Max(1, _products), 16, 4096);
        _values = new double[_chunk * _products];
        _copies = new long[_chunk];
    }

    /// <summary>How many resamples could not be fitted.</summary>
    public int Failed { get; private set; }

    /// <summary>Adds the rows of a block; blocks come in order.</summary>
    public void Add(ModelBlock block, ParallelOptions parallel)
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
                Products(r, _frequency ? 1 : weight, _values.AsSpan(_rows * _products, _products));
                _copies[_rows] = _frequency ? (long)weight : 1;
                if (++_rows == _chunk)
                {
                    Deal(parallel);
                }
            }
        }
    }

    /// <summary>The covariance of δ: of the estimates for orthonormal columns.</summary>
    public double[][] Covariance(ParallelOptions parallel)
    {
        Deal(parallel);
        var estimates = new double[_counts.Length][];
        Parallel.For(0, _counts.Length, parallel, r => estimates[r] = Estimate(_moments[r])!);
        double[][] fitted = [.. estimates.Where(static d => d is not null)];
        Failed = estimates.Length - fitted.Length;
        var covariance = new double[_size][];
        var mean = new double[_size];
        for (int i = 0; i < _size; i++)
        {
            mean[i] = fitted.Length == 0 ? double.NaN : fitted.Sum(d => d[i]) / fitted.Length;
        }
        for (int i = 0; i < _size; i++)
        {
            covariance[i] = new double[_size];
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                foreach (double[] d in fitted)
                {
                    sum += (d[i] - mean[i]) * (d[j] - mean[j]);
                }
                covariance[i][j] = covariance[j][i] = fitted.Length > 1 ? sum / (fitted.Length - 1) : double.NaN;
            }
        }
        return covariance;
    }

    /// <summary>w·z zᵀ, row by row of the lower triangle, then w·z·e.</summary>
    private void Products(int row, double weight, Span<double> products)
    {
        int at = 0;
        for (int i = 0; i < _size; i++)
        {
            double left = weight * _scores.Orthonormal(i)[row].High;
            for (int j = 0; j <= i; j++)
            {
                products[at++] = left * _scores.Orthonormal(j)[row].High;
            }
        }
        double u = weight * _scores.Residuals[row].High;
        for (int i = 0; i < _size; i++)
        {
            products[at++] = u * _scores.Orthonormal(i)[row].High;
        }
    }

    /// <summary>Adds the rows at hand to every resample.</summary>
    private void Deal(ParallelOptions parallel)
    {
        int rows = _rows;
        _rows = 0;
        Parallel.For(0, _counts.Length, parallel, r =>
        {
            for (int row = 0; row < rows; row++)
            {
                long drawn = 0;
                for (long copy = 0; copy < _copies[row]; copy++)
                {
                    drawn += _counts[r].Next();
                }
                if (drawn > 0)
                {
                    AddProduct(_moments[r], drawn, _values.AsSpan(row * _products, _products));
                }
            }
        });
    }

    private static void AddProduct(Span<double> sums, double factor, ReadOnlySpan<double> values)
    {
        Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(sums);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var factors = new Vector<double>(factor);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.FusedMultiplyAdd(from[i], factors, wide[i]);
        }
        for (int i = wide.Length * Vector<double>.Count; i < sums.Length; i++)
        {
            sums[i] = Math.FusedMultiplyAdd(values[i], factor, sums[i]);
        }
    }

    /// <summary>δ by Cholesky's method; null when the rows drawn do not tell the columns apart.</summary>
    private double[]? Estimate(double[] moments)
    {
        var factor = new double[_size][];
        var delta = new double[_size];
        int at = 0;
        for (int i = 0; i < _size; i++)
        {
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                double sum = moments[at++];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i][k] * factor[j][k];
                }
                if (i == j && !(sum > Dependent))
                {
                    return null;
                }
                factor[i][j] = i == j ? Math.Sqrt(sum) : sum / factor[j][j];
            }
        }
        for (int i = 0; i < _size; i++)
        {
            double sum = moments[at++];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[i][k] * delta[k];
            }
            delta[i] = sum / factor[i][i];
        }
        for (int i = _size - 1; i >= 0; i--)
        {
            double sum = delta[i];
            for (int k = i + 1; k < _size; k++)
            {
                sum -= factor[k][i] * delta[k];
            }
            delta[i] = sum / factor[i][i];
        }
        return delta;
    }
}
