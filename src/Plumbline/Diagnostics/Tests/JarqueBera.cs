using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Skewness, kurtosis and Jarque and Bera's test of normal errors.
/// </summary>
/// <remarks>
/// Method      S = m₃/m₂^1.5, K = m₄/m₂², m the central moments over n; JB = n/6·(S² + (K − 3)²/4) against χ² with 2 degrees of freedom. The
///             moments come from sums of powers in double-double: residuals have a mean of 0 or little more, so nothing is lost.
/// Source      Jarque, Bera, A test for normality of observations and regression residuals, Int. Statist. Rev. 55 (1987);
///             statsmodels' <c>jarque_bera</c>.
/// Fails when  all values are the same: NaN. The χ² is far off below some hundred rows.
/// </remarks>
internal readonly record struct JarqueBera(double Skewness, double Kurtosis, TestValue Test)
{
    /// <summary>From sums of powers.</summary>
    /// <param name="rows">n.</param>
    /// <param name="sum1">Σ e.</param>
    /// <param name="sum2">Σ e².</param>
    /// <param name="sum3">Σ e³.</param>
    /// <param name="sum4">Σ e⁴.</param>
    public static JarqueBera Of(long rows, DoubleDouble sum1, DoubleDouble sum2, DoubleDouble sum3, DoubleDouble sum4)
    {
        DoubleDouble n = rows, mean = sum1 / n;
        DoubleDouble square = mean * mean;
        DoubleDouble m2 = (sum2 / n) - square;
        DoubleDouble m3 = (sum3 / n) - (3 * mean * (sum2 / n)) + (2 * mean * square);
        DoubleDouble m4 = (sum4 / n) - (4 * mean * (sum3 / n)) + (6 * square * (sum2 / n)) - (3 * square * square);
        if (!(m2.High > 0))
        {
            return new JarqueBera(double.NaN, double.NaN, TestValue.Undefined);
        }
        double skewness = (m3 / (m2 * DoubleDouble.Sqrt(m2))).High;
        DoubleDouble excess = (m4 / (m2 * m2)) - 3;
        double statistic = rows / 6.0 * ((skewness * skewness) + (excess.High * excess.High / 4));
        return new JarqueBera(skewness, excess.High + 3, TestValue.ChiSquared(statistic, 2));
    }

    /// <summary>Of the values themselves.</summary>
    public static JarqueBera Of(ReadOnlySpan<double> values)
    {
        DoubleDouble s1 = 0, s2 = 0, s3 = 0, s4 = 0;
        foreach (double value in values)
        {
            DoubleDouble e = value, square = e * e;
            s1 += e;
            s2 += square;
            s3 += square * e;
            s4 += square * square;
        }
        return Of(values.Length, s1, s2, s3, s4);
    }
}
