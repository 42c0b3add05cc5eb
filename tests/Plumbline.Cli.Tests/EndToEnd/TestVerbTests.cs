using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb test</c>, from rows or a model file to a report.</summary>
public sealed class TestVerbTests : BuiltTool
{
    private const string Few = "y,a,g,hole\n3,1,u,1\n5,2,v,2\n4,3,u,\n8,4,w,4\n6,5,v,5\n9,6,w,6\n7,7,u,7\n11,8,w,9\n";

    public TestVerbTests() => Write("few.csv", Few);

    [Fact]
    public void Without_a_wish_it_is_an_analysis_of_variance_of_type_II()
    {
        Ended ended = Run("test", "few.csv", "y ~ a * g");
        Assert.Equal(0, ended.Exit);
        Assert.Equal("", ended.Error);
        Assert.Contains("Analysis of variance, type II\n", ended.Output, StringComparison.Ordinal);
        string[] lines = ended.Output.Split('\n');
        Assert.Equal(["a", "g", "a:g", "Residuals"], ((string[])["a ", "g ", "a:g ", "Residuals "]).Select(n => lines.Single(l => l.StartsWith(n, StringComparison.Ordinal)).Split(' ')[0]), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("2", null)]
    [InlineData("3", "sum")]
    [InlineData("III", "sum")]
    [InlineData("3 --as-coded", "as coded")]
    public void The_type_and_its_contrasts_are_in_the_JSON(string type, string? contrasts)
    {
        JsonElement anova = Json(["test", "few.csv", "y ~ a * g", "--anova", .. type.Split(' ')]).GetProperty("anova");
        Assert.Equal(contrasts, anova.GetProperty("contrasts").GetString());
        Assert.Equal(type == "III" ? 3 : type[0] - '0', anova.GetProperty("type").GetInt32());
        Assert.Equal(type[0] is '3' or 'I' ? 4 : 3, anova.GetProperty("terms").GetArrayLength());
        Assert.Equal(2, anova.GetProperty("residuals").GetProperty("df").GetInt32());
    }

    [Fact]
    public void Everything_can_be_asked_at_once_and_each_form_says_the_same()
    {
        string[] line = ["test", "few.csv", "y ~ a + g", "--anova", "1", "--against", "y ~ a", "--hypothesis", "a = 1, g[v] = g[w]", "--hypothesis", "g[v]", "--profile", "a", "--profile", "g[w]", "--intervals", "--likelihood", "--level", "0.9"];
        JsonElement json = Json(line);
        Assert.Equal("plumbline/test/1", json.GetProperty("schema").GetString());
        Assert.Equal(0.9, json.GetProperty("level").GetDouble());
        Assert.Equal(4, json.GetProperty("coefficients").GetArrayLength());
        Assert.Equal(4, json.GetProperty("covariance").GetProperty("matrix").GetArrayLength());
        Assert.Equal(2, json.GetProperty("hypotheses").GetArrayLength());
        Assert.Equal(["a", "g[w]"], json.GetProperty("profiles").EnumerateArray().Select(static p => p.GetProperty("name").GetString()), StringComparer.Ordinal);
        double f = json.GetProperty("against").GetProperty("f").GetProperty("value").GetDouble();
        string shown = f.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
        string text = Run(line).Output, markdown = Run([.. line, "--markdown"]).Output;
        foreach (string report in (string[])[text, markdown])
        {
            Assert.Contains(shown, report, StringComparison.Ordinal);
            foreach (string title in (string[])["Analysis of variance, type I", "Nested models", "Hypothesis", "Confidence intervals", "Gaussian likelihood", "Profile likelihood"])
            {
                Assert.Contains(title, report, StringComparison.Ordinal);
            }
        }
        Assert.Contains("| g\\[v\\] − g\\[w\\] | 0 |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_file_answers_what_needs_no_rows()
    {
        Assert.Equal(0, Run("fit", "few.csv", "y ~ a + g", "-o", "m.json").Exit);
        JsonElement own = Json(["test", "few.csv", "y ~ a + g", "--hypothesis", "a = 1", "--level", "0.8"]), kept = Json(["test", "m.json", "--hypothesis", "a = 1", "--level", "0.8"]);
        Assert.Equal(own.GetProperty("hypotheses").GetRawText(), kept.GetProperty("hypotheses").GetRawText());
        Assert.Equal(own.GetProperty("coefficients").GetRawText(), kept.GetProperty("coefficients").GetRawText());
        Assert.Contains("Confidence intervals", Run("test", "m.json").Output, StringComparison.Ordinal);
        Write("m.json", File.ReadAllText(Path.Combine(Folder, "m.json")).Replace("\"rank\": 4", "\"rank\": 3", StringComparison.Ordinal));
        Assert.Equal(2, Run("test", "m.json").Exit);
    }

    [Theory]
    [InlineData("--anova 4", "usage", "--anova '4': expected 1, 2, 3, I, II or III.")]
    [InlineData("--as-coded", "usage", "--as-coded is of use with --anova 3 only")]
    [InlineData("--weight-kind sampling", "usage", "--weight-kind says what weights mean, and there are none")]
    [InlineData("--accept-edited", "usage", "--accept-edited is of use with a model file only")]
    [InlineData("--hypothesis b=0", "no-coefficient", "There is no coefficient `b` in this model.")]
    [InlineData("--hypothesis a=0=1", "hypothesis", "A hypothesis has one `=`.")]
    [InlineData("--hypothesis a=0,a=1", "hypothesis", "`a=1` contradicts the equations before it")]
    [InlineData("--profile b", "no-coefficient", "There is no coefficient `b`")]
    [InlineData("--against y~I(a^2)", "not-nested", "`y~I(a^2)` is not part of `y ~ a`: its column `I(a^2)` is")]
    [InlineData("--against y~a+hole", "different-rows", "`y ~ a` has 1 more, because the other needs values that are missing there (hole: 1).")]
    [InlineData("--against log(y)~1", "different-response", "different responses")]
    [InlineData("--cov HC3 --anova 1", "option", "HC3 errors go with hypotheses")]
    public void What_is_wrong_is_said(string options, string code, string says)
    {
        Ended ended = Run(["test", "few.csv", "y ~ a", .. options.Split(' '), "--json"]);
        Assert.Equal(2, ended.Exit);
        Assert.Equal("", ended.Output);
        JsonElement error = JsonDocument.Parse(ended.Error).RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(says, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "DATA and FORMULA are missing.")]
    [InlineData("test few.csv", "FORMULA is missing. Expected: plumb test data.csv \"y ~ x\", or plumb test model.json")]
    [InlineData("test m.json --anova 2", "--anova needs the rows: give DATA and FORMULA rather than a model file.")]
    [InlineData("test m.json --where a>1", "--where needs the rows")]
    [InlineData("test m.json --cov HC3", "--cov needs the rows")]
    public void A_command_that_lacks_something_is_told_so(string line, string says)
    {
        Ended ended = Run(line.Split(' '));
        Assert.Equal(2, ended.Exit);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Level_names_from_the_data_cannot_speak_for_the_tool()
    {
        Write("evil.csv", "y,g\n1,\"[a], b = 0\"\n2,\"`x` | <b>\"\n3,\"`x` | <b>\"\n5,plain\n2,\"[a], b = 0\"\n7,plain\n");
        JsonElement json = Json(["test", "evil.csv", "y ~ g", "--hypothesis", "g[plain] = g[`x` | <b>]"]);
        Assert.Equal("g[plain] − g[`x` | <b>]", json.GetProperty("hypotheses")[0].GetProperty("equations")[0].GetProperty("combination").GetString());
        string markdown = Run("test", "evil.csv", "y ~ g", "--hypothesis", "g[plain] = g[`x` | <b>]", "--markdown").Output;
        Assert.DoesNotContain("<b>", markdown, StringComparison.Ordinal);
        Assert.Contains("\\| &lt;b&gt;", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_goes_to_a_file_in_the_form_of_its_ending()
    {
        Assert.Equal(0, Run("test", "few.csv", "y ~ a", "-o", "t.md").Exit);
        Assert.StartsWith("# `y ~ a`", File.ReadAllText(Path.Combine(Folder, "t.md")), StringComparison.Ordinal);
        Assert.Contains("-o 't.csv': a report on tests is written as .json, .md or .txt.", Run("test", "few.csv", "y ~ a", "-o", "t.csv").Error, StringComparison.Ordinal);
    }

    private JsonElement Json(string[] line)
    {
        Ended ended = Run([.. line, "--json"]);
        Assert.True(ended.Exit == 0, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
