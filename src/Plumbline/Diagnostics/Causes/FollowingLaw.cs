namespace Plumbline;

/// <summary>
/// Normal errors that follow their predecessor, e_t = ρe_{t−1} + ε_t, fitted together with the mean; rows in order.
/// </summary>
/// <remarks>
/// Method      by turns: ρ from residuals, β by least squares of rows less ρ times the row before, the first row times √(1 − ρ²). The
///             log-likelihood is that of all rows.
/// Cost        n·p² a turn, six turns.
/// Source      Prais, Winsten, Trend Estimators and Serial Correlation, Cowles Commission Discussion Paper 383 (1954).
/// Fails when  ρ is near 1: it is held below 0.98.
/// </remarks>
internal sealed class FollowingLaw
{
    private const int Turns = 6;
    private const double Most = 0.98;

    private readonly LawRows _rows;
    private readonly double[][] _mean;

    /// <param name="rows">The rows, in order.</param>
    /// <param name="mean">Columns of the mean.</param>
    public FollowingLaw(LawRows rows, double[][] mean)
    {
        _rows = rows;
        _mean = mean;
        double[] beta = ErrorLaw.Solve(rows.Response, mean, rows.Ones, out _);
        for (int turn = 0; turn < Turns; turn++)
        {
            double[] e = ErrorLaw.Residuals(rows.Response, mean, beta);
            double product = 0, square = 0;
            for (int i = 1; i < e.Length; i++)
            {
                product += e[i] * e[i - 1];
                square += e[i - 1] * e[i - 1];
            }
            Correlation = square > 0 ? Math.Clamp(product / square, -Most, Most) : 0;
            (double[] y, double[][] columns) = (Less(rows.Response, Correlation), Array.ConvertAll(mean, c => Less(c, Correlation)));
            beta = ErrorLaw.Solve(y, columns, rows.Ones, out _);
            double n = rows.Count, rss = Math.Max(1e-300, ErrorLaw.Residuals(y, columns, beta).Sum(static r => r * r));
            LogLikelihood = (-0.5 * n * (Math.Log(2 * Math.PI * rss / n) + 1)) + (0.5 * Math.Log(1 - (Correlation * Correlation)));
        }
    }

    /// <summary>ρ.</summary>
    public double Correlation { get; }

    /// <summary>The log-likelihood.</summary>
    public double LogLikelihood { get; }

    /// <summary>The F test of more columns of the mean, rows less ρ times their predecessors.</summary>
    /// <param name="more">The columns with them.</param>
    public TestValue Test(FollowingLaw more)
    {
        // The larger model has lost some of ρ to its columns, the smaller has too much of it when it lacks them: halfway.
        double rho = (Correlation + more.Correlation) / 2;
        (double without, int rank) = Rss(_mean, rho);
        (double with, int larger) = Rss(more._mean, rho);
        return TestValue.F((without - with) / (larger - rank) / (with / (_rows.Count - larger)), larger - rank, _rows.Count - larger);
    }

    private (double Rss, int Rank) Rss(double[][] mean, double rho)
    {
        (double[] y, double[][] columns) = (Less(_rows.Response, rho), Array.ConvertAll(mean, c => Less(c, rho)));
        double[] beta = ErrorLaw.Solve(y, columns, _rows.Ones, out int rank);
        return (ErrorLaw.Residuals(y, columns, beta).Sum(static r => r * r), rank);
    }

    private static double[] Less(double[] values, double rho) =>
        [.. values.Select((value, i) => i == 0 ? Math.Sqrt(1 - (rho * rho)) * value : value - (rho * values[i - 1]))];
}
