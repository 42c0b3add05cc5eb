using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>
/// A model of Golden/lm/models.json, and what R (make.R), statsmodels (make.py) and rational arithmetic (judge.py) say of it.
/// </summary>
internal sealed record GoldenModel(string Id, JsonElement Spec, JsonElement R, JsonElement? Statsmodels, JsonElement Judge)
{
    private static readonly Lazy<IReadOnlyList<GoldenModel>> _all = new(Load);

    public static string Folder => Path.Combine(TestFiles.Golden, "lm");

    public static IReadOnlyList<GoldenModel> All => _all.Value;

    public string Formula => Spec.GetProperty("formula").GetString()!;

    public string Data => Spec.GetProperty("data").GetString()!;

    public string? Weights => Text("weights");

    /// <summary>precision (when not said), frequency or sampling.</summary>
    public string WeightKind => Text("kind") ?? "precision";

    /// <summary>The contrasts of all categories: treatment when not said.</summary>
    public string Contrasts => Text("contrasts") ?? "treatment";

    public IReadOnlyList<string> Clusters => Spec.TryGetProperty("cluster", out JsonElement c) ? [.. c.EnumerateArray().Select(static x => x.GetString()!)] : [];

    public int? Lag => Spec.TryGetProperty("lag", out JsonElement lag) ? lag.GetInt32() : null;

    /// <summary>Whether the response is a combination of the predictors, so that the residuals are exactly 0.</summary>
    public bool IsExactFit => !Judge.TryGetProperty("std_error", out _);

    /// <summary>The model of that name.</summary>
    public static GoldenModel Of(string id) => All.Single(m => m.Id == id);

    /// <summary>The numbers of the judge where it has them, else of R.</summary>
    public double[] Expected(string name) => Values(Judge.TryGetProperty(name, out JsonElement judged) ? judged : R.GetProperty(name));

    /// <summary>A number or an array of numbers; null is NaN.</summary>
    public static double[] Values(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Number)] : [Number(value)];

    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when value.GetString() == "Infinity" => double.PositiveInfinity,
        JsonValueKind.String when value.GetString() == "-Infinity" => double.NegativeInfinity,
        _ => double.NaN,
    };

    public override string ToString() => Id;

    private static IReadOnlyList<GoldenModel> Load()
    {
        JsonElement specs = Parse("models.json"), r = Parse("r.json"), judge = Parse("judge.json"), statsmodels = Parse("statsmodels.json");
        return
        [
            .. specs.EnumerateArray().Select(spec =>
            {
                string id = spec.GetProperty("id").GetString()!;
                return new GoldenModel(
                    id,
                    spec,
                    r.GetProperty("models").GetProperty(id),
                    statsmodels.GetProperty("models").TryGetProperty(id, out JsonElement s) ? s : null,
                    judge.GetProperty("models").GetProperty(id));
            }),
        ];
    }

    private static JsonElement Parse(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement;

    private string? Text(string name) => Spec.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
