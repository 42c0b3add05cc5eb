using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

public sealed class PropertyTests
{
    private static readonly Gen<double> s_degrees = Gen.Double[0, 9].Select(e => Math.Pow(10, e));

    private static readonly Gen<double> s_probability = Gen.OneOf(
        Gen.Double[-300, -0.4].Select(e => Math.Pow(10, e)), Gen.Double[0.001, 0.999], Gen.Double[-16, -2].Select(e => 1 - Math.Pow(10, e)));

    private static readonly Gen<Law> s_law = Gen.OneOf(
        Gen.Const(new Law("N", 1, double.PositiveInfinity)),
        s_degrees.Select(d => new Law("T", 1, d)),
        s_degrees.Select(d => new Law("X", d, double.PositiveInfinity)),
        Gen.Select(s_degrees, s_degrees).Select((a, b) => new Law("F", a, b)));

    // Any size at all, from the smallest double to the largest.
    private static readonly Gen<double> s_wild = Gen.Double[-323.3, 308.2].Select(e => Math.Pow(10, e));

    private static double Lower(Law law, double x) => law.Name switch
    {
        "N" => Normal.LowerTail(x),
        "T" => StudentT.LowerTail(x, law.D2),
        _ => law.Lower(x),
    };

    private static double Upper(Law law, double x) => law.Name switch
    {
        "N" => Normal.UpperTail(x),
        "T" => StudentT.UpperTail(x, law.D2),
        _ => law.Upper(x),
    };

    [Fact]
    public void Quantile_inverts_the_tail() => Gen.Select(s_law, s_probability).Sample((law, p) =>
    {
        // The tail just below the quantile and just above it must enclose p; "just" is 1e-14 of the quantile.
        double x = law.Quantile(p);
        double width = 1e-14 * Math.Abs(x);
        if (Math.Abs(x) is > 1e-290 and < 1e290)
        {
            Assert.True(Lower(law, x - width) <= p * (1 + 1e-15) && Lower(law, x + width) >= p * (1 - 1e-15), $"{law} {p:R} → {x:R}");
        }
    });

    [Fact]
    public void Upper_quantile_inverts_the_upper_tail() => Gen.Select(s_law, s_probability).Sample((law, q) =>
    {
        double x = law.UpperQuantile(q);
        double width = 1e-14 * Math.Abs(x);
        if (Math.Abs(x) is > 1e-290 and < 1e290)
        {
            Assert.True(Upper(law, x + width) <= q * (1 + 1e-15) && Upper(law, x - width) >= q * (1 - 1e-15), $"{law} {q:R} → {x:R}");
        }
    });

    [Fact]
    public void Tails_are_monotone() => Gen.Select(s_law, s_probability, Gen.Double[-15, 0]).Sample((law, p, e) =>
    {
        double x = law.Quantile(p);
        double y = x + (Math.Abs(x) * Math.Pow(10, e));
        Assert.True(Lower(law, y) >= Lower(law, x) * (1 - 4e-15), $"{law} lower tail falls between {x:R} and {y:R}");
        Assert.True(Upper(law, y) <= Upper(law, x) * (1 + 4e-15), $"{law} upper tail rises between {x:R} and {y:R}");
    });

    [Fact]
    public void Tails_join_at_the_mode_of_the_logarithm() => Gen.Select(s_degrees, s_degrees).Sample((d1, d2) =>
    {
        // At F = 1 the directly computed tail changes from lower to upper.
        double below = FisherF.LowerTail(Math.BitDecrement(1), d1, d2);
        double above = FisherF.LowerTail(Math.BitIncrement(1), d1, d2);
        double density = Math.Sqrt(d1 / (d1 + d2) * d2 / (4 * Math.PI));
        Assert.InRange(above - below, -2e-15, 2e-15 + (1e-15 * density));
    });

    [Fact]
    public void Symmetric_laws_are_symmetric_to_the_bit() => Gen.Select(s_degrees, Gen.Double[-60, 60], s_probability).Sample((d, t, p) =>
    {
        Assert.Equal(StudentT.UpperTail(t, d), StudentT.LowerTail(-t, d));
        Assert.Equal(StudentT.TwoSided(t, d), StudentT.TwoSided(-t, d));
        Assert.Equal(StudentT.Quantile(p, d), -StudentT.UpperQuantile(p, d));
        double two = StudentT.TwoSided(t, d);
        if (two > 1e-300)                                   // half of a subnormal number may round
        {
            Assert.Equal(two, 2 * StudentT.UpperTail(Math.Abs(t), d));
        }
    });

    [Fact]
    public void Quantiles_grow_with_the_probability() => Gen.Select(s_law, s_probability, Gen.Double[1e-9, 0.5]).Sample((law, p, gap) =>
    {
        double more = p + ((1 - p) * gap);
        Assert.True(law.Quantile(more) >= law.Quantile(p), $"{law} {p:R} {more:R}");
    });

    [Fact]
    public void Any_arguments_give_probabilities_that_add_up_to_one() => Gen.Select(s_wild, s_wild, s_wild).Sample((x, d1, d2) =>
    {
        foreach (Law law in new[] { new Law("N", 1, double.PositiveInfinity), new Law("T", 1, d1), new Law("X", d1, double.PositiveInfinity), new Law("F", d1, d2) })
        {
            (double lower, double upper) = (Lower(law, x), Upper(law, x));
            Assert.True(lower >= 0 && upper >= 0 && Math.Abs(lower + upper - 1) <= 3e-16, $"{law} at {x:R}: {lower:R}, {upper:R}");
        }
    });

    [Fact]
    public void Any_arguments_give_quantiles_that_are_numbers() => Gen.Select(s_probability, s_wild, s_wild).Sample((p, d1, d2) =>
    {
        foreach (Law law in new[] { new Law("T", 1, d1), new Law("X", d1, double.PositiveInfinity), new Law("F", d1, d2) })
        {
            double x = law.Quantile(p);
            Assert.True(law.IsSymmetric ? p < 0.5 == x < 0 : x >= 0, $"{law} {p:R}: {x:R}");
        }
    });
}
