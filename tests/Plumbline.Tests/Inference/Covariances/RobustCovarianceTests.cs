using CsCheck;

namespace Plumbline.Tests.Inference;

/// <summary>What holds of robust covariances whatever the data, and what is said when they are not defined.</summary>
public class RobustCovarianceTests
{
    private static readonly string[] s_kinds = ["HC0", "HC1", "HC2", "HC3", "HC4", "CR0:g", "CR1:g", "CR1:g,h", "newey-west:5", "bootstrap:20"];

    public static TheoryData<string> Kinds() => [.. s_kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_and_blocks_change_no_bit(string kind)
    {
        Table table = Sample(500, seed: 3);
        LinearModel whole = Fit(table, kind, new FitOptions { Threads = 1 });
        Gen.Select(Gen.Int[1, 97], Gen.Int[1, 8]).Sample(
            (rows, threads) =>
            {
                LinearModel parts = Fit(new BlockSource(table, rows), kind, new FitOptions { Threads = threads });
                Assert.Equal(whole.Covariance.SelectMany(static r => r), parts.Covariance.SelectMany(static r => r));
                Assert.Equal(whole.F, parts.F);
            },
            iter: 10);
    }

    [Theory]
    [InlineData("HC3")]
    [InlineData("CR1:g,h")]
    public void The_order_of_the_rows_changes_no_bit(string kind)
    {
        double[] order = [.. Enumerable.Range(0, 500).Select(static i => (double)(i * 237 % 500))];
        LinearModel straight = Fit(Sample(500, seed: 5), kind);
        LinearModel shuffled = Fit(Sample(500, seed: 5, order), kind);
        Assert.Equal(straight.Covariance.SelectMany(static r => r), shuffled.Covariance.SelectMany(static r => r));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Units_of_powers_of_two_only_scale_the_covariance(string kind)
    {
        Table table = Sample(60, seed: 7);
        double[] x = Column(table, "x"), y = Column(table, "y");
        Table scaled = Keys(table).With("x", [.. x.Select(static v => Math.ScaleB(v, 300))]).With("z", Column(table, "z")).With("y", [.. y.Select(static v => Math.ScaleB(v, -400))]);
        LinearModel plain = Fit(table, kind), large = Fit(scaled, kind);
        Assert.Equal(plain.Coefficients[0].StandardError, Math.ScaleB(large.Coefficients[0].StandardError, 400));
        Assert.Equal(plain.Coefficients[1].StandardError, Math.ScaleB(large.Coefficients[1].StandardError, 700));
        Assert.Equal(plain.F.Value, large.F.Value);
    }

    [Fact]
    public void Clusters_of_one_row_each_are_HC0()
    {
        Table table = Sample(80, seed: 9);
        Table own = table.With("row", [.. Enumerable.Range(0, 80).Select(static i => (double)i)]);
        Close(Fit(table, "HC0"), Fit(own, "CR0:row"), 1e-14);
    }

    [Fact]
    public void No_lags_are_HC0_and_all_bits_of_two_ways_are_symmetric()
    {
        Table table = Sample(80, seed: 9);
        Close(Fit(table, "HC0"), Fit(table, "newey-west:0", convention: CovarianceConvention.Sandwich), 1e-14);
        Assert.Equal(Fit(table, "CR1:g,h").Covariance.SelectMany(static r => r), Fit(table, "CR1:h,g").Covariance.SelectMany(static r => r));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_of_weight_0_count_in_nothing(string kind)
    {
        Table table = Sample(120, seed: 11);
        double[] w = [.. Enumerable.Range(0, 120).Select(static i => i % 3 == 0 ? 0.0 : 1 + (i % 5))];
        int[] kept = [.. Enumerable.Range(0, 120).Where(i => w[i] != 0)];
        var less = new Table("less");
        foreach (string name in (string[])["x", "z", "y", "g", "h"])
        {
            double[] values = Column(table, name);
            less = less.With(name, [.. kept.Select(i => values[i])]);
        }
        LinearModel all = Fit(table.With("w", w), kind, new FitOptions { Weights = "w" });
        LinearModel some = Fit(less.With("w", [.. kept.Select(i => w[i])]), kind, new FitOptions { Weights = "w" });
        Assert.Equal(some.Covariance.SelectMany(static r => r), all.Covariance.SelectMany(static r => r));
        Assert.Equal(some.Coefficients.Select(static c => c.P), all.Coefficients.Select(static c => c.P));
    }

    [Theory]
    [InlineData("HC0")]
    [InlineData("HC1")]
    [InlineData("HC2")]
    [InlineData("HC3")]
    [InlineData("HC4")]
    [InlineData("CR0:g")]
    [InlineData("CR1:g,h")]
    [InlineData("bootstrap:20")]
    public void Frequency_weights_are_rows_written_out(string kind)
    {
        Table table = Sample(60, seed: 12);
        int[] times = [.. Enumerable.Range(0, 60).Select(static i => i % 4)];
        int[] rows = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, times[i]))];
        var written = new Table("written");
        foreach (string name in (string[])["x", "z", "y", "g", "h"])
        {
            double[] values = Column(table, name);
            written = written.With(name, [.. rows.Select(r => values[r])]);
        }
        LinearModel weighted = Fit(table.With("w", times), kind, new FitOptions { Weights = "w", WeightKind = WeightKind.Frequency });
        LinearModel all = Fit(written, kind);
        Close(all, weighted, 1e-12);
        Assert.Equal(all.Coefficients.Select(static c => c.Df), weighted.Coefficients.Select(static c => c.Df));
    }

