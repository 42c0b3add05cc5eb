using CsCheck;

namespace Plumbline.Tests;

public class PredictionTests
{
    private static readonly Table _few = Table.FromColumns(
        ("x", [1, 2, 3, 4, 5, 6]), ("z", [2, 1, 4, 3, 6, 8]), ("y", [1.5, 2.25, 2.75, 4.5, 4.75, 6.5]), ("w", [1, 2, 1, 2, 1, 0]));

    [Fact]
    public void A_row_that_misses_a_predictor_has_no_prediction_and_is_counted()
    {
        LinearModel model = LinearRegression.Fit("y ~ x + log(z)", _few);
        Predictions p = model.Predict(Table.FromColumns(("z", [2, double.NaN, -1, 4]), ("x", [1, 2, 3, double.NaN])));
        Assert.Equal([false, true, true, true], p.Rows.Select(static r => double.IsNaN(r.Estimate) && double.IsNaN(r.StandardError)));
        Assert.Equal([1, 2, 3, 4], p.Rows.Select(static r => r.Row));
        Assert.Equal((4, 1, 3), (p.Summary.Rows.Read, p.Summary.Rows.Used, p.Summary.Rows.Dropped));
        Assert.Equal([("log(z)", 2L), ("x", 1L)], p.Summary.Rows.DroppedByColumn.Select(static c => (c.Key, c.Value)));
        Assert.Null(p.Summary.Scores);
        Assert.Contains(p.Summary.Notes, static n => n.Code == "rows-without-prediction" && n.Text.Contains("3 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void An_infinite_predictor_gives_no_prediction()
    {
        Predictions p = LinearRegression.Fit("y ~ x", _few).Predict(Table.FromColumns(("x", [1, double.PositiveInfinity])));
        Assert.Equal([false, true], p.Rows.Select(static r => double.IsNaN(r.Estimate)));
        Assert.Equal(1, p.Summary.Rows.DroppedByColumn["x"]);
    }

    [Fact]
    public void Neither_the_response_nor_the_weights_are_needed()
    {
        LinearModel model = LinearRegression.Fit("y ~ .", _few, new FitOptions { Weights = "w" });
        Predictions bare = model.Predict(Table.FromColumns(("x", [1, 2, 3]), ("z", [2, 1, 4])));
        Predictions full = model.Predict(_few);
        Assert.Equal(full.Rows.Take(3), bare.Rows);
        Assert.Null(bare.Summary.Scores);
        Assert.Equal(6, full.Summary.Scores!.Rows);
    }

    [Fact]
    public void A_row_whose_response_is_missing_is_predicted_and_not_scored()
    {
        LinearModel model = LinearRegression.Fit("y ~ x", _few);
        Predictions p = model.Predict(Table.FromColumns(("x", [1, 2]), ("y", [double.NaN, 2])));
        Assert.All(p.Rows, static r => Assert.False(double.IsNaN(r.Estimate)));
        Assert.Equal(1, p.Summary.Scores!.Rows);
        Assert.Equal(Math.Abs(2 - p.Rows[1].Estimate), p.Summary.Scores.Mae, 1e-15);
        Assert.Equal(double.NaN, p.Summary.Scores.RSquared);
    }

    [Fact]
    public void Rows_outside_the_range_of_the_fit_are_noted_with_the_first_of_them()
    {
        LinearModel model = LinearRegression.Fit("y ~ x + z", _few);
        Predictions p = model.Predict(Table.FromColumns(("x", [1, 7, 6, 9]), ("z", [1, 8, 8.5, 2])));
        string[] notes = [.. p.Summary.Notes.Where(static n => n.Code == "outside-range").Select(static n => n.Text)];
        Assert.Equal(2, notes.Length);
        Assert.StartsWith("2 rows have `x` outside its range in the fit, 1 to 6; the first is row 2.", notes[0], StringComparison.Ordinal);
        Assert.StartsWith("1 row has `z` outside its range in the fit, 1 to 8; the first is row 3.", notes[1], StringComparison.Ordinal);
        Assert.Empty(model.Predict(_few).Summary.Notes);
    }

    [Fact]
    public void A_row_far_from_all_others_is_noted_though_each_value_is_in_its_range()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(static i => (double)i)];
        double[] z = [.. x.Select(static v => v + (v % 2))];
        LinearModel model = LinearRegression.Fit("y ~ x + z", Table.FromColumns(("x", x), ("z", z), ("y", [.. x.Select(static v => v * v % 7)])));
        Predictions p = model.Predict(Table.FromColumns(("x", [100, 0]), ("z", [100, 199])));
        Note note = Assert.Single(p.Summary.Notes);
        Assert.Equal("high-leverage", note.Code);
        Assert.Contains("1 row lies far", note.Text, StringComparison.Ordinal);
        Assert.Contains("row 2", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformed_response_is_predicted_on_its_own_scale_and_that_is_said()
    {
        LinearModel model = LinearRegression.Fit("log(y) ~ x", _few);
        Predictions p = model.Predict(_few);
        Assert.Equal("log(y)", p.Summary.Response);
        Assert.Contains(p.Summary.Notes, static n => n.Code == "response-scale" && n.Text.Contains("`log(y)`", StringComparison.Ordinal));
        Assert.True(p.Rows.Max(static r => r.Estimate) < 2.5);
        Assert.Equal(model.RSquared, p.Summary.Scores!.RSquared, 1e-12);
    }

    [Fact]
    public void Predicting_the_rows_of_the_fit_gives_its_residual_sum_of_squares() => Problem.Sample(
        table =>
        {
            LinearModel model = LinearRegression.Fit("y ~ x + z + x:z", table);
            PredictionSummary summary = model.Predict(table, static _ => { });
            double rss = summary.Scores!.Rmse * summary.Scores.Rmse * table.Rows;
            Assert.Equal(model.Rss, rss, 1e-9 * model.Tss);
        },
        iter: 100);

    [Fact]
    public void Leverages_of_the_rows_of_the_fit_add_up_to_the_rank() => Problem.Sample(
        table =>
        {
            LinearModel model = LinearRegression.Fit("y ~ x + z + x:z", table);
            double sum = model.Predict(table).Rows.Sum(p => p.StandardError * p.StandardError) / (model.Sigma * model.Sigma);
            Assert.Equal(model.Rank, sum, 1e-9);
        },
        iter: 100);

    [Fact]
    public void The_root_and_the_covariance_give_the_same_standard_errors() => Problem.Sample(
        table =>
        {
            LinearModel model = LinearRegression.Fit("y ~ x + z", table);
            Prediction[] byRoot = [.. model.Predict(table).Rows], byCovariance = [.. (model with { InverseRoot = [] }).Predict(table).Rows];
            for (int i = 0; i < byRoot.Length; i++)
            {
                Assert.Equal(byCovariance[i].StandardError, byRoot[i].StandardError, 1e-9 * byRoot[i].StandardError);
                Assert.Equal(byCovariance[i].Estimate, byRoot[i].Estimate);
            }
        },
        iter: 100);

    [Fact]
    public void Standard_errors_keep_their_digits_where_the_covariance_has_lost_them()
    {
        // Years about 2000: x'Vx cancels 12 digits. At the mean of x the standard error is sigma/sqrt(n).
        double[] year = [.. Enumerable.Range(0, 11).Select(static i => 2_000_000 + i)];
        Table table = Table.FromColumns(("year", year), ("y", [.. year.Select(static t => t % 3)]));
        LinearModel model = LinearRegression.Fit("y ~ year + I(year^2)", table);
        LinearModel line = LinearRegression.Fit("y ~ year", table);
        double atMean = line.Predict(Table.FromColumns(("year", [2_000_005]))).Rows[0].StandardError;
        Assert.Equal(line.Sigma / Math.Sqrt(11), atMean, 1e-9 * atMean);
        // A parabola on 11 points at its middle: h = 89/429 (exactly, by the orthogonal polynomials of 11 points).
        double h = 89.0 / 429;
        double atMiddle = model.Predict(Table.FromColumns(("year", [2_000_005]))).Rows[0].StandardError;
        Assert.Equal(model.Sigma * Math.Sqrt(h), atMiddle, 1e-3 * atMiddle);
    }

    [Fact]
    public void Blocks_come_in_order_and_add_up_to_the_whole()
    {
        int rows = 20_000;
        double[] x = [.. Enumerable.Range(0, rows).Select(static i => (double)(i % 97))];
        Table table = Table.FromColumns(("x", x), ("z", [.. x.Select(static v => v * v % 11)]), ("y", [.. x.Select(static v => v * 3 % 13)]));
        LinearModel model = LinearRegression.Fit("y ~ .", table);
        var seen = new List<Prediction>();
        int calls = 0;
        PredictionSummary summary = model.Predict(table, some =>
        {
            calls++;
            seen.AddRange(some);
        });
        Assert.True(calls > 1);
        Assert.Equal(Enumerable.Range(1, rows).Select(static i => (long)i), seen.Select(static p => p.Row));
        Assert.Equal(rows, summary.Rows.Read);
        Assert.Equal(seen, model.Predict(table).Rows);
    }

    [Fact]
    public void What_cannot_be_predicted_is_told()
    {
        LinearModel model = LinearRegression.Fit("y ~ x + z", _few);
        Told("unknown-column", "`z`", () => model.Predict(Table.FromColumns(("x", [1]))));
        Told("not-numeric", "`z`", () => model.Predict(Table.FromColumns(("x", [1])).With("z", ["a"])));
        Told("option", "1.5", () => model.Predict(_few, new PredictionOptions { Level = 1.5 }));
        Told("no-design", "matrix", () => LeastSquares.Solve([1, 2, 3], [1, 2, 4]).Predict(_few));
    }

    [Fact]
    public void A_response_of_another_type_is_no_response()
    {
        LinearModel model = LinearRegression.Fit("y ~ x", _few);
        Predictions p = model.Predict(Table.FromColumns(("x", [1])).With("y", ["unknown"]));
        Assert.Null(p.Summary.Scores);
        Assert.False(double.IsNaN(p.Rows[0].Estimate));
    }

    private static Gen<Table> Problem { get; } =
        Gen.Select(Gen.Int[6, 30], Gen.Int[0, 1000]).Select(static (n, seed) =>
        {
            var random = new Random(seed);
            double[] Column(double scale) => [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() - 0.3) * scale)];
            return Table.FromColumns(("x", Column(10)), ("z", Column(1)), ("y", Column(100)));
        });

    private static void Told(string code, string says, Action action)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(action);
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
