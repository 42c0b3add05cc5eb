using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics;

public class CorrectDigitsTests
{
    [Theory]
    [InlineData(1.0, 1.0, 16)]
    [InlineData(3.14, 3.1415926, 3)]          // 0.0016 off: half a unit of the third digit is 0.005, 10⁻³ relative 0.0031
    [InlineData(9.996, 10.0, 3)]              // 4e-4 relative; half a unit of the third digit of 10.0 is 0.05
    [InlineData(1.0006, 1.0, 3)]              // 6e-4: within 10⁻³ relative, half a unit of the third digit is 0.005
    [InlineData(1.006, 1.0, 2)]
    [InlineData(-2.5, -2.4, 1)]
    [InlineData(1.0, 2.0, 0)]
    [InlineData(1e-300, 1.0001e-300, 4)]
    [InlineData(1e300, 1.0002e300, 3)]
    [InlineData(0.0, 1e-5, 0)]
    [InlineData(1e-5, 0.0, 0)]
    public void Digits_are_counted_by_both_bounds(double value, double truth, int digits)
        => Assert.Equal(digits, CorrectDigits.Count(value, ExactInterval.From(truth)));

    [Fact]
    public void An_exact_zero_has_no_digits() => Assert.Null(CorrectDigits.Count(0, ExactInterval.From(0)));

    [Fact]
    public void An_interval_that_reaches_0_allows_no_claim()
        => Assert.Equal(0, CorrectDigits.Count(1, new ExactInterval(ExactValue.Zero, ExactValue.From(2))));

    [Fact]
    public void The_worst_end_of_the_interval_counts()
        => Assert.Equal(2, CorrectDigits.Count(1.001, new ExactInterval(ExactValue.From(1.001), ExactValue.From(1.006))));

    [Theory]
    [InlineData(0.3333, 0.33334, 1, 3)]
    [InlineData(-1.81, -1.79, -9, 5)]
    [InlineData(-0.1, 0.2, 0, 1)]
    [InlineData(31.9, 32.2, 32, 1)]
    [InlineData(30.2, 36.4, 33, 1)]
    public void The_simplest_fraction_is_found(double low, double high, int numerator, int denominator)
        => Assert.Equal(new Fraction(numerator, denominator), Fraction.SimplestIn(ExactValue.From(low), ExactValue.From(high)));
}