    [Fact]
    public void Frequency_weights_have_no_order()
    {
        Table table = Sample(30, seed: 12).With("w", [.. Enumerable.Range(0, 30)]);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => Fit(table, "newey-west:2", new FitOptions { Weights = "w", WeightKind = WeightKind.Frequency })).Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fast_arithmetic_gives_the_same_but_for_rounding(string kind)
    {
        Table table = Sample(300, seed: 13);
        Close(Fit(table, kind), Fit(table, kind, new FitOptions { Arithmetic = Arithmetic.Fast }), 1e-11);
    }

    [Theory]
    [InlineData("HC2")]
    [InlineData("HC3")]
    [InlineData("HC4")]
    public void A_point_of_leverage_1_leaves_HC2_to_HC4_undefined_and_is_named(string kind)
    {
        double[] y = [.. Column(Sample(40, seed: 15), "y")];
        Table table = new Table("t").With("x", Column(Sample(40, seed: 15), "x"))
            .With("only", [.. Enumerable.Range(0, 40).Select(static i => i == 16 ? 1.0 : 0)]).With("y", y);
        LinearModel model = LinearRegression.Fit("y ~ x + only", new BlockSource(table, 6), Options(kind));
        Assert.All(model.Coefficients, static c => Assert.True(double.IsNaN(c.StandardError) && double.IsNaN(c.T) && double.IsNaN(c.P)));
        Assert.True(double.IsNaN(model.F.Value));
        Assert.Contains("row 17 has leverage 1", Assert.Single(model.Notes, static n => n.Code == "leverage-one").Text, StringComparison.Ordinal);
        Assert.All(LinearRegression.Fit("y ~ x + only", table, Options("HC1")).Coefficients.Take(2), static c => Assert.True(c.StandardError > 0));
    }

    [Fact]
    public void A_leverage_close_to_1_is_no_leverage_of_1()
    {
        double[] x = [.. Enumerable.Range(0, 30).Select(static i => i == 4 ? 1e9 : i)];
        Table table = new Table("t").With("x", x).With("y", Column(Sample(30, seed: 17), "y"));
        LinearModel model = LinearRegression.Fit("y ~ x", table, Options("HC3"));
        Assert.DoesNotContain(model.Notes, static n => n.Code == "leverage-one");
        Assert.All(model.Coefficients, static c => Assert.True(c.StandardError > 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_exact_fit_has_errors_of_0_and_no_t(string kind)
    {
        Table table = Sample(30, seed: 19);
        Table exact = Keys(table).With("x", Column(Rounded(table), "x")).With("z", Column(Rounded(table), "z"))
            .With("y", [.. Column(Rounded(table), "x").Select(static v => 2 + (3 * v))]);
        LinearModel model = Fit(exact, kind);
        Assert.All(model.Coefficients, static c => Assert.True(c.StandardError == 0 && double.IsNaN(c.T)));
        Assert.True(double.IsPositiveInfinity(model.F.Value));
    }

    [Fact]
    public void As_many_coefficients_as_rows_leave_nothing_to_estimate_errors_from()
    {
        Table three = new Table("t").With("x", [1.0, 2, 4]).With("z", [1.0, 5, 2]).With("y", [3.0, 1, 2]).With("g", [1.0, 2, 3]);
        foreach (string kind in (string[])["HC0", "HC1", "CR1:g", "newey-west:1", "bootstrap:5"])
        {
            LinearModel model = LinearRegression.Fit("y ~ x + z", three, Options(kind));
            Assert.All(model.Coefficients, static c => Assert.True(double.IsNaN(c.StandardError) && double.IsNaN(c.P) && double.IsNaN(c.Lower)));
        }
    }

    [Fact]
    public void Fewer_clusters_than_coefficients_leave_F_undefined_and_it_is_said()
    {
        double[] y = Column(Sample(40, seed: 21), "y");
        Table table = Sample(40, seed: 21).With("two", [.. Enumerable.Range(0, 40).Select(static i => (double)(i % 2))]);
        LinearModel model = Fit(table, "CR1:two");
        Assert.True(double.IsNaN(model.F.Value));
        Assert.Contains(model.Notes, static n => n.Code == "singular-covariance");
        Assert.Contains("two has 2 clusters only", Assert.Single(model.Notes, static n => n.Code == "few-clusters").Text, StringComparison.Ordinal);
        Assert.All(model.Coefficients, static c => Assert.Equal(1, c.Df));
    }

    [Theory]
    [InlineData("CR1:gap", null, "missing-cluster", "`gap` is missing in 2 of the rows")]
    [InlineData("CR1:same", null, "one-cluster", "`same` has one value only")]
    [InlineData("CR1:nowhere", null, "unknown-column", "CR1:nowhere needs the column `nowhere`")]
    [InlineData("newey-west:2", "gap", "missing-order", "`gap` is missing in row 4")]
    [InlineData("newey-west:2", "x", "not-sorted", "The order `x` is")]
    [InlineData("newey-west:2", "twice", "not-sorted", "The order `twice` is again 0 in row 2, as in row 1")]
    [InlineData("newey-west:2", "nowhere", "unknown-column", "needs the column `nowhere`")]
    [InlineData("newey-west:50", null, "option", "newey-west:50 looks back 50 rows, and 50 are used")]
    public void Bad_input_gets_one_clear_message(string kind, string? order, string code, string message)
    {
        Table table = Sample(50, seed: 23)
            .With("gap", [.. Enumerable.Range(0, 50).Select(static i => i is 3 or 9 ? double.NaN : i)])
            .With("same", [.. Enumerable.Repeat(1.0, 50)])
            .With("twice", [.. Enumerable.Range(0, 50).Select(static i => (double)(i / 2))]);
        PlumblineException error = Assert.Throws<PlumblineException>(
            () => LinearRegression.Fit("y ~ x + z", table, new FitOptions { Covariance = CovarianceOptions.Parse(kind) with { Order = order } }));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_grows_is_taken_and_rows_left_out_are_said()
    {
        double[] y = Column(Sample(50, seed: 25), "y");
        y[10] = double.NaN;
        Table table = Keys(Sample(50, seed: 25)).With("x", Column(Sample(50, seed: 25), "x")).With("z", Column(Sample(50, seed: 25), "z")).With("y", y)
            .With("day", [.. Enumerable.Range(0, 50).Select(static i => 2.5 * i)]);
        LinearModel model = LinearRegression.Fit("y ~ x + z", table, new FitOptions { Covariance = CovarianceOptions.Parse("newey-west:2") with { Order = "day" } });
        Assert.Equal("day", model.CovarianceDetails.Order);
        Assert.Contains(model.Notes, static n => n.Code == "gaps-in-order");
    }

    [Fact]
    public void What_has_no_named_rows_refuses_a_robust_covariance()
    {
        FitOptions options = Options("HC3");
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => LeastSquares.Solve([1, 2, 3.5], [1, 2, 3], options: options)).Code);
        using var builder = new MomentsBuilder("x", "y");
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => LinearRegression.Fit(builder.Build(), options)).Code);
    }

