using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Anderson and Darling's test that values are normal, mean and variance estimated from them.
/// </summary>
/// <remarks>
/// Method      A² = −n − (1/n) Σ (2i − 1)(log Φ(z_(i)) + log Φ(−z_(n+1−i))), z = (x − mean)/s. p from Stephens' A*² = A²(1 + 0.75/n + 2.25/n²) by
///             D'Agostino's formulas in four pieces. log Φ is right however far out a value is.
/// Cost        two normal tails a value; the values come sorted.
/// Source      Stephens, in D'Agostino, Stephens, Goodness-of-Fit Techniques (1986), §4.8.5 and table 4.9; nortest's <c>ad.test</c>.
/// Fails when  there are fewer than 8 values, or all are the same: NaN. p is an approximation to some two digits, and stops at 3.7e-24.
/// </remarks>
internal static class AndersonDarling
{
    private const int Fewest = 8;

    /// <summary>A² and p.</summary>
    /// <param name="sorted">The values, the smallest first.</param>
    public static TestValue Test(ReadOnlySpan<double> sorted)
    {
        int n = sorted.Length;
        if (n < Fewest || !(sorted[^1] > sorted[0]))
        {
            return TestValue.Undefined;
        }
        (DoubleDouble mean, double deviation) = Center(sorted);
        DoubleDouble sum = 0;
        for (int i = 0; i < n; i++)
        {
            double low = (sorted[i] - mean).High / deviation, high = (sorted[n - 1 - i] - mean).High / deviation;
            sum += ((2.0 * i) + 1) * (LogNormalTail.Lower(low) + LogNormalTail.Lower(-high));
        }
        double statistic = (-(sum / n) - n).High;
        return TestValue.Plain(statistic, P(statistic * (1 + (0.75 / n) + (2.25 / n / n))));
    }

    private static double P(double a) => a switch
    {
        < 0.2 => 1 - Math.Exp(-13.436 + (101.14 * a) - (223.73 * a * a)),
        < 0.34 => 1 - Math.Exp(-8.318 + (42.796 * a) - (59.938 * a * a)),
        < 0.6 => Math.Exp(0.9177 - (4.279 * a) - (1.38 * a * a)),
        < 10 => Math.Exp(1.2937 - (5.709 * a) + (0.0186 * a * a)),
        _ => 3.7e-24,
    };

    private static (DoubleDouble Mean, double Deviation) Center(ReadOnlySpan<double> values)
    {
        DoubleDouble sum = 0, squares = 0;
        foreach (double value in values)
        {
            sum += value;
        }
        DoubleDouble mean = sum / values.Length;
        foreach (double value in values)
        {
            DoubleDouble less = value - mean;
            squares += less * less;
        }
        return (mean, DoubleDouble.Sqrt(squares / (values.Length - 1)).High);
    }
}
