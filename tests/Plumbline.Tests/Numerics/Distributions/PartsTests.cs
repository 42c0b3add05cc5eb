using System.Numerics;
using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

/// <summary>The parts the distributions are made of, against identities and exact arithmetic.</summary>
public sealed class PartsTests
{
    [Fact]
    public void Logarithms_of_pairs_add_up_to_30_digits() => Gen.Select(Gen.Int[1, 1 << 26], Gen.Int[1, 1 << 26], Gen.Int[-900, 900]).Sample((i, j, k) =>
    {
        double x = Math.ScaleB(i, k);
        double y = j;
        Twofold difference = Twofold.Log(x * y) - Twofold.Log(x) - Twofold.Log(y);      // x·y is exact
        Assert.InRange(Math.Abs(difference.High + difference.Low), 0, 1e-28);
        Assert.InRange(Twofold.Log(x).High / Math.Log(x), 1 - 4e-16, 1 + 4e-16);
    });

    [Fact]
    public void Logarithm_of_one_plus_keeps_relative_accuracy() => Gen.Double[-60, -1].Sample(e =>
    {
        // log(1 + v) + log(1 − v) = log(1 − v²); of size v², so this sees v³ too
        double v = Math.ScaleB(1, (int)e);
        Twofold sum = Twofold.LogOnePlus(new Twofold(v)) + Twofold.LogOnePlus(new Twofold(-v));
        Twofold expected = Twofold.LogOnePlus(new Twofold(-v * v));
        Assert.InRange(Math.Abs((sum - expected).High), 0, 1e-31 * v);
    });

    [Fact]
    public void Pairs_divide_as_rationals_do() => Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[1, 1L << 50]).Sample((i, j) =>
    {
        Twofold quotient = new Twofold(i) / new Twofold(j);
        // (high + low)·j − i, exactly
        ExactValue rest = ((ExactValue.From(quotient.High) + ExactValue.From(quotient.Low)) * ExactValue.From(j)) - ExactValue.From(i);
        Assert.InRange(Math.Abs(rest.ToDouble()), 0, 1e-31 * i);
    });

    [Fact]
    public void Stirling_error_gives_the_factorials()
    {
        BigInteger factorial = 1;
        for (int n = 1; n <= 150; n++)
        {
            // Γ(n) = √(2π/n)·(n/e)ⁿ·exp(δ(n))
            double logarithm = (0.5 * Math.Log(2 * Math.PI / n)) + (n * (Math.Log(n) - 1)) + StirlingError.Of(n);
            Assert.InRange(logarithm - BigInteger.Log(factorial), -2e-15 * (n + 1), 2e-15 * (n + 1));
            factorial *= n;
        }
        Assert.Equal(0.5 * (1 - Math.Log(2)), StirlingError.Of(0.5), 1e-15);            // Γ(½) = √π
    }

    [Fact]
    public void Stirling_error_obeys_the_reflection_formula() => Gen.Double[1e-6, 0.5].Sample(x =>
    {
        double both = LogGamma(x) + LogGamma(1 - x);        // Γ(x)·Γ(1 − x) = π/sin πx
        Assert.Equal(Math.Log(Math.PI / Math.Sin(Math.PI * x)), both, 1e-14);

        static double LogGamma(double a) => (0.5 * Math.Log(2 * Math.PI / a)) + (a * (Math.Log(a) - 1)) + StirlingError.Of(a);
    });

    [Fact]
    public void Small_differences_agree_with_their_definitions_in_decimal() => Gen.Double[-0.49, 3].Sample(v =>
    {
        double direct = (double)(Exponential((decimal)v) - 1 - (decimal)v);
        Assert.True(Golden.RelativeError(SmallDifferences.ExpLessLinear((double)(decimal)v), direct) < 1e-14 || Math.Abs(v) < 1e-4);
    });

    [Fact]
    public void Coin_cumulant_has_two_faces() => Gen.Select(Gen.Double[1e-9, 0.9], Gen.Double[-800, 800]).Sample((y, s) =>
    {
        double direct = SmallDifferences.CoinCumulant(y, 1 - y, s);
        double turned = SmallDifferences.CoinCumulant(1 - y, y, -s);
        Assert.InRange(turned, direct * (1 - 1e-14), direct * (1 + 1e-14));
        Assert.True(direct >= 0);
        if (Math.Abs(s) > 1)
        {
            double top = Math.Max(0, s);
            double plain = top + Math.Log(((1 - y) * Math.Exp(-top)) + (y * Math.Exp(s - top))) - (y * s);
            Assert.Equal(plain, direct, 1e-15 * (1 + Math.Abs(s)) * 4);
        }
    });

    private static decimal Exponential(decimal x)
    {
        decimal term = 1;
        decimal sum = 1;
        for (int k = 1; k < 60; k++)
        {
            term *= x / k;
            sum += term;
        }
        return sum;
    }
}
