using System.Diagnostics;
using System.Text.Json;

namespace Plumbline.Databases.Tests;

/// <summary><c>plumb</c> with the URL of a table.</summary>
public sealed class CommandTests
{
    private const string Formula = "price ~ area + C(zip)";

    [Theory]
    [InlineData("sample", false, 1)]
    [InlineData("spread", false, 2)]
    [InlineData("spread", true, 3)]
    public void A_fit_says_that_the_engine_computed_it(string table, bool isClickHouse, int shards)
    {
        string url = isClickHouse ? Servers.ClickHouse(table) : Servers.Postgres(table);
        JsonElement fit = Tool.Run("fit", url, Formula, "--compute", "engine", "--json").Json();
        Assert.Equal("fast", fit.GetProperty("arithmetic").GetString());
        JsonElement engine = fit.GetProperty("engine");
        Assert.Equal(shards, engine.GetProperty("shards").GetInt32());
        Assert.StartsWith(isClickHouse ? "ClickHouse " : "PostgreSQL ", engine.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal(isClickHouse, engine.GetProperty("bytes_received").ValueKind == JsonValueKind.Number);
        Tool.Ended text = Tool.Run("fit", url, Formula, "--compute", "engine");
        Assert.Contains("computed in the engine (", text.Output, StringComparison.Ordinal);
        Assert.Contains("not a proof", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_are_read_and_summed_exactly_unless_the_engine_is_asked(bool isClickHouse)
    {
        string url = isClickHouse ? Servers.ClickHouse("spread") : Servers.Postgres("spread");
        JsonElement fit = Tool.Run("fit", url, Formula, "--json").Json();
        Assert.Equal("exact", fit.GetProperty("arithmetic").GetString());
        Assert.False(fit.TryGetProperty("engine", out _));
        LinearModel expected = LinearRegression.Fit(Formula, Sample.Table(hasBooleans: true));
        Assert.Equal(expected.Coefficients.Select(static c => c.Estimate), fit.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble()));
    }

    [Fact]
    public void A_condition_and_a_query_choose_the_rows()
    {
        foreach (string url in (string[])[Servers.Postgres("sample"), Servers.ClickHouse("sample")])
        {
            foreach (string compute in (string[])["local", "engine"])
            {
                JsonElement chosen = Tool.Run("fit", url, "price ~ area", "--where", "rooms > 3 -- few", "--compute", compute, "--json").Json();
                JsonElement queried = Tool.Run(
                    "fit", Servers.WithoutTable(url), "price ~ area", "--sql", "select price, area from sample where rooms > 3;", "--compute", compute, "--json").Json();
                int rows = Sample.Rooms.Count(static r => r > 3);
                Assert.Equal(rows, chosen.GetProperty("rows").GetProperty("used").GetInt32());
                Assert.Equal(rows, queried.GetProperty("rows").GetProperty("used").GetInt32());
            }
        }
    }

    [Fact]
    public void Other_verbs_read_the_table_too()
    {
        string url = Servers.Postgres("sample");
        string folder = Directory.CreateTempSubdirectory("plumb-databases").FullName;
        string model = Path.Combine(folder, "model.json");
        Assert.Equal(0, Tool.Run("fit", url, Formula, "-o", model).Exit);
        Tool.Ended verified = Tool.Run("show", model, "--verify", url);
        Assert.True(verified.Exit == 0, verified.Error);
        Assert.Equal(0, Tool.Run("predict", model, url, "-o", Path.Combine(folder, "predictions.csv")).Exit);
        Assert.Equal(1 + Sample.Rows, File.ReadLines(Path.Combine(folder, "predictions.csv")).Count());
        Tool.Ended tested = Tool.Run("test", url, Formula, "--anova", "2");
        Assert.True(tested.Exit == 0, tested.Error);
        string moments = Path.Combine(folder, "sales.moments");
        Tool.Ended built = Tool.Run("moments", "build", Servers.Postgres("sample", "reader:secret"), Formula, "-o", moments);
        Assert.True(built.Exit == 0, built.Error);
        Assert.DoesNotContain("secret", File.ReadAllText(moments), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tuning_resampling_and_selection_read_the_rows_of_a_table(bool isClickHouse)
    {
        string url = isClickHouse ? Servers.ClickHouse("sample") : Servers.Postgres("sample");
        Table table = Sample.Table(hasBooleans: true);
        JsonElement tuned = Tool.Run("tune", url, "price ~ area", "--lr", "0.01,0.1", "--epochs", "3", "--folds", "3", "--json").Json();
        TuningResult expected = HyperparameterSearch.Run(table, new TuningSpace("price ~ area") { LearningRates = [0.01, 0.1] }, new() { Epochs = 3, Folds = 3 });
        Assert.Equal(expected.RowsUsed, tuned.GetProperty("rows").GetProperty("used").GetInt32());
        Assert.DoesNotContain("postgres:postgres", tuned.GetProperty("source").GetString(), StringComparison.Ordinal);
        double exact = expected.ExactLoss.Value;
        Assert.Equal(exact, tuned.GetProperty("exact_loss").GetProperty("value").GetDouble(), 1e-9 * exact);
        JsonElement split = Tool.Run("tradeoff", url, "price ~ area", "--splits", "20", "--json").Json();
        Assert.Equal(expected.RowsUsed, split.GetProperty("rows").GetProperty("used").GetInt32());
        JsonElement selected = Tool.Run("path", url, "price ~ area + rooms", "--method", "subset", "--folds", "4", "--json").Json();
        SelectionResult best = SubsetSelection.BestSubsets("price ~ area + rooms", table, new() { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 4 } });
        Assert.Equal(best.Validation!.Scores[2].Mean, selected.GetProperty("sizes")[2].GetProperty("cv").GetProperty("mean").GetDouble());
    }

    [Fact]
    public void Sums_of_an_engine_are_in_no_moments_file()
    {
        using DatabaseSource source = DatabaseSource.Open(Servers.Postgres("sample"));
        DesignMoments moments = EngineRegression.ReadMoments(Formula, source);
        Assert.Equal("not-exact", Assert.Throws<PlumblineException>(() => MomentsFile.Write(moments)).Code);
        Assert.NotNull(moments.Fit().Engine);
    }

    [Fact]
    public void Options_of_databases_are_refused_for_files()
    {
        Tool.Ended ended = Tool.Run("fit", "data.csv", "y ~ x", "--compute", "engine");
        Assert.Equal(2, ended.Exit);
        Assert.Contains("--compute is of use with a database only", ended.Error, StringComparison.Ordinal);
        Assert.Contains("--arithmetic exact goes with --compute local", Tool.Run("fit", Servers.Postgres("sample"), "y ~ x", "--compute", "engine", "--arithmetic", "exact").Error, StringComparison.Ordinal);
        Assert.Equal(2, Tool.Run("fit", Servers.Postgres("sample"), "data.csv", "y ~ x").Exit);
    }

    [Fact]
    public void A_function_that_the_engine_has_not_is_named()
    {
        Tool.Ended ended = Tool.Run("fit", Servers.Postgres("sample"), "price ~ expm1(area)", "--compute", "engine");
        Assert.Equal(2, ended.Exit);
        Assert.Contains("`expm1()` in `expm1(area)` is not to be had in PostgreSQL", ended.Error, StringComparison.Ordinal);
        Assert.Contains("newey-west:3 needs the rows one after the other", Tool.Run("fit", Servers.Postgres("sample"), Formula, "--compute", "engine", "--cov", "newey-west:3").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Robust_errors_of_the_engine_are_reported_as_such()
    {
        JsonElement fit = Tool.Run("fit", Servers.ClickHouse("spread"), Formula, "--compute", "engine", "--cov", "CR1:rooms", "--json").Json();
        JsonElement covariance = fit.GetProperty("covariance");
        Assert.Equal("CR1:rooms", covariance.GetProperty("kind").GetString());
        Assert.Equal("G − 1", covariance.GetProperty("df_formula").GetString());
        Assert.Equal(3, fit.GetProperty("engine").GetProperty("shards").GetInt32());
    }

    [Fact]
    public void Robust_errors_of_rows_that_are_read_are_those_of_the_rows()
    {
        JsonElement fit = Tool.Run("fit", Servers.Postgres("sample"), Formula, "--cov", "HC3", "--json").Json();
        LinearModel expected = LinearRegression.Fit(Formula, Sample.Table(hasBooleans: true), new FitOptions { Covariance = CovarianceOptions.Parse("HC3") });
        foreach ((Coefficient a, JsonElement b) in expected.Coefficients.Zip(fit.GetProperty("coefficients").EnumerateArray()))
        {
            Assert.Equal(1, b.GetProperty("std_error").GetDouble() / a.StandardError, 1e-12);
        }
    }
}
