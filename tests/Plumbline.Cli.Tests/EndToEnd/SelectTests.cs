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

    [Fact]
    public void Folds_choose_the_number_of_terms_and_a_test_part_judges_the_model()
    {
        JsonElement folds = Json("path", Houses, Formula, "--method", "subset", "--folds", "5", "--choose", "1se");
        Assert.Equal("1se", folds.GetProperty("criterion").GetString());
        Assert.Equal(5, folds.GetProperty("validation").GetProperty("training_rows").GetArrayLength());
        JsonElement[] sizes = [.. folds.GetProperty("sizes").EnumerateArray()];
        double[] means = [.. sizes.Select(static s => s.GetProperty("cv").GetProperty("mean").GetDouble())];
        int least = Array.IndexOf(means, means.Min());
        double bound = means[least] + sizes[least].GetProperty("cv").GetProperty("se").GetDouble();
        Assert.Equal(Array.FindIndex(means, m => m <= bound), folds.GetProperty("selected").GetProperty("terms").GetArrayLength());
        Assert.Equal(5, sizes[^1].GetProperty("agreeing_folds").GetInt32());
        string text = Run("path", Houses, Formula, "--method", "stepwise", "--direction", "backward", "--folds", "5").Output;
        Assert.Contains("Stepwise, backward, by least validation error", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), static l => l.StartsWith("> ", StringComparison.Ordinal));
        Assert.Contains("●", text, StringComparison.Ordinal);
        JsonElement test = Json("path", Houses, Formula, "--method", "subset", "--holdout", "0.2", "--test", "0.2").GetProperty("test");
        Assert.InRange(test.GetProperty("validation_rows").GetInt32(), 3500, 5000);
    }

    [Fact]
    public void Markdown_has_the_table_and_no_drawing()
    {
        string page = Run("path", Houses, "price ~ sqft_living + age + grade", "--method", "subset", "--folds", "4", "--markdown").Output;
        Assert.StartsWith("# `price ~ sqft_living + age + grade`\n\nBest subsets, by least validation error; ", page, StringComparison.Ordinal);
        Assert.Contains("\n\n| | Coefs. | RSS | Adj. R² | Validation MSE | ± | Same in |\n|:--|--:|--:|--:|--:|--:|--:|\n| (none) | 1 | ", page, StringComparison.Ordinal);
        Assert.Contains("\n- Validation rows: 4 folds of ", page, StringComparison.Ordinal);
        Assert.DoesNotContain('●', page);
        string path = Run("path", Houses, "price ~ sqft_living + age", "--folds", "4", "--markdown").Output;
        Assert.Contains("| Validation MSE | ± |", path, StringComparison.Ordinal);
        Assert.Contains("\n- Chosen: λ = ", path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method subset --alpha 1", "have no penalty")]
    [InlineData("--method subset --folds 5 --choose bic", "leave out the folds")]
    [InlineData("--method stepwise --holdout 0.2 --choose 1se", "no standard error")]
    [InlineData("--method subset --json --markdown", "exclude each other")]
    [InlineData("--method subset --direction both", "--direction is for --method stepwise")]
    [InlineData("--method subset --choose min", "divide the rows")]
    [InlineData("--method subset --choose best", "expected aic, bic, min or 1se")]
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
