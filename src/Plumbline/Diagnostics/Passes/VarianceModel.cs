namespace Plumbline;

/// <summary>
/// The variance of errors as the columns of the model let expect it, relative to its mean: linear in the columns, and its logarithm linear.
/// </summary>
/// <remarks>
/// Method      regressions of e² and of log e² on z, from moments; each is used when its test rejects at 1 % that the variance is constant.
///             The logarithm of χ² with 1 degree of freedom has the mean −1.27.
/// Source      Breusch, Pagan, Econometrica 47 (1979); Harvey, Estimating regression models with multiplicative heteroscedasticity,
///             Econometrica 44 (1976).
/// </remarks>
internal sealed class VarianceModel
{
    private const double Level = 0.01;
    private const double MeanOfLog = -1.2703628454614782;       // of χ² with 1 degree of freedom: −γ − log 2
    private const double MostPower = 30;
    private const double LeastLinear = 0.05;        // a line can fall below 0

    private readonly int _coefficients;
    private readonly double[]? _linear;         // on z, the constant last
    private readonly double[]? _log;
    private readonly double _sum;
    private readonly double _rows;

    private VarianceModel(CheckLayout layout, AuxiliaryMoments plain, double rows, double[]? log, bool withLinear)
    {
        _coefficients = layout.Coefficients;
        _linear = withLinear ? Fit(layout, plain, rows, layout.Square) : null;
        _log = log is null ? Fit(layout, plain, rows, layout.LogSquare) : [.. log[..^1], log[^1] + MeanOfLog];
        _sum = plain[layout.Constant, layout.Square];
        _rows = plain[layout.Constant, layout.Constant];
    }

    /// <summary>Whether the variance is linear in the columns, or its logarithm.</summary>
    public bool Depends => _linear is not null || _log is not null;

    /// <summary>Estimates it.</summary>
    /// <param name="layout">What columns there are.</param>
    /// <param name="plain">Their moments without weights.</param>
    /// <param name="rows">How many rows.</param>
    public static VarianceModel Of(CheckLayout layout, AuxiliaryMoments plain, double rows) => new(layout, plain, rows, null, withLinear: true);

    /// <summary>With a logarithm that was estimated otherwise.</summary>
    /// <param name="layout">What columns there are.</param>
    /// <param name="plain">Their moments without weights.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="log">The logarithm: coefficients of z, the constant last.</param>
    /// <param name="withLinear">Whether the linear form is wanted.</param>
    public static VarianceModel Of(CheckLayout layout, AuxiliaryMoments plain, double rows, double[] log, bool withLinear) => new(layout, plain, rows, log, withLinear);

    /// <summary>For a row of the strip, by the linear form and by the logarithm; 1 when the variance does not depend on the columns.</summary>
    public (double Linear, double Log) At(double[][] columns, int r)
    {
        double mean = _sum / _rows;
        double linear = _linear is null ? 1 : _linear[^1], log = _log is null ? 0 : _log[^1] - MeanOfLog;
        for (int k = 0; k < _coefficients; k++)
        {
            linear += _linear is null ? 0 : _linear[k] * columns[k][r];
            log += _log is null ? 0 : _log[k] * columns[k][r];
        }
        double first = _linear is null ? 1 : Math.Max(LeastLinear, linear / mean), second = _log is null ? 1 : Math.Exp(Math.Clamp(log, -MostPower, MostPower)) / mean;
        return (_linear is null ? second : first, _log is null ? first : second);
    }

    /// <summary>The larger form, for a row that was kept.</summary>
    public double At(CheckRow row)
    {
        (double linear, double log) = At(Array.ConvertAll(row.Columns, static value => new[] { value }), 0);
        return Math.Max(linear, log);
    }

    private static double[]? Fit(CheckLayout layout, AuxiliaryMoments plain, double rows, int column)
    {
        AuxiliaryMoments centered = plain.Sweep([layout.Constant], out _);
        double left = centered.Sweep(layout.Orthonormal, out int rank)[column, column];
        if (!(AuxiliaryTests.Studentized(centered[column, column], left, rows, rank + 1).P < Level))
        {
            return null;
        }
        double[] constantFirst = plain.Fit(column, [layout.Constant, .. layout.Orthonormal]).Coefficients;
        return [.. constantFirst[1..], constantFirst[0]];
    }
}
