using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>What must hold of fits with categories, whatever the data: coding, aliasing, rounding, moments of parts.</summary>
public class DesignMomentsTests
{
    private static readonly Gen<int> _seeds = Gen.Int[0, 1_000_000];

    [Fact]
    public void The_coding_of_categories_does_not_touch_the_fit() =>
        _seeds.Sample(
            seed =>
            {
                Table data = Data(seed, 40);
                LinearModel treatment = LinearRegression.Fit("y ~ x * f + g", data);
                foreach (string formula in (string[])["y ~ x * C(f, sum) + C(g, helmert)", "y ~ x * C(f, poly) + g", "y ~ x * C(f, base = \"c\") + C(g, sum)"])
                {
                    LinearModel other = LinearRegression.Fit(formula, data);
                    Assert.Equal((treatment.Rss, treatment.RSquared, treatment.F, treatment.LogLikelihood), (other.Rss, other.RSquared, other.F, other.LogLikelihood));
                    Assert.All(other.Coefficients, static c => Assert.True(c.Digits is null or >= 15));
                }
            },
            iter: 20);

    [Fact]
    public void Indicators_without_an_intercept_give_the_means_of_the_groups()
    {
        var random = new Random(5);
        string[] levels = [.. Enumerable.Range(0, 300).Select(static l => $"L{l:D4}")];
        int[] of = [.. Enumerable.Range(0, 2000).Select(i => i < 300 ? i : random.Next(300))];
        double[] y = [.. of.Select(l => l + random.NextDouble())];
        LinearModel model = LinearRegression.Fit("y ~ 0 + f", new Table("t").With("y", y).With("f", (string?[])[.. of.Select(l => levels[l])]));
        Assert.Equal(300, model.Rank);
        for (int l = 0; l < 300; l++)
        {
            ExactValue sum = ExactValue.Zero;
            int count = 0;
            for (int i = 0; i < of.Length; i++)
            {
                sum += of[i] == l ? ExactValue.From(y[i]) : ExactValue.Zero;
                count += of[i] == l ? 1 : 0;
            }
            Assert.Equal(ExactInterval.Quotient(sum, new ExactValue(count, 0)).ToDouble(), model.Coefficients[l].Estimate);
        }
    }

    [Fact]
    public void A_category_that_another_determines_is_aliased_with_its_equation()
    {
        string?[] f = ["a", "b", "c", "d", "a", "b", "c", "d", "a"];
        string?[] g = [.. f.Select(static l => l is "a" or "b" ? "north" : "south")];
        LinearModel model = LinearRegression.Fit("y ~ f + g", new Table("t").With("y", [1.0, 3, 2, 5, 2, 2, 4, 4, 3]).With("f", f).With("g", g));
        AliasedColumn south = Assert.Single(model.Aliased);
        Assert.Equal("g[south]", south.Name);
        Assert.Equal([new AliasTerm("f[c]", 1), new AliasTerm("f[d]", 1)], south.Terms);
        Assert.True(south.IsExact);
    }

