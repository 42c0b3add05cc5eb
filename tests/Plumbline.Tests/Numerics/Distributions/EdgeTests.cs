using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

public sealed class EdgeTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Tails_at_the_ends_are_0_and_1()
    {
        foreach (double d in new[] { 0.5, 1, 30, 1e9, Infinity })
        {
            Assert.Equal((0.0, 1.0), (StudentT.LowerTail(-Infinity, d), StudentT.UpperTail(-Infinity, d)));
            Assert.Equal((1.0, 0.0), (StudentT.LowerTail(Infinity, d), StudentT.UpperTail(Infinity, d)));
            Assert.Equal((0.5, 0.5, 1.0), (StudentT.LowerTail(0, d), StudentT.UpperTail(-0.0, d), StudentT.TwoSided(0, d)));
            Assert.Equal(0, StudentT.TwoSided(-Infinity, d));
            foreach (double x in new[] { -Infinity, -1, -double.Epsilon, 0 })
            {
                Assert.Equal((0.0, 1.0), (ChiSquared.LowerTail(x, d), ChiSquared.UpperTail(x, d)));
                Assert.Equal((0.0, 1.0), (FisherF.LowerTail(x, d, 3), FisherF.UpperTail(x, 3, d)));
            }
            Assert.Equal((1.0, 0.0), (ChiSquared.LowerTail(Infinity, d), ChiSquared.UpperTail(Infinity, d)));
            Assert.Equal((1.0, 0.0), (FisherF.LowerTail(Infinity, d, 3), FisherF.UpperTail(Infinity, 3, d)));
        }
    }

    [Fact]
    public void Quantiles_of_0_half_and_1_are_the_ends_and_the_middle()
    {
        Assert.Equal((-Infinity, 0.0, Infinity), (Normal.Quantile(0), Normal.Quantile(0.5), Normal.Quantile(1)));
        Assert.Equal((Infinity, 0.0, -Infinity), (Normal.UpperQuantile(0), Normal.UpperQuantile(0.5), Normal.UpperQuantile(1)));
        Assert.Equal((-Infinity, 0.0, Infinity), (StudentT.Quantile(0, 7), StudentT.Quantile(0.5, 7), StudentT.Quantile(1, 7)));
        Assert.Equal((0.0, Infinity), (ChiSquared.Quantile(0, 7), ChiSquared.Quantile(1, 7)));
        Assert.Equal((Infinity, 0.0), (ChiSquared.UpperQuantile(0, 7), ChiSquared.UpperQuantile(1, 7)));
        Assert.Equal((0.0, Infinity), (FisherF.Quantile(0, 7, 2), FisherF.Quantile(1, 7, 2)));
        Assert.Equal((Infinity, 0.0), (FisherF.UpperQuantile(0, 7, 2), FisherF.UpperQuantile(1, 7, 2)));
    }

    [Fact]
    public void Infinite_degrees_are_the_limits()
    {
        Assert.Equal(Normal.UpperTail(1.5), StudentT.UpperTail(1.5, Infinity));
        Assert.Equal((0.0, 1.0), (ChiSquared.LowerTail(1e300, Infinity), ChiSquared.UpperTail(1e300, Infinity)));
        Assert.Equal((0.0, Infinity, Infinity), (ChiSquared.Quantile(0, Infinity), ChiSquared.Quantile(0.1, Infinity), ChiSquared.UpperQuantile(0.1, Infinity)));
        Assert.Equal((0.0, 1.0), (FisherF.LowerTail(0.999, Infinity, Infinity), FisherF.UpperTail(0.999, Infinity, Infinity)));
        Assert.Equal((1.0, 0.0), (FisherF.LowerTail(1, Infinity, Infinity), FisherF.UpperTail(1, Infinity, Infinity)));
        Assert.Equal((1.0, 1.0), (FisherF.Quantile(0.2, Infinity, Infinity), FisherF.UpperQuantile(0.2, Infinity, Infinity)));
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        Assert.All(
            [
                Normal.LowerTail(double.NaN), Normal.TwoSided(double.NaN), Normal.Quantile(double.NaN), Normal.UpperQuantile(double.NaN),
                StudentT.UpperTail(double.NaN, 3), StudentT.UpperTail(1, double.NaN), StudentT.Quantile(0.1, double.NaN), StudentT.Quantile(0.5, double.NaN),
                ChiSquared.LowerTail(double.NaN, 3), ChiSquared.UpperTail(-1, double.NaN), ChiSquared.Quantile(double.NaN, 3), ChiSquared.UpperQuantile(0, double.NaN),
                FisherF.LowerTail(double.NaN, 3, 4), FisherF.UpperTail(1, double.NaN, 4), FisherF.Quantile(0.1, 3, double.NaN), FisherF.UpperQuantile(double.NaN, Infinity, Infinity),
            ],
            value => Assert.True(double.IsNaN(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NegativeInfinity)]
    public void Degrees_of_freedom_must_be_above_0(double degrees)
    {
        Action[] calls =
        [
            () => StudentT.LowerTail(1, degrees), () => StudentT.UpperTail(1, degrees), () => StudentT.TwoSided(1, degrees),
            () => StudentT.Quantile(0.1, degrees), () => StudentT.UpperQuantile(0.5, degrees),
            () => ChiSquared.LowerTail(1, degrees), () => ChiSquared.UpperTail(-1, degrees), () => ChiSquared.Quantile(0.1, degrees), () => ChiSquared.UpperQuantile(0, degrees),
            () => FisherF.LowerTail(1, degrees, 2), () => FisherF.UpperTail(1, 2, degrees), () => FisherF.Quantile(0.1, degrees, Infinity), () => FisherF.UpperQuantile(1, 2, degrees),
        ];
        Assert.All(calls, call =>
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(call);
            Assert.True(error.ParamName is "degrees" or "numerator" or "denominator", error.ParamName);
            Assert.Equal(degrees, error.ActualValue);
            Assert.Contains("above 0", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000000000002)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Probabilities_must_be_between_0_and_1(double p)
    {
        Action[] calls =
        [
            () => Normal.Quantile(p), () => Normal.UpperQuantile(p), () => StudentT.Quantile(p, 3), () => StudentT.UpperQuantile(p, 3),
            () => ChiSquared.Quantile(p, 3), () => ChiSquared.UpperQuantile(p, 3), () => FisherF.Quantile(p, 3, 4), () => FisherF.UpperQuantile(p, 3, 4),
        ];
        Assert.All(calls, call =>
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(call);
            Assert.True(error.ParamName is "p" or "q", error.ParamName);
            Assert.Equal(p, error.ActualValue);
            Assert.Contains("between 0 and 1", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Quantiles_beyond_the_doubles_are_0_or_infinite()
    {
        Assert.Equal(0, ChiSquared.Quantile(1e-300, 1));    // π/2 · 1e-600
        Assert.Equal(Infinity, FisherF.UpperQuantile(1e-300, 1, 1));
        Assert.Equal(0, FisherF.Quantile(1e-300, 1, 1));
        Assert.Equal(-Infinity, StudentT.Quantile(1e-300, 0.5));
        Assert.InRange(ChiSquared.Quantile(1e-154, 1) / (0.5 * Math.PI * 1e-308), 1 - 1e-6, 1 + 1e-6);   // subnormal
    }

    [Fact]
    public void Tails_below_the_normal_doubles_underflow_gradually()
    {
        // φ(z)/z · (1 − 1/z² + 3/z⁴), with the exponent near −714: subnormal, 11 digits are left
        double z = 37.8;
        double expected = Math.Exp((-0.5 * z * z) + 100) / (z * Math.Sqrt(2 * Math.PI)) * (1 - (1 / (z * z)) + (3 / (z * z * z * z))) * Math.Exp(-100);
        Assert.InRange(Normal.UpperTail(z) / expected, 1 - 1e-8, 1 + 1e-8);
        Assert.Equal(0, Normal.UpperTail(39));
        Assert.Equal(1, Normal.LowerTail(39));
    }
}
