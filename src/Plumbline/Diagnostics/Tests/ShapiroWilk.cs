using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Shapiro and Wilk's test that values are normal, as extended by Royston: 3 to 5,000 values.
/// </summary>
/// <remarks>
/// Method      W = (Σ aᵢ x_(i))² / Σ (x − mean)², a near the normal scores m divided by their length, the outer one or two corrected by polynomials
///             in 1/√n. 1 − W, made normal: n = 3 exactly; to 11 by −log(γ − log(1 − W)), above by log(1 − W), with mean and standard deviation
///             polynomials in n or log n.
/// Cost        n/2 normal quantiles; the values come sorted.
/// Source      Royston, Algorithm AS R94, Applied Statistics 44 (1995); R's <c>shapiro.test</c>, whose constants these are.
/// Fails when  there are fewer than 3 or more than 5,000 values, or all are the same: NaN.
/// </remarks>
internal static class ShapiroWilk
{
    private const int Fewest = 3;
    private const int Most = 5000;
    private const double LeastP = 1e-99;        // beyond the range of the approximation for 4 to 11 values

    private static readonly double[] _outer = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
    private static readonly double[] _second = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    private static readonly double[] _gamma = [-2.273, 0.459];
    private static readonly double[] _meanOfFew = [0.544, -0.39978, 0.025054, -6.714e-4];
    private static readonly double[] _logDeviationOfFew = [1.3822, -0.77857, 0.062767, -0.0020322];
    private static readonly double[] _mean = [-1.5861, -0.31082, -0.083751, 0.0038915];
    private static readonly double[] _logDeviation = [-0.4803, -0.082676, 0.0030302];

    /// <summary>W and p.</summary>
    /// <param name="sorted">The values, the smallest first.</param>
    public static TestValue Test(ReadOnlySpan<double> sorted)
    {
        int n = sorted.Length;
        if (n is < Fewest or > Most || !(sorted[^1] > sorted[0]))
        {
            return TestValue.Undefined;
        }
        double[] a = Coefficients(n);
        DoubleDouble sum = 0;
        foreach (double value in sorted)
        {
            sum += value;
        }
        DoubleDouble mean = sum / n, squares = 0, product = 0, size = 0;
        for (int i = 0; i < n; i++)
        {
            DoubleDouble x = sorted[i] - mean, weight = i < n / 2 ? -a[i] : i >= n - (n / 2) ? a[n - 1 - i] : 0;
            squares += x * x;
            product += weight * x;
            size += weight * weight;
        }
        // 1 − W, W the squared correlation of values and coefficients; in double-double it does not cancel.
        DoubleDouble rest = 1 - (product / squares * product / size);
        return TestValue.Plain((1 - rest).High, P(n, rest.Sign > 0 ? rest : 0));
    }

    /// <summary>The upper half of a, the outermost first.</summary>
    private static double[] Coefficients(int n)
    {
        int half = n / 2;
        var a = new double[half];
        if (n == 3)
        {
            a[0] = Math.Sqrt(0.5);
            return a;
        }
        double squares = 0;
        for (int i = 0; i < half; i++)
        {
            a[i] = -Normal.Quantile((i + 1 - 0.375) / (n + 0.25));
            squares += 2 * a[i] * a[i];
        }
        double root = 1 / Math.Sqrt(n), length = Math.Sqrt(squares);
        double first = Polynomial(_outer, root) + (a[0] / length), second = Polynomial(_second, root) + (n > 5 ? a[1] / length : 0);
        bool two = n > 5;
        double left = squares - (2 * a[0] * a[0]) - (two ? 2 * a[1] * a[1] : 0);
        double right = 1 - (2 * first * first) - (two ? 2 * second * second : 0);
        double factor = Math.Sqrt(right / left);
        for (int i = 0; i < half; i++)
        {
            a[i] = i == 0 ? first : i == 1 && two ? second : a[i] * factor;
        }
        return a;
    }

    private static double P(int n, DoubleDouble rest)
    {
        if (n == 3)
        {
            // P = (6/π)(asin √W − asin √¾), by the sine of the difference; W is at least ¾.
            double sine = (DoubleDouble.Sqrt(1 - rest) - DoubleDouble.Sqrt(3 * rest)).High / 2;
            return Math.Clamp(6 / Math.PI * Math.Asin(Math.Clamp(sine, 0, 0.5)), 0, 1);
        }
        double y = Math.Log(rest.High), log = Math.Log(n);
        if (n > 11)
        {
            return Normal.UpperTail((y - Polynomial(_mean, log)) / Math.Exp(Polynomial(_logDeviation, log)));
        }
        double gamma = Polynomial(_gamma, n);
        return y >= gamma
            ? LeastP
            : Normal.UpperTail((-Math.Log(gamma - y) - Polynomial(_meanOfFew, n)) / Math.Exp(Polynomial(_logDeviationOfFew, n)));
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double value = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }
        return value;
    }
}
