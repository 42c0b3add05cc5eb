using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>What R's lm says of models with categories, contrasts, poly, scale, offsets, weights (Golden/categories, made by make.R beside it).</summary>
public class CategoryGoldenTests
{
    private const double Agreement = 1e-11;

    private static readonly JsonElement _golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "categories", "categories.json"))).RootElement;

    public static TheoryData<int, Arithmetic> Models()
    {
        var models = new TheoryData<int, Arithmetic>();
        for (int m = 0; m < _golden.GetProperty("models").GetArrayLength(); m++)
        {
            models.Add(m, Arithmetic.Exact);
            models.Add(m, Arithmetic.Fast);
        }
        return models;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_with_categories_is_what_R_says(int index, Arithmetic arithmetic)
    {
        JsonElement r = _golden.GetProperty("models")[index];
        LinearModel model = LinearRegression.Fit(r.GetProperty("formula").GetString()!, Data(), Options(r) with { Arithmetic = arithmetic });
        Assert.Equal(Texts(r, "names"), model.Coefficients.Select(static c => Plain(c.Name)), StringComparer.Ordinal);
        Assert.Equal(Texts(r, "aliased"), model.Aliased.Select(static c => Plain(c.Name)), StringComparer.Ordinal);
        Check(r, "estimate", [.. model.Coefficients.Select(static c => c.Estimate)]);
        Check(r, "std_error", [.. model.Coefficients.Select(static c => c.StandardError)]);
        Check(r, "t", [.. model.Coefficients.Select(static c => c.T)]);
        Check(r, "sigma", model.Sigma);
        Check(r, "rss", model.Rss);
        Check(r, "r_squared", model.RSquared);
        Check(r, "adj_r_squared", model.AdjustedRSquared);
        Check(r, "df", model.DfResidual);
        Check(r, "log_likelihood", model.LogLikelihood);
        Check(r, "aic", model.Aic);
        Check(r, "bic", model.Bic);
        if (r.GetProperty("f").ValueKind == JsonValueKind.Number)
        {
            Check(r, "f", model.F.Value);
        }
        Check(r, "vcov", [.. model.Covariance.SelectMany(static row => row)]);
        if (arithmetic == Arithmetic.Exact)
        {
            Assert.All(model.Coefficients, static c => Assert.True(c.Digits is 15 or 16 && c.StandardErrorDigits is 15 or 16, c.Name));
        }
    }

    [Fact]
    public void Rows_in_any_order_and_parts_give_the_same_bits()
    {
        Table data = Data();
        var order = new Random(1);
        int[] rows = [.. Enumerable.Range(0, 60).OrderBy(_ => order.Next())];
        foreach (JsonElement r in _golden.GetProperty("models").EnumerateArray())
        {
            string formula = r.GetProperty("formula").GetString()!;
            FitOptions options = Options(r);
            LinearModel whole = LinearRegression.Fit(formula, data, options);
            AssertSame(whole, LinearRegression.Fit(formula, Take(rows), options with { Threads = 1 }));
            DesignMoments first = DesignMoments.Read(formula, Take(rows[..40]), options), second = DesignMoments.Read(formula, Take(rows[40..]), options);
            DesignMoments merged = DesignMoments.Merge(first, second);
            AssertSame(whole, merged.Fit());
            AssertSame(first.Fit(), DesignMoments.Subtract(merged, second).Fit());
        }
    }

    internal static void AssertSame(LinearModel expected, LinearModel actual)
    {
        Assert.Equal(expected.Coefficients, actual.Coefficients, static (a, b) => a.Name == b.Name && a.Estimate.Equals(b.Estimate)
            && a.StandardError.Equals(b.StandardError) && a.T.Equals(b.T) && a.P.Equals(b.P) && a.Digits == b.Digits && a.StandardErrorDigits == b.StandardErrorDigits);
        Assert.Equal(expected.Aliased.Select(static a => (a.Name, string.Join('+', a.Terms))), actual.Aliased.Select(static a => (a.Name, string.Join('+', a.Terms))));
        Assert.Equal(expected.Covariance.SelectMany(static row => row), actual.Covariance.SelectMany(static row => row));
        Assert.Equal(
            (expected.Rss, expected.Tss, expected.RSquared, expected.AdjustedRSquared, expected.Sigma, expected.F, expected.DfResidual),
            (actual.Rss, actual.Tss, actual.RSquared, actual.AdjustedRSquared, actual.Sigma, actual.F, actual.DfResidual));
        Assert.Equal(
            (expected.LogLikelihood, expected.Aic, expected.Bic, expected.Condition, expected.Observations),
            (actual.LogLikelihood, actual.Aic, actual.Bic, actual.Condition, actual.Observations));
    }

    internal static Table Data() => Take([.. Enumerable.Range(0, 60)]);

    internal static Table Take(int[] rows)
    {
        var table = new Table("made");
        foreach (JsonProperty column in _golden.GetProperty("data").EnumerateObject())
        {
            JsonElement[] values = [.. column.Value.EnumerateArray()];
            table = values[0].ValueKind == JsonValueKind.Number
                ? table.With(column.Name, [.. rows.Select(r => values[r].GetDouble())])
                : table.With(column.Name, (string?[])[.. rows.Select(r => values[r].GetString())]);
        }
        return table;
    }

    private static FitOptions Options(JsonElement r) => new()
    {
        Weights = r.GetProperty("weights").ValueKind == JsonValueKind.String ? r.GetProperty("weights").GetString() : null,
        Contrasts = r.GetProperty("contrasts").ValueKind == JsonValueKind.String ? r.GetProperty("contrasts").GetString() switch
        {
            "contr.sum" => ContrastKind.Sum,
            "contr.helmert" => ContrastKind.Helmert,
            _ => ContrastKind.Polynomial,
        } : null,
    };

    private static string[] Texts(JsonElement r, string name)
    {
        JsonElement value = r.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static v => v.GetString()!)] : [value.GetString()!];
    }

    /// <summary>Our names without the brackets are R's.</summary>
    private static string Plain(string name) => name.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static void Check(JsonElement r, string name, params double[] actual)
    {
        JsonElement value = r.GetProperty(name);
        double[] expected = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().SelectMany(static v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().ToArray() : [v]).Select(static v => v.GetDouble())]
            : [value.GetDouble()];
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        foreach ((double e, double a) in expected.Zip(actual))
        {
            Assert.True(Math.Abs(e - a) <= Agreement * Math.Max(Math.Abs(e), name == "vcov" ? scale : 0), $"{r.GetProperty("formula")} {name}: R says {e:R}, Plumbline {a:R}");
        }
    }
}
