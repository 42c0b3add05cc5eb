using Plumbline.Numerics;

namespace Plumbline.Tests.Diagnostics;

/// <summary>A least-squares fit of a few rows in double-double, by Cholesky.</summary>
internal sealed class Small
{
    private readonly DoubleDouble[][] _inverse;
    private readonly double[][] _x;

    private Small(double[] y, double[][] x)
    {
        _x = x;
        var factor = new Cholesky<DoubleDouble>([.. x.Select(a => x.Select(b => Dot(a, b)).ToArray())]);
        Assert.Equal(-1, factor.FactorAll());
        _inverse = factor.Inverse();
        Root = [.. Enumerable.Range(0, x.Length).Select(k => factor.InverseColumn(k).ToArray())];
        Estimates = [.. _inverse.Select(row => row.Zip(x, (v, c) => v * Dot(c, y)).Aggregate(static (a, b) => a + b))];
        Residuals = [.. y.Select((v, i) => x.Select((c, j) => Estimates[j] * c[i]).Aggregate(DoubleDouble.From(v), static (a, b) => a - b))];
        Rss = Residuals.Select(static e => e * e).Aggregate(static (a, b) => a + b);
    }

    public DoubleDouble[] Estimates { get; }

    public DoubleDouble[] Residuals { get; }

    public DoubleDouble Rss { get; }

    /// <summary>Columns of U, UUᵀ = (XᵀX)⁻¹.</summary>
    public DoubleDouble[][] Root { get; }

    /// <summary>Whether no column nearly depends on others, no row has leverage 1, and there are residuals.</summary>
    public static bool IsWellPosed(double[] y, double[][] x)
    {
        var factor = new Cholesky<DoubleDouble>([.. x.Select(a => x.Select(b => Dot(a, b)).ToArray())]);
        if (factor.FactorAll() >= 0 || Enumerable.Range(0, x.Length).Any(k => factor.FactorRow(k)[0].High < 0.1))
        {
            return false;
        }
        Small fit = Fit(y, x);
        return fit.Rss.High > 0.1 && Enumerable.Range(0, y.Length).All(i => fit.Leverage(i).High < 0.99 && fit.Rss.High * 0.999 > (fit.Residuals[i] * fit.Residuals[i] / (1 - fit.Leverage(i))).High);
    }

    public static Small Fit(double[] y, double[][] x) => new(y, x);

    /// <summary>Uᵀx of a row.</summary>
    public DoubleDouble[] Basis(int row) => [.. Root.Select(u => u.Select((v, j) => v * _x[j][row]).Aggregate(static (a, b) => a + b))];

    public DoubleDouble Leverage(int row) => Basis(row).Select(static z => z * z).Aggregate(static (a, b) => a + b);

    /// <summary>(XᵀX)⁻¹_jj.</summary>
    public double Variance(int j) => _inverse[j][j].High;

    /// <summary>det (XᵀX)⁻¹.</summary>
    public double Determinant() => Root.Select(static (u, k) => u[k] * u[k]).Aggregate(static (a, b) => a * b).High;

    private static DoubleDouble Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => DoubleDouble.From(a) * b).Aggregate(static (a, b) => a + b);
}
