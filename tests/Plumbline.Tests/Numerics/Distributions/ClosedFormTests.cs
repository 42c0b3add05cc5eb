using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

/// <summary>Laws that have elementary formulas, and the identities that tie the laws to each other.</summary>
public sealed class ClosedFormTests
{
    private const double Close = 1e-13;                     // the formulas here round, too

    private static readonly Gen<double> s_degrees = Gen.Double[0, 6].Select(e => Math.Pow(10, e));

    private static void Same(double expected, double actual, double tolerance = Close) =>
        Assert.True(Golden.RelativeError(actual, expected) <= tolerance, $"expected {expected:R}, got {actual:R}");

    [Fact]
    public void Chi_squared_with_two_degrees_is_exponential() => Gen.Double[0.001, 600].Sample(x =>
    {
        Same(Math.Exp(-0.5 * x), ChiSquared.UpperTail(x, 2), 2e-13);
        Same(-2 * Math.Log(0.75 * Math.Exp(-x)), ChiSquared.UpperQuantile(0.75 * Math.Exp(-x), 2), 1e-12);
    });

    [Fact]
    public void Chi_squared_with_even_degrees_is_a_sum_of_Poisson_terms() => Gen.Select(Gen.Int[1, 60], Gen.Double[0.1, 500]).Sample((m, x) =>
    {
        double term = Math.Exp(-0.5 * x);
        double sum = 0;
        for (int k = 0; k < m; term *= 0.5 * x / ++k)
        {
            sum += term;
        }
        Same(sum, ChiSquared.UpperTail(x, 2 * m));
    });

    [Fact]
    public void Student_with_one_degree_is_Cauchy() => Gen.Double[-300, 300].Sample(e =>
    {
        double t = Math.Pow(10, e);
        Same(Math.Atan2(1, t) / Math.PI, StudentT.UpperTail(t, 1));
        double q = 0.25 * Math.Pow(10, -Math.Abs(e));
        Same(1 / Math.Tan(Math.PI * q), StudentT.UpperQuantile(q, 1));
    });

    [Fact]
    public void Student_with_two_degrees_is_algebraic() => Gen.Double[0.001, 1e9].Sample(t =>
    {
        double root = Math.Sqrt(2 + (t * t));
        Same(1 / (root * (root + t)), StudentT.UpperTail(t, 2));
    });

    [Fact]
    public void F_with_two_degrees_above_is_a_power() => Gen.Select(s_degrees, Gen.Double[0.01, 40]).Sample((d, x) =>
    {
        double y = 2 * x / d;
        double log = y > 0.5 ? Math.Log(1 + y) : y + SmallDifferences.LogOnePlusLessLinear(y);
        Same(Math.Exp(-0.5 * d * log), FisherF.UpperTail(x, 2, d), 1e-12);
    });

    [Fact]
    public void F_with_one_degree_above_is_t_squared() => Gen.Select(s_degrees, Gen.Int[1, 40_000]).Sample((d, k) =>
    {
        double t = k / 1024.0;                              // its square is exact
        Same(StudentT.TwoSided(t, d), FisherF.UpperTail(t * t, 1, d));
        Same(Normal.TwoSided(t), ChiSquared.UpperTail(t * t, 1));
        Same(Normal.TwoSided(t), FisherF.UpperTail(t * t, 1, double.PositiveInfinity));
        double q = StudentT.TwoSided(t, d);
        if (q > 1e-300)
        {
            double critical = StudentT.UpperQuantile(0.5 * q, d);
            Same(critical * critical, FisherF.UpperQuantile(q, 1, d));
        }
    });

    [Fact]
    public void F_turned_over_changes_tails() => Gen.Select(s_degrees, s_degrees, Gen.Int[-8, 8]).Sample((d1, d2, k) =>
    {
        double x = Math.ScaleB(1, k);                       // its inverse is exact
        Same(FisherF.LowerTail(x, d1, d2), FisherF.UpperTail(1 / x, d2, d1), 2e-15);
    });

    [Fact]
    public void Chi_squared_over_its_degrees_is_F_with_infinite_degrees_below() => Gen.Select(Gen.Int[0, 19], Gen.Double[0.01, 9]).Sample((k, x) =>
    {
        double d = Math.ScaleB(1, k);                       // d·x is exact
        Same(ChiSquared.UpperTail(x * d, d), FisherF.UpperTail(x, d, double.PositiveInfinity));
        Same(ChiSquared.LowerTail(x * d, d), FisherF.LowerTail(x, d, double.PositiveInfinity));
    });

    [Fact]
    public void The_limits_are_reached_smoothly() => Gen.Select(Gen.Double[0.01, 8], Gen.Double[1, 50]).Sample((t, d) =>
    {
        // The first correction is of relative size t⁴/ν, or (d·x)²/ν for F; take it as a bound with room.
        foreach (double nu in new[] { 1e9, 1e12, 1e15, 1e18, 1e25, 1e31, 1e300 })
        {
            Same(Normal.UpperTail(t), StudentT.UpperTail(t, nu), 1e-14 + ((1 + (t * t * t * t)) / nu));
            Same(ChiSquared.UpperTail(t * d, d), FisherF.UpperTail(t * d / d, d, nu), 1e-13 + (2 * (1 + d + (t * d)) * (1 + d + (t * d)) / nu));
        }
    });
}
