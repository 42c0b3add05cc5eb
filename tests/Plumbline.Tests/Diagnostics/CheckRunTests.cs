using Xunit;

namespace Plumbline.Tests;

/// <summary>The passes of the checks: the same numbers whatever the threads, what weights mean, what is left out and said.</summary>
public sealed class CheckRunTests
{
    private const double Close = 1e-9;

    [Fact]
    public void Results_have_the_same_bits_for_any_number_of_threads()
    {
        Table rows = FaultyRows.Of("tails", 20_000, seed: 5);
        CheckOptions options = new() { SampleSize = 500 };
        ModelCheck one = AssumptionChecks.Run(FaultyRows.Formula, rows, null, options with { Threads = 1 });
        foreach (int threads in (int[])[2, 5])
        {
            ModelCheck many = AssumptionChecks.Run(FaultyRows.Formula, rows, null, options with { Threads = threads });
            Assert.Equal(one.Checks.Select(static c => (c.Name, c.Statistic, c.P, c.EffectSize, c.Effect)), many.Checks.Select(static c => (c.Name, c.Statistic, c.P, c.EffectSize, c.Effect)));
            Assert.Equal(one.ResidualSample, many.ResidualSample);
            Assert.Equal(one.Influence.Select(static r => (r.Row, r.CooksDistance)), many.Influence.Select(static r => (r.Row, r.CooksDistance)));
        }
        Assert.Equal(500, one.ResidualSample.Length);
    }

    [Fact]
    public void Frequency_weights_stand_for_rows_written_out()
    {
        Table rows = FaultyRows.Of("none", 60, seed: 5);
        double[] weights = [.. Enumerable.Range(0, 60).Select(static i => 1.0 + (i % 3))];
        ModelCheck weighted = AssumptionChecks.Run(
            FaultyRows.Formula, rows.With("w", weights), FitOptions.Default with { Weights = "w", WeightKind = WeightKind.Frequency });
        ModelCheck written = AssumptionChecks.Run(FaultyRows.Formula, Repeat(rows, weights));
        foreach (string name in (string[])["breusch-pagan", "breusch-pagan-classic", "white", "reset", "square", "product", "jarque-bera", "cook", "outlier", "vif"])
        {
            AssumptionCheck a = Named(weighted, name), b = Named(written, name);
            Assert.Equal(b.Statistic, a.Statistic, Math.Abs(b.Statistic) * Close);
            Assert.Equal(b.P, a.P, Close);
        }
    }

