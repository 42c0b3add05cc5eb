using System.Collections.Immutable;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The arithmetic of <see cref="FastNormalEquations"/>: kept columns in, results with error bounds out.</summary>
internal sealed class FastSolution
{
    private readonly FastMoments _moments;
    private readonly FastMatrix _matrix;
    private readonly FastRank _rank;
    private readonly bool _hasIntercept;
    private readonly int _p;                     // predictors kept, the intercept not counted
    private readonly int _y;
    private readonly double[][] _inverse;        // of the scaled, centered moments
    private readonly DoubleDouble[] _b;          // scaled estimates
    private readonly double[] _scales;
    private readonly FastError _error;
    private readonly bool _isBounded;
    private readonly double _rest;               // ρ/(1 − ρ)
    private readonly double[] _bError;
    private readonly double[] _reach;            // |S|·a and |S|·η, with a and η of the error's bound
    private readonly double[] _shiftReach;

    public FastSolution(FastMoments moments, FastMatrix matrix, FastRank rank, bool hasIntercept)
    {
        _moments = moments;
        _matrix = matrix;
        _rank = rank;
        _hasIntercept = hasIntercept;
        _p = rank.Kept.Count;
        _y = moments.Columns.Count - 1;
        _scales = [.. rank.Kept.Select(k => matrix.Scales[k])];
        _error = matrix.Error.Select([.. rank.Kept, _y], [.. _scales, matrix.Scales[_y]]);

        var c = new DoubleDouble[_p];
        var scaled = new DoubleDouble[_p][];
        for (int i = 0; i < _p; i++)
        {
            c[i] = matrix[rank.Kept[i], _y];
            scaled[i] = [.. rank.Kept.Select(k => matrix[rank.Kept[i], k])];
        }
        double solveError = FastInverse.Invert(rank.Factor, scaled, c, out _inverse, out _b);
        _reach = AbsoluteTimes(_error.Lengths);
        _shiftReach = AbsoluteTimes(_error.Shifts);

        double[] b = [.. _b.Select(x => Math.Abs(x.High))];
        double rho = 0;
        double[] ones = [.. _inverse.Select(_ => 1.0), 0];
        foreach (double value in AbsoluteTimes(_error.Times(ones)))
        {
            rho = Math.Max(rho, value);
        }
        _isBounded = rank.IsCertain && rho < 0.25 && double.IsFinite(solveError);
        _rest = rho / (1 - Math.Min(rho, 0.25));
        double[] first = AbsoluteTimes(_error.Times([.. b, 1]));
        double[] second = AbsoluteTimes(_error.Times([.. first, 0]));
        double rest = second.DefaultIfEmpty(0).Max() * _rest;
        _bError = [.. first.Select((x, i) => ((x + second[i] + rest) * 1.001) + solveError)];
    }

