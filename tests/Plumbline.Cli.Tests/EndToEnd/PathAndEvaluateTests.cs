using System.Globalization;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb path</c> and <c>plumb evaluate</c>, from rows to a report and a model file.</summary>
public sealed class PathAndEvaluateTests : BuiltTool
{
    public PathAndEvaluateTests()
    {
        var random = new Random(4);
        IEnumerable<string> lines = Enumerable.Range(0, 60).Select(i =>
        {
            double a = random.NextDouble(), b = random.NextDouble(), y = (3 * a) - b + random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture, $"{y:R},{a:R},{b:R},{random.NextDouble():R},{(i % 3 == 0 ? "u" : "v")},{i % 4},{i}");
        });
        Write("rows.csv", "y,a,b,c,g,shop,day\n" + string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void A_path_is_printed_and_its_chosen_model_predicts()
    {
        Ended ended = Run("path", "rows.csv", "y ~ a + b + c + g", "--folds", "5", "--choose", "1se", "-o", "m.json");
        Assert.Equal(0, ended.Exit);
        Assert.Equal("", ended.Error);
        Assert.Contains("lasso, penalty on standardized predictors, 5 folds, seed 0", ended.Output, StringComparison.Ordinal);
        Assert.Contains("within one standard error", ended.Output, StringComparison.Ordinal);
        JsonElement path = Json("path", "rows.csv", "y ~ a + b + c + g", "--folds", "5", "--choose", "1se");
        Assert.Equal("plumbline/path/1", path.GetProperty("schema").GetString());
        Assert.Equal(100, path.GetProperty("steps").GetArrayLength());
        JsonElement step = path.GetProperty("steps")[path.GetProperty("chosen").GetInt32()];
        Assert.Equal(path.GetProperty("lambda_1se").GetDouble(), step.GetProperty("lambda").GetDouble());
        Assert.True(path.GetProperty("lambda_1se").GetDouble() >= path.GetProperty("lambda_min").GetDouble());
        JsonElement model = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "m.json"))).RootElement;
        Assert.Equal(
            step.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble()),
            model.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble()));
        Assert.Equal("1se", model.GetProperty("penalty").GetProperty("choice").GetString());
        Assert.Equal(61, Run("predict", "m.json", "rows.csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("fitted with a penalty (lasso", Run("show", "m.json").Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("predict", "m.json", "rows.csv", "--interval", "confidence").Exit);
        Assert.Equal(2, Run("show", "m.json", "--verify", "rows.csv").Exit);
    }

    [Fact]
    public void Penalties_bounds_and_factors_are_read()
    {
        JsonElement ridge = Json("path", "rows.csv", "y ~ a + b + c", "--alpha", "0", "--lambda", "0.01,1");
        Assert.Equal([1, 0.01], ridge.GetProperty("steps").EnumerateArray().Select(static s => s.GetProperty("lambda").GetDouble()));
        Assert.Equal(JsonValueKind.Null, ridge.GetProperty("lambda_min").ValueKind);
        JsonElement bound = Json("path", "rows.csv", "y ~ a + b + c", "--lambda", "0", "--lower", "0", "--lower", "c=-1", "--upper", "a=0.5");
        double[] coefficients = [.. bound.GetProperty("steps")[0].GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble())];
        Assert.Equal(0.5, coefficients[1], 1e-15);
        Assert.Equal(0, coefficients[2]);
        JsonElement free = Json("path", "rows.csv", "y ~ a + b + c", "--lambda", "1000", "--penalty-factor", "b=0");
        Assert.Equal(1, free.GetProperty("steps")[0].GetProperty("nonzero").GetInt32());
    }

    [Theory]
    [InlineData("--lambda", "-1")]
    [InlineData("--lambda", "1,,2")]
    [InlineData("--alpha", "1.5")]
    [InlineData("--penalty-factor", "2")]
    [InlineData("--lower", "a=1")]
    [InlineData("--choose", "min")]
    [InlineData("--folds", "1")]
    [InlineData("--folds", "61")]
    [InlineData("--upper", "nobody=1")]
    [InlineData("--group", "nobody")]
    public void A_wrong_value_is_told(string option, string value)
    {
        Ended ended = Run("path", "rows.csv", "y ~ a + b", option, value);
        Assert.Equal(2, ended.Exit);
        Assert.Equal("", ended.Output);
        Assert.StartsWith("plumb: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_says_sizes_errors_and_what_they_mean()
    {
        Ended ended = Run("evaluate", "rows.csv", "y ~ a + b", "--folds", "4", "--group", "shop", "--curve");
        Assert.Equal(0, ended.Exit);
        Assert.Contains("least squares, 4 folds, grouped by shop, seed 0", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Validation RMSE", ended.Output, StringComparison.Ordinal);
        JsonElement json = Json("evaluate", "rows.csv", "y ~ a + b", "--folds", "4", "--group", "shop", "--curve");
        Assert.Equal([15L, 15, 15, 15], json.GetProperty("folds").EnumerateArray().Select(static f => f.GetProperty("validation_rows").GetInt64()));
        Assert.Equal(3, json.GetProperty("curve").GetArrayLength());
        JsonElement windows = Json("evaluate", "rows.csv", "y ~ a + b", "--folds", "3", "--order", "day");
        Assert.Equal([15L, 30, 45], windows.GetProperty("folds").EnumerateArray().Select(static f => f.GetProperty("training_rows").GetInt64()));
        JsonElement held = Json("evaluate", "rows.csv", "y ~ a + b", "--holdout", "0.25", "--test", "0.25");
        Assert.Equal(15, held.GetProperty("test").GetProperty("validation_rows").GetInt64());
        Assert.Equal(JsonValueKind.Null, held.GetProperty("validation").GetProperty("se").ValueKind);
        JsonElement loo = Json("evaluate", "rows.csv", "y ~ a + b", "--loo");
        Assert.Equal(loo.GetProperty("press").GetDouble() / 60, loo.GetProperty("validation").GetProperty("mse").GetDouble(), 1e-15);
    }

    [Theory]
    [InlineData("--loo", "--curve")]
    [InlineData("--folds=3", "--holdout=0.2")]
    [InlineData("--test=0.2", "--folds=3")]
    [InlineData("--group=shop", "--order=day")]
    [InlineData("--holdout=0.6", "--test=0.5")]
    public void Options_that_exclude_one_another_are_told(string first, string second) =>
        Assert.Equal(2, Run("evaluate", "rows.csv", "y ~ a", first, second).Exit);

    private JsonElement Json(params string[] line)
    {
        Ended ended = Run([.. line, "--json"]);
        Assert.True(ended.Exit == 0, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
