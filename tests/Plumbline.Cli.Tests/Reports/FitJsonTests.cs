using System.Text;
using System.Text.Json;
using CsCheck;
using Plumbline.Reports;

namespace Plumbline.Cli.Tests.Reports;

public sealed class FitJsonTests
{
    // The contract: each object's keys, in order.
    private const string Top =
        "schema plumbline formula source arithmetic reading weights rows rank df_model df_residual level coefficients aliased covariance " +
        "rss tss sigma r_squared adj_r_squared r_squared_kind f log_likelihood aic bic condition notes model checksum";

    [Fact]
    public void Keys_are_those_of_the_contract_in_its_order()
    {
        JsonElement fit = Parse(SampleModels.Houses);
        Assert.Equal(Top, Keys(fit));
        Assert.Equal("read used dropped", Keys(fit.GetProperty("rows")));
        Assert.Equal("total by_column", Keys(fit.GetProperty("rows").GetProperty("dropped")));
        Assert.Equal("name pieces estimate std_error t df p lower upper digits std_error_digits", Keys(fit.GetProperty("coefficients")[0]));
        Assert.Equal("variable", Keys(fit.GetProperty("coefficients")[0].GetProperty("pieces")[0]));
        Assert.Equal("name pieces equals exact", Keys(fit.GetProperty("aliased")[0]));
        Assert.Equal("kind matrix", Keys(fit.GetProperty("covariance")));
        JsonElement robust = Parse(SampleModels.Clustered).GetProperty("covariance");
        Assert.Equal("kind factor factor_formula df_formula convention clusters order resamples failed seed matrix", Keys(robust));
        Assert.Equal("column count", Keys(robust.GetProperty("clusters")[2]));
        Assert.Equal("7", Parse(SampleModels.Resampled).GetProperty("covariance").GetProperty("seed").GetString());
        Assert.Equal("value df1 df2 p", Keys(fit.GetProperty("f")));
        Assert.Equal("code text", Keys(fit.GetProperty("notes")[0]));
        Assert.Equal("kind column", Keys(Parse(SampleModels.Degenerate).GetProperty("weights")));
    }

