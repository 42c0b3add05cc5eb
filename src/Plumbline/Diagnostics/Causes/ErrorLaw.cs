namespace Plumbline;

/// <summary>
/// A law of errors, fitted together with the mean: Gaussian or Student's t, of one variance or of one whose logarithm is linear in columns.
/// </summary>
/// <remarks>
/// Maximises   Σ c_i (log f_ν(r_i/√g_i) − ½ log g_i), r = y − xᵀβ, log g = γᵀ(1, v), c how many rows a row stands for, f_ν the density of t with ν
///             degrees of freedom (ν = ∞: normal)
/// Method      by turns: β by least squares with the weights c·u/g, u = (ν + 1)/(ν + r²/g); γ by scoring with the expected information, or by EM when
///             g is constant. A step that makes the rows less likely is halved.
/// Cost        n(p² + q²) a step, p columns of the mean, q of the variance.
/// Source      Harvey, Estimating regression models with multiplicative heteroscedasticity, Econometrica 44 (1976); Lange, Little, Taylor,
///             Robust statistical modeling using the t distribution, JASA 84 (1989).
/// Fails when  a step does not help any more: the best so far is given. log g is held within ±8 of that of the mean variance.
/// </remarks>
internal sealed class ErrorLaw
{
    private const int MostSteps = 25;
    private const int MostHalvings = 4;
    private const double Enough = 0.02;             // of the log-likelihood: what is compared is larger
    private const double MostMove = 1.5;            // of log g in a step
    private const double Widest = 8;
    private const double Dependent = 1e-9;

    private readonly LawRows _rows;
    private readonly double[][] _mean;
    private readonly double[][] _spread;
    private double[] _beta;
    private double[] _gamma;                        // the constant first
    private double _center;

    private ErrorLaw(LawRows rows, double[][] mean, bool withSpread, double degrees)
    {
        _rows = rows;
        _mean = mean;
        _spread = withSpread ? rows.Spread : [];
        Degrees = degrees;
        Weights = new double[rows.Count];
        _beta = new double[mean.Length];
        _gamma = new double[1 + _spread.Length];
    }

    /// <summary>The log-likelihood.</summary>
    public double LogLikelihood { get; private set; } = double.NegativeInfinity;

    /// <summary>ν; infinite for the normal law.</summary>
    public double Degrees { get; }

    /// <summary>u/g of each row: what it weighs.</summary>
    public double[] Weights { get; private set; }

    /// <summary>β.</summary>
    public double[] Coefficients => _beta;

    /// <summary>γ, the constant last: log g of a row.</summary>
    public double[] LogVariance => [.. _gamma[1..], _gamma[0]];

    /// <summary>Fits.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="mean">Columns of the mean.</param>
    /// <param name="withSpread">Whether the variance depends on the columns.</param>
    /// <param name="degrees">ν, a whole number, or infinite.</param>
    public static ErrorLaw Of(LawRows rows, double[][] mean, bool withSpread, double degrees)
    {
        var law = new ErrorLaw(rows, mean, withSpread, degrees);
        law.Fit();
        return law;
    }

    /// <summary>The log-density of a row.</summary>
    /// <param name="residual">Its residual.</param>
    /// <param name="spread">Its columns of the variance.</param>
    public double LogDensity(double residual, ReadOnlySpan<double> spread)
    {
        double log = _gamma[0];
        for (int j = 0; j < _spread.Length; j++)
        {
            log += _gamma[j + 1] * spread[j];
        }
        return LogDensity(residual * residual, Held(log));
    }

    /// <summary>Weighted least squares; coefficients of columns that others determine are 0.</summary>
    /// <param name="y">The response.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="rank">How many columns are not determined by others.</param>
    public static double[] Solve(double[] y, double[][] columns, double[] weights, out int rank)
    {
        int p = columns.Length;
        var a = new double[p][];
        var b = new double[p];
        var weighted = new double[y.Length];
        for (int i = 0; i < p; i++)
        {
            for (int r = 0; r < y.Length; r++)
            {
                weighted[r] = weights[r] * columns[i][r];
                b[i] += weighted[r] * y[r];
            }
            a[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                a[i][j] = Dot(weighted, columns[j]);
            }
        }
        return Solve(a, b, out rank);
    }

    /// <summary>What columns leave of a response.</summary>
    public static double[] Residuals(double[] y, double[][] columns, double[] beta)
    {
        double[] residuals = [.. y];
        for (int j = 0; j < beta.Length; j++)
        {
            for (int i = 0; beta[j] != 0 && i < residuals.Length; i++)
            {
                residuals[i] -= beta[j] * columns[j][i];
            }
        }
        return residuals;
    }