    [Fact]
    public void The_equation_of_a_column_that_polynomials_determine_holds()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 30).Select(_ => Math.Round(random.NextDouble() * 10, 2))];
        double[] y = [.. x.Select(v => v + random.NextDouble())];
        Table table = new Table("t").With("y", y).With("x", x);
        AliasedColumn square = Assert.Single(LinearRegression.Fit("y ~ poly(x, 2) + I(x^2)", table).Aliased);
        Assert.Equal("I(x^2)", square.Name);
        LinearModel exact = LinearRegression.Fit("I(x^2) ~ poly(x, 2)", table);
        Assert.Equal(3, square.Terms.Count);
        foreach ((AliasTerm term, Coefficient truth) in square.Terms.Zip(exact.Coefficients))
        {
            Assert.Equal(truth.Name, term.Name);
            Assert.Equal(truth.Estimate, term.Multiplier, 1e-13 * Math.Abs(truth.Estimate));
        }
    }

    [Theory]
    [InlineData(1.7e9)]
    [InlineData(0)]
    [InlineData(-3e5)]
    public void Polynomials_of_numbers_far_from_0_are_kept(double origin)
    {
        var random = new Random(4);
        double[] t = [.. Enumerable.Range(0, 200).Select(_ => origin + (86_400 * random.NextDouble()))];
        double[] y = [.. t.Select(v => Math.Sin((v - origin) / 20_000) + (0.1 * random.NextDouble()))];
        LinearModel model = LinearRegression.Fit("y ~ poly(t, 3)", new Table("t").With("y", y).With("t", t));
        Assert.Empty(model.Aliased);
        Assert.All(model.Coefficients, static c => Assert.True(c.Digits >= 15 && c.StandardErrorDigits >= 15));

        // The polynomials are orthonormal: their covariance is σ² times 1.
        for (int i = 1; i < 4; i++)
        {
            Assert.Equal(model.Sigma, model.Coefficients[i].StandardError, 1e-15 * model.Sigma);
        }
    }

    [Fact]
    public void What_only_rounding_tells_from_a_polynomial_is_aliased()
    {
        var random = new Random(6);
        double[] t = [.. Enumerable.Range(0, 100).Select(_ => 1e6 + random.NextDouble())];
        double[] same = [.. t.Select(static v => v * 1.1)];
        Table table = new Table("t").With("y", [.. t.Select(_ => random.NextDouble())]).With("t", t).With("s", same);
        Assert.Equal("s", Assert.Single(LinearRegression.Fit("y ~ poly(t, 2) + s", table).Aliased).Name);
        Assert.Equal("scale(s)", Assert.Single(LinearRegression.Fit("y ~ scale(t) + scale(s)", table).Aliased).Name);
        Assert.Equal("poly(s, 2)[2]", LinearRegression.Fit("y ~ poly(t, 2) + poly(s, 2)", table).Aliased[^1].Name);
    }

    [Fact]
    public void Plain_moments_do_not_depend_on_contrasts_or_order()
    {
        Table data = Data(7, 60);
        string first = MomentsChecksum.Of(DesignMoments.Read("y ~ x * f + g", data).ToMoments());
        Assert.Equal(first, MomentsChecksum.Of(DesignMoments.Read("y ~ x * f + g", data, new FitOptions { Contrasts = ContrastKind.Sum, Threads = 1 }).ToMoments()));
        Assert.NotEqual(first, MomentsChecksum.Of(DesignMoments.Read("y ~ x * f + g", Data(8, 60)).ToMoments()), StringComparer.Ordinal);
        Moments moments = DesignMoments.Read("y ~ x:f + g", data).ToMoments();
        Assert.Equal(
            ["(Intercept)", "g[no]", "g[yes]", "x:f[a]", "x:f[b]", "x:f[c]", "y"], moments.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.True(moments[1, 2].IsZero);
    }

    [Fact]
    public void Some_columns_are_solved_for_as_a_formula_of_their_own_would()
    {
        Table data = Data(9, 50);
        DesignMoments moments = DesignMoments.Read("y ~ poly(x, 2) + f + g", data);
        LeastSquaresSolution part = moments.SolveSubset([0, 3, 4]);
        LinearModel own = LinearRegression.Fit("y ~ f", data);
        Assert.Equal([0, 3, 4], part.Kept);
        Assert.Equal(own.Coefficients.Select(static c => (c.Estimate, c.StandardError)), part.Estimates.Zip(part.StandardErrors));
        Assert.Equal(own.RSquared, part.Statistics.RSquared);
        LeastSquaresSolution bare = moments.SolveSubset([1, 2, 5], ContrastKind.Sum);
        Assert.Equal([1, 2, 5], bare.Kept);
        Assert.Equal(LinearRegression.Fit("y ~ 0 + poly(x, 2) + C(g, sum)", data).DfResidual - 1, bare.Statistics.DfResidual - 2);
    }

    [Fact]
    public void Levels_come_and_go_with_parts()
    {
        Table first = new Table("a").With("y", [1.0, 2, 3, 5]).With("f", ["b", "a", "b", "a"]);
        Table second = new Table("b").With("y", [4.0, 6, 7]).With("f", ["c", "c", "a"]);
        DesignMoments a = DesignMoments.Read("y ~ f", first), b = DesignMoments.Read("y ~ f", second);
        DesignMoments both = DesignMoments.Merge(b, a);
        Assert.Equal(["a", "b", "c"], both.LevelsOf("f"), StringComparer.Ordinal);
        Assert.Equal(7, both.Rows.Used);
        Assert.Equal(3, both.Fit().Rank);
        DesignMoments rest = DesignMoments.Subtract(both, b);
        Assert.Equal(["a", "b"], rest.LevelsOf("f"), StringComparer.Ordinal);
        CategoryGoldenTests.AssertSame(a.Fit(), rest.Fit());
        Assert.Equal("not-a-part", Assert.Throws<PlumblineException>(() => DesignMoments.Subtract(a, both)).Code);
        Assert.Equal("unknown-column", Assert.Throws<PlumblineException>(() => both.LevelsOf("g")).Code);
        DesignMoments none = DesignMoments.Subtract(a, a);
        Assert.Empty(none.LevelsOf("f"));
        Assert.Equal("no-rows", Assert.Throws<PlumblineException>(() => none.Fit()).Code);
    }

    [Fact]
    public void Moments_that_were_read_differently_do_not_merge()
    {
        Table data = Data(1, 20).With("w", [.. Enumerable.Range(0, 20).Select(static i => i + 1.0)]);
        DesignMoments plain = DesignMoments.Read("y ~ f", data);
        foreach (DesignMoments other in (DesignMoments[])[
            DesignMoments.Read("y ~ g", data),
            DesignMoments.Read("y ~ f", data, new FitOptions { Weights = "w" })])
        {
            Assert.Equal("different-design", Assert.Throws<PlumblineException>(() => DesignMoments.Merge(plain, other)).Code);
        }
        DesignMoments precision = DesignMoments.Read("y ~ f", data, new FitOptions { Weights = "w" });
        DesignMoments frequency = DesignMoments.Read("y ~ f", data, new FitOptions { Weights = "w", WeightKind = WeightKind.Frequency });
        Assert.Equal("different-design", Assert.Throws<PlumblineException>(() => DesignMoments.Merge(precision, frequency)).Code);
    }

    private static Table Data(int seed, int rows)
    {
        var random = new Random(seed);
        string?[] f = [.. Enumerable.Range(0, rows).Select(i => i < 3 ? ((string[])["a", "b", "c"])[i] : ((string[])["a", "b", "c"])[random.Next(3)])];
        string?[] g = [.. Enumerable.Range(0, rows).Select(i => i % 5 < 2 ? "yes" : "no")];
        return new Table("made")
            .With("y", [.. Enumerable.Range(0, rows).Select(_ => Math.Round(random.NextDouble() * 100, 1))])
            .With("x", [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())])
            .With("f", f)
            .With("g", g);
    }
}
