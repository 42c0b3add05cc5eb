using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb path --method stepwise|subset</c>.</summary>
public sealed class SelectTests : BuiltTool
{
    private const string Formula = "log(price) ~ bedrooms + bathrooms + sqft_living + sqft_lot + floors + grade + age";

    [Fact]
    public void The_best_subset_has_no_larger_criterion_than_a_stepwise_selection_and_its_model_predicts()
    {
        JsonElement subset = Json("path", Houses, Formula, "--method", "subset", "--choose", "bic", "-o", "model.json");
        JsonElement steps = Json("path", Houses, Formula, "--method", "stepwise", "--choose", "bic", "--direction", "forward");
        Assert.Equal("plumbline/selection/1", subset.GetProperty("schema").GetString());
        Assert.Equal(8, subset.GetProperty("sizes").GetArrayLength());
        double best = subset.GetProperty("selected").GetProperty("bic").GetDouble();
        Assert.True(best <= steps.GetProperty("selected").GetProperty("bic").GetDouble());
        Assert.True(steps.GetProperty("steps").GetArrayLength() > 2);
        Assert.Contains("selected", subset.GetProperty("notes").EnumerateArray().Select(static n => n.GetProperty("code").GetString()), StringComparer.Ordinal);
        Assert.Equal(0, Run("show", "model.json").Exit);
    }

    [Fact]
    public void The_text_has_the_steps_and_the_fit()
    {
        string text = Run("path", Houses, "price ~ sqft_living + age + sqft_lot", "--method", "stepwise", "--direction", "forward", "--keep", "age").Output;
        Assert.Contains("Stepwise, forward, by AIC", text, StringComparison.Ordinal);
        Assert.Contains("+ sqft_living ", text, StringComparison.Ordinal);
        Assert.Contains("p-values and intervals do not know of that", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method subset --alpha 1", "have no penalty and no folds")]
    [InlineData("--method subset --direction both", "--direction is for --method stepwise")]
    [InlineData("--method subset --choose min", "expected aic or bic")]
    [InlineData("--method stepwise --keep nothing", "no term")]
    [InlineData("--keep age", "for --method stepwise or subset")]
    [InlineData("--method best", "expected penalized, stepwise or subset")]
    public void What_cannot_be_is_told_once(string options, string says)
    {
        Ended ended = Run(["path", Houses, "price ~ age + sqft_living", .. options.Split(' ')]);
        Assert.Equal(2, ended.Exit);
        Assert.Equal("", ended.Output);
        Assert.Contains(says, ended.Error, StringComparison.OrdinalIgnoreCase);
    }

    private JsonElement Json(params string[] line)
    {
        Ended ended = Run([.. line, "--json"]);
        Assert.Equal("", ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