    internal static Table Sample(int rows, int seed, double[]? order = null)
    {
        var random = new NormalGenerator((ulong)seed);
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => random.Next())], z = [.. Enumerable.Range(0, rows).Select(_ => 5 + random.Next())];
        double[] y = [.. Enumerable.Range(0, rows).Select(i => 1 + x[i] - (z[i] / 2) + ((1 + Math.Abs(x[i])) * random.Next()))];
        double[] g = [.. Enumerable.Range(0, rows).Select(static i => (double)(i % 23))], h = [.. Enumerable.Range(0, rows).Select(static i => (double)(i * 7 % 31))];
        int[] at = order is null ? [.. Enumerable.Range(0, rows)] : Array.ConvertAll(order, static o => (int)o);
        return new Table("sample").With("x", Pick(x)).With("z", Pick(z)).With("y", Pick(y)).With("g", Pick(g)).With("h", Pick(h));

        double[] Pick(double[] values) => Array.ConvertAll(at, i => values[i]);
    }

    internal static double[] Column(Table table, string name) => [.. table.Read([name], null, default).SelectMany(static b => b[0].High.ToArray())];

    private static Table Keys(Table table) => new Table("t").With("g", Column(table, "g")).With("h", Column(table, "h"));

    private static Table Rounded(Table table) => new Table("t").With("x", [.. Column(table, "x").Select(static v => Math.Round(16 * v))]).With("z", [.. Column(table, "z").Select(static v => Math.Round(16 * v))]);

    private static FitOptions Options(string kind) => new() { Covariance = CovarianceOptions.Parse(kind) };

    private static LinearModel Fit(IRowSource source, string kind, FitOptions? options = null, CovarianceConvention convention = CovarianceConvention.Stata) =>
        LinearRegression.Fit("y ~ x + z", source, (options ?? new FitOptions()) with { Covariance = CovarianceOptions.Parse(kind) with { Convention = convention } });

    private static void Close(LinearModel a, LinearModel b, double tolerance)
    {
        for (int i = 0; i < a.Covariance.Length; i++)
        {
            for (int j = 0; j < a.Covariance.Length; j++)
            {
                double scale = a.Coefficients[i].StandardError * a.Coefficients[j].StandardError;
                Assert.True(Math.Abs(a.Covariance[i][j] - b.Covariance[i][j]) <= tolerance * scale, $"({i}, {j}): {a.Covariance[i][j]:R} and {b.Covariance[i][j]:R}");
            }
        }
    }
}
