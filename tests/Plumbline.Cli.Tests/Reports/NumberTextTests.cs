using System.Globalization;
using CsCheck;
using Plumbline.Reports;

namespace Plumbline.Cli.Tests.Reports;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0, 6, "0")]
    [InlineData(2.0, 6, "2.00000")]
    [InlineData(1234567.8, 6, "1234568")]
    [InlineData(123456789012345678.0, 6, "1.23457e17")]
    [InlineData(-43580.7431, 6, "-43580.7")]
    [InlineData(0.00001234567, 6, "0.0000123457")]
    [InlineData(0.000001234567, 6, "1.23457e-6")]
    [InlineData(999999.5, 6, "1000000")]
    [InlineData(9.9999999, 3, "10.0")]
    [InlineData(1.3e-104, 3, "1.30e-104")]
    [InlineData(5e-324, 3, "4.94e-324")]
    [InlineData(double.NaN, 6, "—")]
    [InlineData(double.NegativeInfinity, 6, "-∞")]
    [InlineData(0.1, 17, "0.10000000000000001")]
    public void Numbers_have_the_digits_asked_for(double value, int digits, string expected) =>
        Assert.Equal(expected, NumberText.Significant(value, digits));

    [Fact]
    public void What_is_shown_is_within_half_a_unit_of_the_last_digit() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[1, 10], Gen.Bool, Gen.Int[1, 17]).Sample((power, lead, minus, digits) =>
        {
            double value = (minus ? -lead : lead) * Math.Pow(10, Math.Floor(power));
            double shown = double.Parse(NumberText.Significant(value, digits), CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(shown - value) <= Math.Abs(value) * 0.5001 * Math.Pow(10, 1 - digits) + Math.Abs(value) * 3e-16);
        });

    [Fact]
    public void Probabilities_are_never_zero()
    {
        Assert.Equal("<5e-324", NumberText.Probability(0, 3));
        Assert.Equal("p = 0.0500", NumberText.ProbabilityPhrase(0.05, 3));
        Assert.Equal("p < 5e-324", NumberText.ProbabilityPhrase(0, 3));
        Assert.Equal("p undefined", NumberText.ProbabilityPhrase(double.NaN, 3));
    }
}
