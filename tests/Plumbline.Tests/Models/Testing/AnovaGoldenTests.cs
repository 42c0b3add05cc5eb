using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Testing;

/// <summary>
/// Anova of the golden models of Golden/lm against R's anova, car::Anova and drop1; where those are off, against rational arithmetic
/// (Golden/tests/judge.py).
/// </summary>
public class AnovaGoldenTests
{
    private static readonly JsonElement s_judge = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "tests", "judge.json"))).RootElement;

    /// <summary>Sums of squares below this part of RSS are rounding in R: measured by it.</summary>
    private const double RoundingOfR = 1e-6;

    public static TheoryData<string> Models() =>
        [.. GoldenModel.All.Where(static m => m.R.TryGetProperty("anova", out _) && !m.IsExactFit && !s_judge.TryGetProperty(m.Id, out _)).Select(static m => m.Id)];

    public static TheoryData<string> JudgedModels() => [.. s_judge.EnumerateObject().Select(static m => m.Name)];

    [Theory]
    [MemberData(nameof(JudgedModels))]
    public void Every_sum_of_squares_is_that_of_rational_arithmetic_where_R_is_off(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        JsonElement judge = s_judge.GetProperty(id);
        foreach ((string name, AnovaType type) in (ReadOnlySpan<(string, AnovaType)>)[("I", AnovaType.Sequential), ("III", AnovaType.Partial)])
        {
            AnovaTable table = ModelTests.Run(golden.Formula, GoldenData.Of(golden.Data), new TestOptions { Anova = type }).Anova!;
            JsonElement[] expected = [.. judge.GetProperty(name).EnumerateArray()];
            Assert.InRange(expected.Length, table.Terms.Count - 1, table.Terms.Count);
            foreach ((JsonElement row, AnovaRow own) in expected.Zip(table.Terms.TakeLast(expected.Length)))
            {
                Assert.Equal((row[0].GetString(), row[1].GetInt64()), (own.Term, own.Df));
                // The houses' logarithms are the platform's, which may differ in the last place.
                Agreement.Check($"{name} {own.Term}", row[2].GetDouble(), own.SumOfSquares, golden.Data == "houses" ? Agreement.Programs : Agreement.Exact);
            }
            Agreement.Check("rss", judge.GetProperty("rss").GetDouble(), table.Residuals.SumOfSquares, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_sum_of_squares_is_that_of_R(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        Table data = GoldenData.Of(golden.Data);
        var options = new FitOptions { Weights = golden.Weights, WeightKind = Enum.Parse<WeightKind>(golden.WeightKind, ignoreCase: true) };
        foreach (JsonProperty table in golden.R.GetProperty("anova").EnumerateObject())
        {
            // drop1 drops the terms that no other contains: for those it is type II.
            AnovaType type = table.Name switch { "I" => AnovaType.Sequential, "III" => AnovaType.Partial, _ => AnovaType.Hierarchical };
            if (table.Value.ValueKind != JsonValueKind.Object || !table.Value.EnumerateObject().Any())
            {
                continue;
            }
            TestResults results = ModelTests.Run(golden.Formula, data, new TestOptions { Anova = type }, options);
            string[] terms = [.. table.Value.GetProperty("terms").EnumerateArray().Select(static t => t.GetString()!)];
            double[] df = GoldenModel.Values(table.Value.GetProperty("df")), ss = GoldenModel.Values(table.Value.GetProperty("ss")), p = GoldenModel.Values(table.Value.GetProperty("p"));
            Dictionary<string, AnovaRow> rows = results.Anova!.Terms.Append(results.Anova.Residuals).ToDictionary(static r => r.Term, StringComparer.Ordinal);
            for (int i = 0; i < terms.Length; i++)
            {
                AnovaRow row = rows[terms[i]];
                Assert.True(df[i] == row.Df, $"{table.Name} {terms[i]}: {df[i]} degrees of freedom expected, {row.Df} there");
                Agreement.Check($"{table.Name} {terms[i]}", ss[i], row.SumOfSquares, Agreement.Programs, RoundingOfR * results.Model.Rss);
                Agreement.Check($"{table.Name} {terms[i]} p", p[i], row.P, Agreement.Programs * Math.Max(1, double.IsFinite(row.F) ? row.F / 100 : 1));
            }
            IEnumerable<AnovaRow> missing = table.Name == "drop1" ? [] : rows.Values;
            Assert.All(missing.Where(r => !terms.Contains(r.Term, StringComparer.Ordinal)), static r => Assert.Equal(0, r.Df));      // R leaves out what is aliased
        }
    }
}