    public LeastSquaresSolution Assemble()
    {
        long df = _moments.Rows - _p - (_hasIntercept ? 1 : 0);
        double scaleOfY = _matrix.Scales[_y];
        DoubleDouble rss = _matrix[_y, _y];
        for (int i = 0; i < _p; i++)
        {
            rss -= _b[i] * _matrix[_rank.Kept[i], _y];
        }
        double rssError = RssError();
        double rssValue = df > 0 ? Math.Max(0, rss.High) : 0;
        double variance = df > 0 ? rssValue / df : double.NaN;

        int intercept = _hasIntercept ? 1 : 0, size = _p + intercept;
        int[] columns = [.. Enumerable.Range(0, intercept), .. _rank.Kept];
        var estimatesWide = new DoubleDouble[size];
        double[] estimates = new double[size], errors = new double[size], t = new double[size], diagonal = new double[size];
        int?[] digits = new int?[size], errorDigits = new int?[size];
        for (int i = 0; i < size; i++)
        {
            (DoubleDouble estimate, double estimateError, double inverse, double inverseError, double units)
                = i < intercept ? Intercept() : Slope(i - intercept);
            estimatesWide[i] = estimate * DoubleDouble.From(units * scaleOfY);
            estimates[i] = estimatesWide[i].High;
            digits[i] = Digits(estimates[i], Math.Abs(estimateError * units * scaleOfY));
            diagonal[i] = inverse * units * units;
            errors[i] = t[i] = double.NaN;
            if (df > 0)
            {
                errors[i] = Math.Sqrt(variance * inverse) * units * scaleOfY;
                t[i] = errors[i] > 0 ? estimates[i] / errors[i] : double.NaN;
                double relative = (rssError / rssValue) + (inverseError / inverse);
                errorDigits[i] = relative < 0.5 ? Digits(errors[i], errors[i] * (relative + (8 * ColumnInfo.DoubleUnit))) : 0;
            }
        }
        double tssValue = (_hasIntercept ? _matrix[_y, _y].High : Math.Max(0, _matrix[_y, _y].High)) * scaleOfY * scaleOfY;
        FitStatistics statistics = FitStatistics.From(
            _moments.Rows, size, _hasIntercept, ExactInterval.From(rssValue * scaleOfY * scaleOfY), ExactInterval.From(Math.Max(0, tssValue)), _p == 0, _moments.SumLogWeights);
        double[][] full = FullInverse();
        double condition = Condition(full);
        return new LeastSquaresSolution
        {
            Kept = [.. columns],
            Aliased = [.. _rank.Aliased],
            NearlyAliased = [],
            Estimates = [.. estimates],
            StandardErrors = [.. errors],
            T = [.. t],
            Digits = [.. digits],
            StandardErrorDigits = [.. errorDigits],
            Covariance = [.. full.Select(row => row.Select(x => x * variance * scaleOfY * scaleOfY).ToImmutableArray())],
            InverseDiagonal = [.. diagonal],
            Statistics = statistics,
            Condition = condition,
            Geometry = FastGeometry.Of(_moments, columns, estimatesWide, rssValue * scaleOfY * scaleOfY, condition),
        };
    }

    private (DoubleDouble Estimate, double Error, double Inverse, double InverseError, double Units) Slope(int i)
    {
        double[] row = Magnitudes(_inverse[i]);
        return (_b[i], _bError[i], _inverse[i][i], FormError(row) + (FastError.Dot(row, row) * 1e-25), 1 / _scales[i]);
    }

    /// <summary>b₀ = ȳ − Σ b_j·x̄_j and its place in the inverse, 1/Σw + x̄ᵀC⁻¹x̄, in units of the scaled response.</summary>
    private (DoubleDouble Estimate, double Error, double Inverse, double InverseError, double Units) Intercept()
    {
        double weight = _moments[0, 0], root = Math.Sqrt(weight);
        DoubleDouble estimate = _matrix.Means[_y] / DoubleDouble.From(_matrix.Scales[_y]);
        double error = MeanError(_p, root) + (Math.Abs(estimate.High) * 1e-30);
        var means = new double[_p];
        for (int j = 0; j < _p; j++)
        {
            DoubleDouble mean = _matrix.Means[_rank.Kept[j]] / DoubleDouble.From(_scales[j]);
            means[j] = mean.High;
            estimate -= mean * _b[j];
            double meanError = MeanError(j, root);
            error += (Math.Abs(_b[j].High) * (meanError + (Math.Abs(mean.High) * 1e-30))) + (_bError[j] * (Math.Abs(mean.High) + meanError));
        }
        double inverse = 1 / weight, first = 0;
        var g = new double[_p];
        for (int j = 0; j < _p; j++)
        {
            g[j] = FastError.Dot(_inverse[j], means);
            inverse += means[j] * g[j];
            first += 2 * Math.Abs(g[j]) * MeanError(j, root);
        }
        double[] size = Magnitudes(g);
        double[] meanErrors = [.. Enumerable.Range(0, _p).Select(j => MeanError(j, root))];
        double[] reach = AbsoluteTimes([.. meanErrors, 0]);
        double second = FastError.Dot(reach, meanErrors) + (4 * FastError.Dot(reach, _error.Times([.. size, 0])[.._p]));
        double rounding = 4 * _p * ColumnInfo.DoubleUnit * FastError.Dot(AbsoluteTimes([.. Magnitudes(means), 0]), Magnitudes(means));
        double inverseError = FormError(size) + (2 * (first + second)) + (_error.Gamma / weight) + rounding;
        return (estimate, error, inverse, inverseError, 1);
    }

    /// <summary>A bound on the error of a scaled column's mean.</summary>
    private double MeanError(int i, double root) => ((2 * _error.Gamma * _error.Lengths[i]) + _error.Shifts[i]) / root;

