using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics;

public class QuadraticFormLawTests
{
    private const double Near = 1e-12;

    [Fact]
    public void Two_groups_of_equal_terms_are_an_F_distribution() =>
        // a Σ z² < b Σ z'² with p and q terms: F(p, q) below (b·q)/(a·p).
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[-6, 6]).Sample((p, q, log) =>
        {
            double b = Math.Exp(log);
            double[] a = [.. Enumerable.Repeat(1.0, p), .. Enumerable.Repeat(-b, q)];
            double f = b * q / p;
            Close(FisherF.LowerTail(f, p, q), QuadraticFormLaw.Negative(a));
            Close(FisherF.UpperTail(f, p, q), QuadraticFormLaw.Positive(a));
        });

    [Fact]
    public void Both_tails_sum_to_one_and_do_not_depend_on_scale_or_order() =>
        Gen.Double[-3, 3].Array[2, 60].Where(static a => a.Min() < -0.01 && a.Max() > 0.01).Sample(a =>
        {
            double low = QuadraticFormLaw.Negative(a), high = QuadraticFormLaw.Positive(a);
            Close(1, low + high);
            Close(low, QuadraticFormLaw.Negative([.. a.Reverse().Select(static x => x * 1024)]));
            Close(high, QuadraticFormLaw.Negative([.. a.Select(static x => -x)]));
        });

    [Fact]
    public void Terms_of_one_sign_decide() =>
        Assert.Equal(
            (0.0, 1.0, 1.0, 0.0),
            (QuadraticFormLaw.Negative([1, 2, 0]), QuadraticFormLaw.Positive([1, 2, 0]), QuadraticFormLaw.Negative([-1]), QuadraticFormLaw.Positive([-1])));

    [Fact]
    public void Nothing_to_decide_is_not_a_number()
    {
        Assert.Equal(double.NaN, QuadraticFormLaw.Negative([]));
        Assert.Equal(double.NaN, QuadraticFormLaw.Negative([0, 0]));
        Assert.Equal(double.NaN, QuadraticFormLaw.Positive([1, double.NaN, -1]));
    }

    private static void Close(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Near * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
