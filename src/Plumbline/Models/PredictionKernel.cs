using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Predictions of a block of rows: estimates, standard errors, leverages, intervals.</summary>
/// <remarks>
/// Method      ŷ = x·b + offset, products and sums compensated. With classical covariance the variance is σ²‖Uᵀx‖², U the
///             triangular root of (XᵀWX)⁻¹, which loses half the digits that xᵀVx loses; with a robust covariance xᵀVx, in
///             double-double, and then the degrees of freedom are those of its t. Interval: ŷ ± t·se, or ŷ ± t·√(se² + σ²), t of the coefficients' degrees of freedom; a new
///             response is taken to have weight 1.
/// Cost        p²/2 multiply–adds a row with the root, in vectors over rows; p² in double-double without.
/// Source      Seber and Lee, Linear Regression Analysis, 2nd ed., §5.2–5.3; the same quantities as R's predict.lm.
/// Fails when  a value of x is NaN: so is everything. Without residual degrees of freedom standard errors are NaN.
/// </remarks>
internal sealed class PredictionKernel
{
    private readonly double[] _estimates;
    private readonly ImmutableArray<ImmutableArray<double>> _covariance;
    private readonly ImmutableArray<ImmutableArray<double>> _root;
    private readonly bool _hasRoot;
    private readonly bool _rootIsVariance;
    private readonly double _sigma;
    private readonly double _quantile;
    private readonly PredictionInterval _interval;
    private double[] _high = [];
    private double[] _low = [];
    private double[] _leverage = [];
    private double[] _projection = [];

    public PredictionKernel(LinearModel model, PredictionOptions options)
    {
        _estimates = [.. model.Coefficients.Select(static c => c.Estimate)];
        _covariance = model.Covariance;
        _root = model.InverseRoot;
        _hasRoot = _root.Length == _estimates.Length;
        _rootIsVariance = _hasRoot && model.CovarianceDetails.IsClassical;
        _sigma = model.Sigma;
        _interval = options.Interval;
        double df = model.Coefficients.Count > 0 ? model.Coefficients[0].Df : model.DfResidual;
        double tail = (1 - options.Level) / 2;
        _quantile = double.IsPositiveInfinity(df) ? Normal.UpperQuantile(tail) : df > 0 ? StudentT.UpperQuantile(tail, df) : double.NaN;
    }

    /// <summary>Leverages of the rows of the last block; empty when the model does not know the root.</summary>
    public ReadOnlySpan<double> Leverage => _hasRoot ? _leverage : default;

    /// <summary>Predicts the rows of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="predictions">Gets one for each.</param>
    public void Predict(ModelBlock block, Span<Prediction> predictions)
    {
        int rows = block.Rows;
        if (_high.Length < rows)
        {
            (_high, _low, _leverage, _projection) = (new double[rows], new double[rows], new double[rows], new double[rows]);
        }
        Estimate(block);
        if (_hasRoot)
        {
            Leverages(block);
        }
        for (int row = 0; row < rows; row++)
        {
            double estimate = _high[row] + _low[row];
            double variance = _rootIsVariance ? _sigma * _sigma * _leverage[row] : QuadraticForm(block, row);
            double error = _rootIsVariance ? _sigma * Math.Sqrt(_leverage[row]) : Math.Sqrt(Math.Max(0, variance));
            double reach = _quantile * _interval switch
            {
                PredictionInterval.Confidence => error,
                PredictionInterval.Prediction => Math.Sqrt(variance + (_sigma * _sigma)),
                _ => double.NaN,
            };
            predictions[row] = new Prediction(block.RowNumbers[row], estimate, error, estimate - reach, estimate + reach);
        }
    }

    /// <summary>Σ xⱼbⱼ as high and low parts: the products' and the sums' rounding errors are summed beside.</summary>
    private void Estimate(ModelBlock block)
    {
        int rows = block.Rows;
        Span<double> high = _high.AsSpan(0, rows), low = _low.AsSpan(0, rows);
        low.Clear();
        if (block.Offset.IsEmpty)
        {
            high.Clear();
        }
        else
        {
            block.Offset.CopyTo(high);
        }
        for (int j = 0; j < _estimates.Length; j++)
        {
            double b = _estimates[j];
            ReadOnlySpan<double> x = block.Column(j);
            for (int row = 0; row < rows; row++)
            {
                double product = x[row] * b;
                double productError = Math.FusedMultiplyAdd(x[row], b, -product);
                double sum = high[row] + product;
                double rounded = sum - high[row];
                low[row] += (high[row] - (sum - rounded)) + (product - rounded) + productError;
                high[row] = sum;
            }
        }
    }

    /// <summary>‖Uᵀx‖², an entry of Uᵀx at a time for all rows.</summary>
    private void Leverages(ModelBlock block)
    {
        int rows = block.Rows;
        Span<double> leverage = _leverage.AsSpan(0, rows), z = _projection.AsSpan(0, rows);
        leverage.Clear();
        for (int k = 0; k < _root.Length; k++)
        {
            z.Clear();
            for (int i = 0; i <= k; i++)
            {
                if (_root[k][i] != 0)
                {
                    AddProduct(z, _root[k][i], block.Column(i));
                }
            }
            for (int row = 0; row < rows; row++)
            {
                leverage[row] = Math.FusedMultiplyAdd(z[row], z[row], leverage[row]);
            }
        }
    }

    private static void AddProduct(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        Span<Vector<double>> ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var factor = new Vector<double>(a);
        for (int v = 0; v < ys.Length; v++)
        {
            ys[v] = Vector.FusedMultiplyAdd(factor, xs[v], ys[v]);
        }
        for (int row = ys.Length * Vector<double>.Count; row < y.Length; row++)
        {
            y[row] = Math.FusedMultiplyAdd(a, x[row], y[row]);
        }
    }

    private double QuadraticForm(ModelBlock block, int row)
    {
        var form = DoubleDouble.From(0);
        for (int i = 0; i < _estimates.Length; i++)
        {
            double x = block.Column(i)[row];
            if (x == 0)
            {
                continue;
            }
            var inner = DoubleDouble.From(0);
            for (int j = 0; j < _estimates.Length; j++)
            {
                inner += DoubleDouble.From(_covariance[i][j]) * DoubleDouble.From(block.Column(j)[row]);
            }
            form += inner * DoubleDouble.From(x);
        }
        return form.High;
    }
}