    [Fact]
    public void Chow_compares_fits_to_the_halves_and_to_the_levels_of_a_split()
    {
        Table rows = FaultyRows.Of("none", 100, seed: 5).With("g", [.. Enumerable.Range(0, 100).Select(static i => (i % 3) switch { 0 => "x", 1 => "y", _ => "z" })]);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, new CheckOptions { Split = "g" });
        double whole = check.Model.Rss;
        double Part(Func<int, bool> of) => LinearRegression.Fit(
            FaultyRows.Formula, rows.With("w", [.. Enumerable.Range(0, 100).Select(i => of(i) ? 1.0 : 0)]), FitOptions.Default with { Weights = "w" }).Rss;
        double halves = Part(static i => i < 50) + Part(static i => i >= 50);
        Assert.Equal((whole - halves) / 3 / (halves / 94), Named(check, "chow").Statistic, Close);
        Assert.Equal([3, 94], Named(check, "chow").Df);
        double levels = Part(static i => i % 3 == 0) + Part(static i => i % 3 == 1) + Part(static i => i % 3 == 2);
        Assert.Equal((whole - levels) / 6 / (levels / 91), Named(check, "chow-split").Statistic, Close);
        Assert.Equal([6, 91], Named(check, "chow-split").Df);
    }

    [Theory]
    [InlineData("y ~ 0 + a + b")]
    [InlineData("y ~ a + b + I(a + b)")]
    [InlineData("y ~ a + offset(b)")]
    [InlineData("y ~ a * g")]
    [InlineData("y ~ poly(a, 3) + C(g, sum)")]
    public void The_gain_of_a_term_is_that_of_the_fit_with_it(string formula)
    {
        Table rows = FaultyRows.Of("none", 80, seed: 5).With("g", [.. Enumerable.Range(0, 80).Select(static i => (i % 3) switch { 0 => "x", 1 => "y", _ => "z" })]);
        ModelCheck check = AssumptionChecks.Run(formula, rows);
        foreach (AssumptionCheck gain in check.Checks.Where(static c => c.Name is "square" or "product"))
        {
            string term = gain.Method[..gain.Method.IndexOf(" added", StringComparison.Ordinal)];
            LinearModel with = LinearRegression.Fit($"{formula} + {term}", rows);
            double added = with.Rank - check.Model.Rank;
            Assert.Equal((check.Model.Rss - with.Rss) / added / (with.Rss / with.DfResidual), gain.Statistic, Math.Abs(gain.Statistic) * 1e-7);
            Assert.Equal([added, with.DfResidual], gain.Df);
        }
    }

    [Fact]
    public void Every_row_comes_once_in_order_and_tells_what_the_fit_without_it_would_be()
    {
        double[] gap = [.. Enumerable.Range(0, 40).Select(static i => i is 3 or 17 ? double.NaN : i * i % 7)];
        Table rows = FaultyRows.Of("none", 40, seed: 5).With("c", gap);
        double[] precision = [.. Enumerable.Range(0, 40).Select(static i => 0.5 + (i % 4))];
        rows = rows.With("w", precision);
        var all = new List<InfluenceRow>();
        FitOptions fit = FitOptions.Default with { Weights = "w" };
        ModelCheck check = AssumptionChecks.Run("y ~ a + c", rows, fit, null, (_, some) => all.AddRange(some));
        Assert.Equal(Enumerable.Range(1, 40).Where(static r => r is not (4 or 18)).Select(static r => (long)r), all.Select(static r => r.Row));
        Assert.Equal(check.Model.Rank, all.Sum(static r => r.Leverage), Close);
        InfluenceRow some = all[20];
        precision[some.Row - 1] = 0;
        LinearModel without = LinearRegression.Fit("y ~ a + c", FaultyRows.Of("none", 40, seed: 5).With("c", gap).With("w", precision), fit);
        for (int j = 0; j < 3; j++)
        {
            double error = check.Model.Coefficients[j].StandardError / check.Model.Sigma * without.Sigma;
            Assert.Equal((check.Model.Coefficients[j].Estimate - without.Coefficients[j].Estimate) / error, some.Dfbetas[j], Close);
        }
        Assert.Equal(all.Max(static r => r.CooksDistance), check.Influence[0].CooksDistance, Close);
    }

    [Fact]
    public void An_exact_fit_and_one_without_degrees_of_freedom_leave_only_the_columns_to_check()
    {
        double[] x = [1, 2, 3, 4, 5], z = [1, 0, 2, 1, 3], y = [3, 5, 7, 9, 11];
        Table exact = Table.FromColumns(("x", x), ("z", z), ("y", y));
        ModelCheck check = AssumptionChecks.Run("y ~ x + z", exact);
        Assert.Contains(check.Notes, static n => n.Code == "not-checked");
        Assert.All(check.Checks, static c => Assert.Equal(ModelAssumption.Collinearity, c.Assumption));
        Assert.Equal(2, check.Inflation.Count);
        ModelCheck full = AssumptionChecks.Run("y ~ x + z", Table.FromColumns(("x", x[..3]), ("z", z[..3]), ("y", [1, 5, 2])));
        Assert.Contains(full.Notes, static n => n.Code == "not-checked");
        Assert.Equal(CheckVerdict.Ok, full.VerdictOn(ModelAssumption.Normality));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    public void Few_rows_get_what_is_defined_and_a_note_on_the_rest(int rows)
    {
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, FaultyRows.Of("none", rows, seed: 5), null, FaultyRows.Options);
        Assert.All(check.Checks, static c => Assert.False(double.IsNaN(c.Statistic)));
        Assert.DoesNotContain(check.Checks, static c => c.Verdict == CheckVerdict.Broken);
        if (rows < 7)
        {
            Assert.Contains(check.Notes, static n => n.Code is "not-checked" or "no-order");
        }
    }

    [Fact]
    public void A_row_of_leverage_one_is_said_and_leaves_the_others_their_checks()
    {
        var alone = new double[50];
        alone[9] = 1;
        ModelCheck check = AssumptionChecks.Run("y ~ a + alone", FaultyRows.Of("none", 50, seed: 5).With("alone", alone));
        Assert.Contains(check.Notes, static n => n.Code == "leverage-one");
        Assert.DoesNotContain(check.Influence, static r => r.Row == 10);
        Assert.Contains(check.Checks, static c => c.Name == "breusch-pagan");
    }

    [Fact]
    public void A_model_says_whether_the_rows_are_those_it_was_fitted_to()
    {
        Table rows = FaultyRows.Of("none", 50, seed: 5);
        LinearModel model = LinearRegression.Fit(FaultyRows.Formula, rows);
        Assert.DoesNotContain(model.Check(rows).Notes, static n => n.Code == "model-differs");
        Assert.Contains(model.Check(FaultyRows.Of("none", 50, seed: 6)).Notes, static n => n.Code == "model-differs");
    }

    [Fact]
    public void Without_an_order_independence_is_left_out_and_said()
    {
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, FaultyRows.Of("autocorrelation", 200, seed: 5));
        Assert.DoesNotContain(check.Checks, static c => c.Assumption == ModelAssumption.Independence);
        Assert.Contains(check.Notes, static n => n.Code == "no-order");
    }

    [Fact]
    public void Wrong_options_are_told()
    {
        Table rows = FaultyRows.Of("none", 50, seed: 5);
        string Code(CheckOptions options) => Assert.Throws<PlumblineException>(() => AssumptionChecks.Run(FaultyRows.Formula, rows, null, options)).Code;
        Assert.Equal("unknown-column", Code(new CheckOptions { Order = "tt" }));
        Assert.Equal("unknown-column", Code(new CheckOptions { Split = "tt" }));
        Assert.Equal("not-sorted", Code(new CheckOptions { Order = "b" }));
        Assert.Equal("option", Code(new CheckOptions { Lags = 0 }));
        Assert.Equal("option", Code(new CheckOptions { SampleSize = 6000 }));
        Assert.Equal("option", Code(new CheckOptions { MostInfluential = 0 }));
        Assert.Equal("no-design", Assert.Throws<PlumblineException>(() => LeastSquares.Solve([1, 2, 3, 5], [1, 2, 2, 4]).Check(rows)).Code);
    }

    private static AssumptionCheck Named(ModelCheck check, string name) => check.Checks.Single(c => c.Name == name);

    private static Table Repeat(Table rows, double[] times)
    {
        string[] names = ["t", "a", "b", "y"];
        var values = new List<double>[names.Length];
        foreach (RowBlock block in rows.Read(names, null, default))
        {
            for (int c = 0; c < names.Length; c++)
            {
                values[c] ??= [];
                for (int i = 0; i < block.Rows; i++)
                {
                    values[c].AddRange(Enumerable.Repeat(block[c].High[i], (int)times[block.FirstRow + i]));
                }
            }
        }
        return Table.FromColumns([.. names.Select((name, c) => (name, values[c].ToArray()))]);
    }
}