    [Fact]
    public void Values_are_the_models()
    {
        LinearModel model = SampleModels.Houses;
        JsonElement fit = Parse(model);
        Assert.Equal("plumbline/fit/1", fit.GetProperty("schema").GetString());
        Assert.Equal(ProductVersion.Text, fit.GetProperty("plumbline").GetString());
        Assert.Equal(model.Formula, fit.GetProperty("formula").GetString());
        Assert.Equal("exact", fit.GetProperty("arithmetic").GetString());
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("weights").ValueKind);
        Assert.Equal(21623, fit.GetProperty("rows").GetProperty("read").GetInt64());
        Assert.Equal(10, fit.GetProperty("rows").GetProperty("dropped").GetProperty("total").GetInt64());
        Assert.Equal(7, fit.GetProperty("rows").GetProperty("dropped").GetProperty("by_column").GetProperty("age").GetInt64());
        Assert.Equal("centered", fit.GetProperty("r_squared_kind").GetString());
        Assert.Equal(-1, fit.GetProperty("aliased")[0].GetProperty("equals").GetProperty("sqft_above").GetDouble());
        Assert.True(fit.GetProperty("aliased")[0].GetProperty("exact").GetBoolean());
        Assert.Equal(model.Notes.Count, fit.GetProperty("notes").GetArrayLength());
        for (int i = 0; i < 4; i++)
        {
            JsonElement c = fit.GetProperty("coefficients")[i];
            Assert.Equal(model.Coefficients[i].Name, c.GetProperty("name").GetString());
            Assert.Equal(model.Coefficients[i].Estimate, c.GetProperty("estimate").GetDouble());
            Assert.Equal(model.Coefficients[i].StandardError, c.GetProperty("std_error").GetDouble());
            Assert.Equal(model.Coefficients[i].P, c.GetProperty("p").GetDouble());
            Assert.Equal(model.Coefficients[i].Digits, c.GetProperty("digits").GetInt32());
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(model.Covariance[i][j], fit.GetProperty("covariance").GetProperty("matrix")[i][j].GetDouble());
            }
        }
        (string Key, double Value)[] numbers =
        [
            ("rss", model.Rss), ("tss", model.Tss), ("sigma", model.Sigma), ("r_squared", model.RSquared), ("adj_r_squared", model.AdjustedRSquared),
            ("log_likelihood", model.LogLikelihood), ("aic", model.Aic), ("bic", model.Bic), ("condition", model.Condition), ("level", model.Level),
        ];
        Assert.All(numbers, n => Assert.Equal(n.Value, fit.GetProperty(n.Key).GetDouble()));
    }

    [Fact]
    public void What_is_not_defined_is_null_and_infinities_are_strings()
    {
        JsonElement fit = Parse(SampleModels.Degenerate);
        JsonElement z = fit.GetProperty("coefficients")[1];
        Assert.Equal(JsonValueKind.Null, z.GetProperty("t").ValueKind);
        Assert.Equal(JsonValueKind.Null, z.GetProperty("digits").ValueKind);
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("log_likelihood").ValueKind);
        Assert.Equal("Infinity", fit.GetProperty("f").GetProperty("value").GetString());
        Assert.Equal("-Infinity", fit.GetProperty("bic").GetString());
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("covariance").GetProperty("matrix")[1][1].ValueKind);
        Assert.Equal("uncentered", fit.GetProperty("r_squared_kind").GetString());
        Assert.Equal("{}", fit.GetProperty("aliased")[0].GetProperty("equals").GetRawText());
        Assert.Equal("w", fit.GetProperty("weights").GetProperty("column").GetString());
    }

    [Fact]
    public void Doubles_come_back_with_the_same_bits() => Gen.Double.Sample(value =>
    {
        LinearModel model = SampleModels.Houses with { Rss = value, Covariance = [[value]] };
        JsonElement fit = Parse(model);
        foreach (JsonElement number in new[] { fit.GetProperty("rss"), fit.GetProperty("covariance").GetProperty("matrix")[0][0] })
        {
            if (double.IsFinite(value))
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(number.GetDouble()));
            }
            else
            {
                Assert.Equal(double.IsNaN(value) ? null : value > 0 ? "Infinity" : "-Infinity", number.GetString());
            }
        }
    }, iter: 300);

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("quote\" back\\slash \n \u009b \u202e")]
    [InlineData("größe 面積 🏠 a + b <c>")]
    public void Names_come_back_as_they_were_and_no_control_character_is_raw(string name)
    {
        string text = Encoding.UTF8.GetString(ModelFile.Write(SampleModels.Named(name)));
        Assert.DoesNotContain(text, c => c != '\n' && char.IsControl(c));
        JsonElement fit = JsonDocument.Parse(text).RootElement;
        Assert.Equal(name, fit.GetProperty("coefficients")[0].GetProperty("name").GetString());
        Assert.True(fit.GetProperty("rows").GetProperty("dropped").GetProperty("by_column").TryGetProperty(name, out _));
    }

    [Fact]
    public void An_error_is_an_object_with_its_place()
    {
        PlumblineException error = new("not-a-number", "what \"it\" says") { File = "a.csv", Line = 7, Column = "x", Position = 3 };
        JsonElement root = JsonDocument.Parse(ErrorJson.Render(error)).RootElement;
        Assert.Equal("error", Keys(root));
        JsonElement at = root.GetProperty("error");
        Assert.Equal("code message at", Keys(at));
        Assert.Equal("what \"it\" says", at.GetProperty("message").GetString());
        Assert.Equal("file line column position", Keys(at.GetProperty("at")));
        Assert.Equal("""{"file":"a.csv","line":7,"column":"x","position":3}""", JsonSerializer.Serialize(at.GetProperty("at")));
        at = JsonDocument.Parse(ErrorJson.Render(new PlumblineException("usage", "m"))).RootElement.GetProperty("error").GetProperty("at");
        Assert.All(at.EnumerateObject(), p => Assert.Equal(JsonValueKind.Null, p.Value.ValueKind));
    }

    private static JsonElement Parse(LinearModel model) => JsonDocument.Parse(ModelFile.Write(model)).RootElement;

    private static string Keys(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));
}
