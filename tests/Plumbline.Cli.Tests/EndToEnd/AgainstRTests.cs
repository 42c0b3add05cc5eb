using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>The houses as R's lm fits them (Golden/houses-lm.json, made by houses-lm.R beside it).</summary>
public sealed class AgainstRTests : BuiltTool
{
    /// <summary>R solves in doubles by QR, and the models are ordinary: 12 digits.</summary>
    private const double Agreement = 1e-12;

    /// <summary>A p-value far out multiplies the relative error of t by t².</summary>
    private const double AgreementOfP = 1e-9;

    private static readonly JsonElement _models =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "houses-lm.json"))).RootElement.GetProperty("models");

    public static TheoryData<int> Models() => [.. Enumerable.Range(0, _models.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_of_the_houses_is_what_R_says(int index)
    {
        JsonElement r = _models[index];
        JsonElement fit = Fit([Houses, r.GetProperty("formula").GetString()!, .. Option(r, "where"), .. Option(r, "weights")]);
        JsonElement[] coefficients = [.. fit.GetProperty("coefficients").EnumerateArray()];
        Assert.Equal(r.GetProperty("names").EnumerateArray().Select(static n => n.GetString()!), coefficients.Select(static c => c.GetProperty("name").GetString()!), StringComparer.Ordinal);
        for (int i = 0; i < coefficients.Length; i++)
        {
            foreach (string key in (string[])["estimate", "std_error", "t", "lower", "upper"])
            {
                Close(r.GetProperty(key)[i], coefficients[i].GetProperty(key), Agreement, key);
            }
            Close(r.GetProperty("p")[i], coefficients[i].GetProperty("p"), AgreementOfP, "p");
        }
        foreach (string key in (string[])["df_residual", "sigma", "r_squared", "adj_r_squared", "log_likelihood", "aic", "bic"])
        {
            Close(r.GetProperty(key), fit.GetProperty(key), Agreement, key);
        }
        if (r.GetProperty("f").ValueKind == JsonValueKind.Number)
        {
            Close(r.GetProperty("f"), fit.GetProperty("f").GetProperty("value"), Agreement, "f");
        }
    }

    [Fact]
    public void The_basement_is_aliased_and_its_equation_is_stated()
    {
        const string Formula = "price ~ sqft_living + sqft_above + sqft_basement";
        JsonElement aliased = Assert.Single(Fit(Houses, Formula).GetProperty("aliased").EnumerateArray());
        Assert.Equal("sqft_basement", aliased.GetProperty("name").GetString());
        Assert.Equal("""{"sqft_living":1,"sqft_above":-1}""", JsonSerializer.Serialize(aliased.GetProperty("equals")));
        Assert.True(aliased.GetProperty("exact").GetBoolean());
        Assert.Contains("- sqft_basement = sqft_living − sqft_above\n", Run("fit", Houses, Formula).Output, StringComparison.Ordinal);
    }

    private static string[] Option(JsonElement model, string name) =>
        model.GetProperty(name).ValueKind == JsonValueKind.String ? [$"--{name}", model.GetProperty(name).GetString()!] : [];

    private static void Close(JsonElement expected, JsonElement actual, double tolerance, string what)
    {
        (double e, double a) = (expected.GetDouble(), actual.GetDouble());
        // R prints 15 digits, and underflows to 0 where the last doubles are.
        Assert.True(Math.Abs(e - a) <= (tolerance * Math.Abs(e)) + 1e-300, $"{what}: R says {e:R}, plumb {a:R}");
    }
}
