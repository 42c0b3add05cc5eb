using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Testing;

/// <summary>A model of Golden/tests/models.json, and what R says of its tests (make.R: anova, car, lmtest).</summary>
internal sealed record TestGolden(string Id, JsonElement Spec, JsonElement R)
{
    private static readonly Lazy<IReadOnlyList<TestGolden>> s_all = new(Load);

    public static IReadOnlyList<TestGolden> All => s_all.Value;

    public string Formula => Spec.GetProperty("formula").GetString()!;

    public Table Data => GoldenData.Of(Spec.GetProperty("data").GetString()!);

    public FitOptions Options => new() { Weights = Spec.TryGetProperty("weights", out JsonElement w) ? w.GetString() : null };

    public static TestGolden Of(string id) => All.Single(m => m.Id == id);

    public TestResults Run(TestOptions tests) => ModelTests.Run(Formula, Data, tests, Options);

    public static double Number(JsonElement of, string name) => GoldenModel.Number(of.GetProperty(name));

    public static double[] Values(JsonElement of, string name) => GoldenModel.Values(of.GetProperty(name));

    public static string[] Texts(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(static t => t.GetString()!)];

    private static IReadOnlyList<TestGolden> Load()
    {
        JsonElement models = Parse("models.json"), r = Parse("r.json").GetProperty("models");
        return [.. models.EnumerateArray().Select(m => new TestGolden(m.GetProperty("id").GetString()!, m, r.GetProperty(m.GetProperty("id").GetString()!)))];
    }

    private static JsonElement Parse(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "tests", file))).RootElement;
}