    private void Fit()
    {
        double[] weights = [.. _rows.Counts];
        _beta = Solve(_rows.Response, _mean, weights, out _);
        _center = _gamma[0] = Math.Log(Math.Max(1e-300, _rows.Counts.Zip(Residuals(_beta), static (c, r) => c * r * r).Sum() / _rows.Total));
        Look(_beta, _gamma);
        double pace = 1;
        for (int step = 0, halvings = 0; step < MostSteps && halvings < MostHalvings; step++)
        {
            double[] residuals = Residuals(_beta);
            double[] gamma = Next(residuals, pace);
            double[] inner = [.. residuals.Select((r, i) => _rows.Counts[i] * Weight(r * r, LogVarianceOf(gamma, i)))];
            double[] beta = Solve(_rows.Response, _mean, inner, out _);
            double before = LogLikelihood;
            if (!Look(beta, gamma))
            {
                pace /= 2;
                halvings++;
            }
            else if (LogLikelihood - before < Enough)
            {
                break;
            }
        }
    }

    /// <summary>Takes coefficients that make the rows more likely.</summary>
    private bool Look(double[] beta, double[] gamma)
    {
        double[] residuals = Residuals(beta);
        var weights = new double[residuals.Length];
        double sum = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            double log = LogVarianceOf(gamma, i), square = residuals[i] * residuals[i];
            sum += _rows.Counts[i] * LogDensity(square, log);
            weights[i] = Weight(square, log);
        }
        if (!(sum > LogLikelihood))
        {
            return false;
        }
        (LogLikelihood, Weights, _beta, _gamma) = (sum, weights, beta, gamma);
        return true;
    }

    private double[] Next(double[] residuals, double pace)
    {
        double[] gamma = [.. _gamma];
        var excess = new double[residuals.Length];       // u·r²/g − 1
        for (int i = 0; i < residuals.Length; i++)
        {
            double square = residuals[i] * residuals[i];
            excess[i] = (square * Weight(square, LogVarianceOf(gamma, i))) - 1;
        }
        if (_spread.Length == 0)
        {
            gamma[0] += Math.Log(Math.Max(1e-300, 1 + (_rows.Counts.Zip(excess, static (c, e) => c * e).Sum() / _rows.Total)));
            return gamma;
        }
        double[][] columns = [_rows.Ones, .. _spread];
        double[] step = Solve(excess, columns, _rows.Counts, out _);
        double factor = pace * (double.IsInfinity(Degrees) ? 1 : (Degrees + 3) / Degrees), largest = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            double move = step[0];
            for (int j = 0; j < _spread.Length; j++)
            {
                move += step[j + 1] * _spread[j][i];
            }
            largest = Math.Max(largest, Math.Abs(factor * move));
        }
        factor *= largest > MostMove ? MostMove / largest : 1;
        for (int j = 0; j < gamma.Length; j++)
        {
            gamma[j] += factor * step[j];
        }
        return gamma;
    }

    private double[] Residuals(double[] beta) => Residuals(_rows.Response, _mean, beta);

    private double LogVarianceOf(double[] gamma, int row)
    {
        double log = gamma[0];
        for (int j = 0; j < _spread.Length; j++)
        {
            log += gamma[j + 1] * _spread[j][row];
        }
        return Held(log);
    }

    private double Held(double log) => Math.Clamp(log, _center - Widest, _center + Widest);

    private double Weight(double square, double log)
    {
        double g = Math.Exp(log);
        return double.IsInfinity(Degrees) ? 1 / g : (Degrees + 1) / ((Degrees * g) + square);
    }

    private double LogDensity(double square, double log) => double.IsInfinity(Degrees)
        ? -0.5 * (Math.Log(2 * Math.PI) + log + (square / Math.Exp(log)))
        : Constant(Degrees) - (0.5 * log) - (0.5 * (Degrees + 1) * Math.Log(1 + (square / Math.Exp(log) / Degrees)));

    /// <summary>log Γ((ν + 1)/2)/(Γ(ν/2)√(νπ)): with ρ_ν = Γ((ν + 1)/2)/Γ(ν/2), ρ₁ = 1/√π and ρ_ν ρ_{ν+1} = ν/2.</summary>
    private static double Constant(double degrees)
    {
        double ratio = 1 / Math.Sqrt(Math.PI);
        for (int d = 1; d < degrees; d++)
        {
            ratio = d / 2.0 / ratio;
        }
        return Math.Log(ratio / Math.Sqrt(degrees * Math.PI));
    }

    /// <summary>Gauss elimination of a symmetric matrix, given by its lower triangle; dependent columns are skipped.</summary>
    private static double[] Solve(double[][] a, double[] b, out int rank)
    {
        int p = b.Length;
        var kept = new bool[p];
        var first = Array.ConvertAll(Enumerable.Range(0, p).ToArray(), i => a[i][i]);
        rank = 0;
        for (int k = 0; k < p; k++)
        {
            if (!(a[k][k] > Dependent * first[k]))
            {
                continue;
            }
            kept[k] = true;
            rank++;
            for (int i = k + 1; i < p; i++)
            {
                double factor = a[i][k] / a[k][k];
                for (int j = k + 1; j <= i; j++)
                {
                    a[i][j] -= factor * a[j][k];
                }
                b[i] -= factor * b[k];
            }
        }
        var x = new double[p];
        for (int k = p - 1; k >= 0; k--)
        {
            double rest = b[k];
            for (int i = k + 1; i < p; i++)
            {
                rest -= a[i][k] * x[i];
            }
            x[k] = kept[k] ? rest / a[k][k] : 0;
        }
        return x;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