    /// <summary>A bound on the error of a quadratic form x·C⁻¹·x, given s = |C⁻¹x|: sᵀ|δ|s + sᵀ|δ||S||δ|s + …</summary>
    private double FormError(double[] s)
    {
        double[] padded = [.. s, 0];
        double[] f = _error.Times(padded);
        double a = FastError.Dot(_error.Lengths, padded), h = (_error.Gamma * a) + FastError.Dot(_error.Shifts, padded);
        double largest = 0, sum = 0, total = _error.Form(padded);
        for (int i = 0; i < _p; i++)
        {
            double next = (h * _reach[i]) + (a * _shiftReach[i]);       // (|S|·f)ᵢ: the bound has rank 2
            largest = Math.Max(largest, next);
            sum += f[i];
            total += f[i] * next;
        }
        return (total + (sum * _rest * largest)) * 1.001;
    }

    /// <summary>With v = (−b, 1) and e the error of b, RSS is off by vᵀδv − e·(δc − δC·b).</summary>
    private double RssError()
    {
        double[] v = [.. _b.Select(x => Math.Abs(x.High)), 1];
        return ((_error.Form(v) + FastError.Dot(_error.Times(v)[.._p], _bError)) * 1.001) + 1e-28;
    }

    /// <summary>|S|·f, f over the kept columns (a last entry, the response's, is passed over).</summary>
    private double[] AbsoluteTimes(double[] f)
    {
        var result = new double[_p];
        for (int i = 0; i < _p; i++)
        {
            for (int j = 0; j < _p; j++)
            {
                result[i] += Math.Abs(_inverse[i][j]) * f[j];
            }
        }
        return result;
    }

    private int? Digits(double value, double error)
    {
        if (!_isBounded || !double.IsFinite(value) || !double.IsFinite(error))
        {
            return double.IsNaN(value) ? null : 0;
        }
        ExactValue middle = ExactValue.From(value), half = ExactValue.From(error + (Math.Abs(value) * ColumnInfo.DoubleUnit));
        return CorrectDigits.Count(value, new ExactInterval(middle - half, middle + half));
    }

    /// <summary>(XᵀWX)⁻¹ in the data's units, the intercept first when there is one.</summary>
    private double[][] FullInverse()
    {
        int intercept = _hasIntercept ? 1 : 0;
        var full = new double[_p + intercept][];
        double[] means = [.. Enumerable.Range(0, _p).Select(j => _matrix.Means[_rank.Kept[j]].High / _scales[j])];
        double[] g = [.. _inverse.Select(row => FastError.Dot(row, means))];
        for (int i = 0; i < full.Length; i++)
        {
            full[i] = new double[full.Length];
            for (int j = 0; j < full.Length; j++)
            {
                int a = i - intercept, b = j - intercept;
                full[i][j] = (a, b) switch
                {
                    ( < 0, < 0) => (1 / _moments[0, 0]) + FastError.Dot(g, means),
                    ( < 0, _) => -g[b] / _scales[b],
                    (_, < 0) => -g[a] / _scales[a],
                    _ => _inverse[a][b] / _scales[a] / _scales[b],
                };
            }
        }
        return full;
    }

    private double Condition(double[][] full)
    {
        if (full.Length == 0)
        {
            return double.NaN;
        }
        int intercept = _hasIntercept ? 1 : 0;
        int[] columns = [.. Enumerable.Range(0, intercept), .. _rank.Kept];
        var raw = _hasIntercept ? new FastMatrix(_moments, false) : _matrix;
        double[] lengths = [.. columns.Select(c => Math.Sqrt(raw[c, c].High) * raw.Scales[c])];
        var cosines = new double[columns.Length][];
        var inverses = new double[columns.Length][];
        for (int i = 0; i < columns.Length; i++)
        {
            cosines[i] = new double[columns.Length];
            inverses[i] = new double[columns.Length];
            for (int j = 0; j < columns.Length; j++)
            {
                cosines[i][j] = raw[columns[i], columns[j]].High * raw.Scales[columns[i]] / lengths[i] * raw.Scales[columns[j]] / lengths[j];
                inverses[i][j] = full[i][j] * lengths[i] * lengths[j];
            }
        }
        return ConditionNumber.Of(cosines, inverses);
    }

    private static double[] Magnitudes(double[] x) => Array.ConvertAll(x, Math.Abs);
}
