namespace Plumbline.Tests.Inference;

public class BootstrapTests
{
    /// <summary>The bootstrap works in doubles on orthonormal columns.</summary>
    private const double Agreement = 1e-11;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void Counts_add_up_to_the_number_of_units(int units)
    {
        for (int replicate = 0; replicate < 50; replicate++)
        {
            var counts = new ResampleCounts(7, replicate, units);
            Assert.Equal(units, Enumerable.Range(0, units).Sum(_ => counts.Next()));
            Assert.Throws<InvalidOperationException>(() => counts.Next());
        }
    }

    /// <summary>The count of every unit is binomial (n, 1/n), that of the first as that of the last; χ² at fixed seeds.</summary>
    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    [InlineData(40, 39)]
    [InlineData(2000, 0)]
    [InlineData(2000, 700)]
    [InlineData(2000, 1999)]
    public void Counts_of_a_unit_are_binomial(int units, int unit)
    {
        const int Draws = 8_000, Cells = 5;
        double[] seen = new double[Cells], expected = new double[Cells];
        for (int replicate = 0; replicate < Draws; replicate++)
        {
            var counts = new ResampleCounts(11, replicate, units);
            long count = 0;
            for (int i = 0; i <= unit; i++)
            {
                count = counts.Next();
            }
            seen[Math.Min(count, Cells - 1)]++;
        }
        double chance = Math.Pow(1 - (1.0 / units), units), rest = 1;
        for (int c = 0; c < Cells - 1; c++)
        {
            expected[c] = chance;
            rest -= chance;
            chance *= Math.Max(0, units - c) / ((c + 1.0) * (units - 1));
        }
        expected[^1] = Math.Max(0, rest);
        double statistic = seen.Zip(expected).Where(static c => c.Second > 1e-9).Sum(c => Math.Pow(c.First - (Draws * c.Second), 2) / (Draws * c.Second));
        Assert.True(Plumbline.Numerics.ChiSquared.UpperTail(statistic, Cells - 1) > 1e-4, $"χ² = {statistic}");
    }

    /// <summary>Units are drawn independently of where they stand: counts of two of them have the covariance −1/n.</summary>
    [Fact]
    public void Counts_of_two_units_have_the_covariance_of_a_multinomial()
    {
        const int Draws = 200_000, Units = 4;
        double product = 0;
        for (int replicate = 0; replicate < Draws; replicate++)
        {
            var counts = new ResampleCounts(13, replicate, Units);
            long first = counts.Next(), second = counts.Next();
            product += (first - 1.0) * (second - 1.0);
        }
        Assert.InRange(product / Draws, (-1.0 / Units) - 0.008, (-1.0 / Units) + 0.008);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_covariance_is_that_of_fits_to_the_rows_as_drawn(bool weighted)
    {
        const int Rows = 60, Replicates = 25;
        Table table = RobustCovarianceTests.Sample(Rows, seed: 31);
        double[] w = [.. Enumerable.Range(0, Rows).Select(i => weighted ? 1.0 + (i % 4) : 1)];
        CovarianceOptions options = CovarianceOptions.Parse("bootstrap:25") with { Seed = 99 };
        LinearModel model = LinearRegression.Fit("y ~ x + z", table.With("w", w), new FitOptions { Weights = "w", Covariance = options });

        double[][] estimates = new double[Replicates][];
        for (int r = 0; r < Replicates; r++)
        {
            var counts = new ResampleCounts(99, r, Rows);
            double[] drawn = [.. Enumerable.Range(0, Rows).Select(i => w[i] * counts.Next())];
            LinearModel resampled = LinearRegression.Fit("y ~ x + z", table.With("w", drawn), new FitOptions { Weights = "w" });
            estimates[r] = [.. resampled.Coefficients.Select(static c => c.Estimate)];
        }
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double mi = estimates.Average(e => e[i]), mj = estimates.Average(e => e[j]);
                double expected = estimates.Sum(e => (e[i] - mi) * (e[j] - mj)) / (Replicates - 1);
                double scale = model.Coefficients[i].StandardError * model.Coefficients[j].StandardError;
                Assert.True(Math.Abs(expected - model.Covariance[i][j]) <= Agreement * scale, $"({i}, {j}): {expected:R} and {model.Covariance[i][j]:R}");
            }
        }
    }

    /// <summary>Standard errors of 20,000 resamples by boot::boot (Golden/covariance/bootstrap.R): two such runs differ by about 1 %.</summary>
    [Theory]
    [InlineData("mtcars", "mpg ~ wt + hp", new[] { 2.11664231348, 0.70656452642, 0.00780005936 })]
    [InlineData("faithful", "eruptions ~ waiting", new[] { 0.135904392272, 0.001917340815 })]
    public void Standard_errors_are_those_of_boot_within_chance(string data, string formula, double[] errors)
    {
        LinearModel model = LinearRegression.Fit(formula, CovarianceGolden.TableOf(data), new FitOptions { Covariance = CovarianceOptions.Parse("bootstrap:20000") });
        foreach ((double expected, Coefficient coefficient) in errors.Zip(model.Coefficients))
        {
            Assert.InRange(coefficient.StandardError / expected, 0.97, 1.03);
        }
    }

    [Fact]
    public void Resamples_that_cannot_be_fitted_are_counted()
    {
        Table table = new Table("t").With("x", [0.0, 0, 0, 0, 0, 1]).With("y", [1.0, 3, 2, 5, 4, 9]);
        LinearModel model = LinearRegression.Fit("y ~ x", table, new FitOptions { Covariance = CovarianceOptions.Parse("bootstrap:400") });
        int failed = Enumerable.Range(0, 400).Count(static r =>
        {
            var counts = new ResampleCounts(1, r, 6);
            long[] drawn = [.. Enumerable.Range(0, 6).Select(_ => counts.Next())];
            return drawn[5] is 0 or 6;
        });
        Assert.True(failed > 50);
        Assert.Equal(failed, model.CovarianceDetails.Failed);
        Assert.Contains($"{failed} of 400 resamples", Assert.Single(model.Notes, static n => n.Code == "bootstrap-failures").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_seed_decides()
    {
        Table table = RobustCovarianceTests.Sample(50, seed: 33);
        double Error(ulong seed) => LinearRegression.Fit(
            "y ~ x", table, new FitOptions { Covariance = CovarianceOptions.Parse("bootstrap:30") with { Seed = seed } }).Coefficients[1].StandardError;
        Assert.Equal(Error(5), Error(5));
        Assert.NotEqual(Error(5), Error(6));
    }
}
