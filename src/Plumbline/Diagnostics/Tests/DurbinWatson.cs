using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Durbin and Watson's test of errors that follow each other: d = Σ (e_t − e_{t−1})² / Σ e_t², near 2 when they do not.
/// </summary>
/// <remarks>
/// Method      d = e'Ae/e'e with A tridiagonal (1, 2, …, 2, 1 on the diagonal, −1 beside it) and e = Mε, M = I − QQᵀ, Q orthonormal columns
///             that span those of the model. Exact: P(d &lt; d₀) = P(Σ (λᵢ − d₀) zᵢ² &lt; 0), λ the n − k eigenvalues of MAM that are not 0 by
///             construction: squared singular values of the differenced columns of M. Normal: with the mean and the variance of d,
///             P = 2(n − 1) − tr B, R = 2(3n − 4) − 2·tr C + tr B², B = QᵀAQ, C = QᵀA²Q: mean P/(n − k), variance
///             2(R − P·mean)/((n − k)(n − k + 2)).
/// Cost        exact: 6·n³ double-double operations a sweep of Jacobi; normal: k² a row, to sum B and tr C.
/// Source      Durbin, Watson, Testing for serial correlation in least squares regression I–III, Biometrika 37 (1950), 38 (1951),
///             58 (1971); the normal p as in lmtest's <c>dwtest(exact = FALSE)</c>.
/// Fails when  n − k &lt; 2: d is then a constant, and p is NaN. σ² of the errors must be one, so weights go in as √w·e and √w·x.
/// </remarks>
internal static class DurbinWatson
{
    /// <summary>d.</summary>
    /// <param name="squaredDifferences">Σ (e_t − e_{t−1})².</param>
    /// <param name="rss">Σ e_t².</param>
    public static double Statistic(double squaredDifferences, double rss) => rss > 0 ? squaredDifferences / rss : double.NaN;

    /// <summary>The n − k eigenvalues of MAM, the largest first; none when n − k &lt; 2.</summary>
    /// <param name="orthonormal">k columns of length n, QᵀQ = I.</param>
    /// <param name="rows">n.</param>
    public static double[] Eigenvalues(double[][] orthonormal, int rows)
    {
        int left = rows - orthonormal.Length;
        if (left < 2)
        {
            return [];
        }
        var columns = new DoubleDouble[rows][];
        var column = new DoubleDouble[rows];
        for (int j = 0; j < rows; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            foreach (double[] q in orthonormal)
            {
                for (int i = 0; i < rows; i++)
                {
                    column[i] -= DoubleDouble.From(q[i]) * q[j];
                }
            }
            columns[j] = new DoubleDouble[rows - 1];
            for (int i = 1; i < rows; i++)
            {
                columns[j][i - 1] = column[i] - column[i - 1];
            }
        }
        return [.. SingularValues.Of(columns, withVectors: false).Values.Take(left).Select(static v => (v * v).High)];
    }

    /// <summary>p from the law of d itself.</summary>
    /// <param name="statistic">d.</param>
    /// <param name="eigenvalues">As <see cref="Eigenvalues"/> gives them.</param>
    public static DurbinWatsonP Exact(double statistic, ReadOnlySpan<double> eigenvalues)
    {
        if (double.IsNaN(statistic))
        {
            return new DurbinWatsonP(double.NaN, double.NaN);
        }
        var a = new double[eigenvalues.Length];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = eigenvalues[i] - statistic;
        }
        return new DurbinWatsonP(QuadraticFormLaw.Negative(a), QuadraticFormLaw.Positive(a));
    }

    /// <summary>p from the normal law with the mean and variance of d.</summary>
    /// <param name="statistic">d.</param>
    /// <param name="rows">n.</param>
    /// <param name="coefficients">k.</param>
    /// <param name="trace">tr B = Σ_j (Q_j'A Q_j).</param>
    /// <param name="traceOfSecond">tr C = Σ_j ‖A Q_j‖².</param>
    /// <param name="traceOfSquare">tr B² = Σ B_ij².</param>
    public static DurbinWatsonP Normal(double statistic, long rows, int coefficients, double trace, double traceOfSecond, double traceOfSquare)
    {
        double left = rows - coefficients;
        if (left < 2)
        {
            return new DurbinWatsonP(double.NaN, double.NaN);
        }
        double first = (2.0 * (rows - 1)) - trace;
        double second = (2 * ((3.0 * rows) - 4)) - (2 * traceOfSecond) + traceOfSquare;
        double mean = first / left;
        double z = (statistic - mean) / Math.Sqrt(2 / (left * (left + 2)) * (second - (first * mean)));
        return new DurbinWatsonP(Numerics.Normal.LowerTail(z), Numerics.Normal.UpperTail(z));
    }
}

/// <summary>p of Durbin and Watson's test.</summary>
/// <param name="Positive">Against positive autocorrelation: P(d ≤ d₀).</param>
/// <param name="Negative">Against negative autocorrelation: P(d ≥ d₀).</param>
internal readonly record struct DurbinWatsonP(double Positive, double Negative)
{
    /// <summary>Against either.</summary>
    public double TwoSided => Math.Min(1, 2 * Math.Min(Positive, Negative));
}
