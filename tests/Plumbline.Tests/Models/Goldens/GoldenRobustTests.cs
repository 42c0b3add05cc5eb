using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>Robust standard errors against rational arithmetic, sandwich and statsmodels (Golden/lm).</summary>
public class GoldenRobustTests
{
    /// <summary>Sums over rows of residuals and influences, each a double: what the judge's own last step keeps.</summary>
    private const double Rows = 1e-12;

    /// <summary>Every kind of every model.</summary>
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (GoldenModel golden in GoldenModel.All.Where(static m => m.Judge.TryGetProperty("robust", out _)))
        {
            foreach (JsonProperty kind in golden.Judge.GetProperty("robust").EnumerateObject())
            {
                cases.Add(golden.Id, kind.Name);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Robust_standard_errors_are_what_the_judge_R_and_statsmodels_say(string id, string kind)
    {
        GoldenModel golden = GoldenModel.Of(id);
        LinearModel model = GoldenFitTests.Fit(golden, CovarianceOf(golden, kind));
        double[] errors = [.. model.Coefficients.Select(static c => c.StandardError)];
        Agreement.Check(kind, GoldenModel.Values(golden.Judge.GetProperty("robust").GetProperty(kind)), errors, Rows);
        Compare(golden.R, Disputes.OfR);
        if (golden.Statsmodels is { } statsmodels)
        {
            Compare(statsmodels, Disputes.OfStatsmodels);
        }

        void Compare(JsonElement program, HashSet<(string, string)> disputes)
        {
            if (!disputes.Contains((id, kind)) && !disputes.Contains((id, "rank")) && program.GetProperty("robust").TryGetProperty(kind, out JsonElement expected))
            {
                Agreement.Check(kind, GoldenModel.Values(expected), errors, Agreement.Programs);
            }
        }
    }

    /// <summary>The models with a row that one coefficient follows exactly.</summary>
    public static TheoryData<string> ModelsOfLeverageOne() => [.. GoldenModel.All.Where(static m => m.Judge.TryGetProperty("leverage_one", out _)).Select(static m => m.Id)];

    [Theory]
    [MemberData(nameof(ModelsOfLeverageOne))]
    public void Where_a_leverage_is_1_the_errors_that_divide_by_the_rest_are_undefined_and_the_rows_are_named(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        int first = golden.Judge.GetProperty("leverage_one")[0].GetInt32();
        foreach (string kind in new[] { "HC2", "HC3", "HC4" })
        {
            LinearModel model = GoldenFitTests.Fit(golden, CovarianceOptions.Parse(kind));
            Assert.All(model.Coefficients, static c => Assert.True(double.IsNaN(c.StandardError), c.Name));
            Assert.Contains(model.Notes, n => n.Code == "leverage-one" && n.Text.Contains($"{first}", StringComparison.Ordinal));
        }
    }

    /// <summary>CR0, CR1 (of all clusters), CR1:column; HAC and HAC_adjusted of the model's lag.</summary>
    private static CovarianceOptions CovarianceOf(GoldenModel golden, string kind)
    {
        string[] parts = kind.Split(':');
        return parts[0] switch
        {
            "CR0" or "CR1" => CovarianceOptions.Parse($"{parts[0]}:{(parts.Length > 1 ? parts[1] : string.Join(',', golden.Clusters))}"),
            "HAC" => CovarianceOptions.Parse($"newey-west:{golden.Lag}") with { Convention = CovarianceConvention.Sandwich },
            "HAC_adjusted" => CovarianceOptions.Parse($"newey-west:{golden.Lag}"),
            _ => CovarianceOptions.Parse(kind),
        };
    }
}
