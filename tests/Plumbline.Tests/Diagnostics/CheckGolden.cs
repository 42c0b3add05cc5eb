using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>
/// What R (make.R), statsmodels (make.py) and 70-digit arithmetic (judge.py) say of the assumptions of a model of Golden/lm: Golden/checks.
/// </summary>
internal sealed record CheckGolden(GoldenModel Model, JsonElement R, JsonElement? Statsmodels, JsonElement Judge)
{
    /// <summary>Of a row: leverage, standardized, studentized, Cook, DFFITS, COVRATIO; DFBETAS follow.</summary>
    public const int RowMeasures = 6;

    private static readonly Lazy<IReadOnlyList<CheckGolden>> _all = new(Load);

    public static string Folder => Path.Combine(TestFiles.Golden, "checks");

    public static IReadOnlyList<CheckGolden> All => _all.Value;

    /// <summary>Every number of a check, in the order of judge.json.</summary>
    public static readonly string[] Names =
    [
        "dw", "dw_exact", "dw_normal", "bg1", "bg4", "bg4_f", "lb1", "lb4", "boxpierce4", "chow", "reset", "bp", "bp_classic", "white",
        "jb", "ad", "sw", "vif", "influence", "outlier",
    ];

    public string Id => Model.Id;

    /// <summary>The rows whose influence is known, by their 1-based numbers.</summary>
    public int[] Rows => [.. Judge.GetProperty("row").EnumerateArray().Select(static r => r.GetInt32())];

    public static CheckGolden Of(string id) => All.Single(m => m.Id == id);

    /// <summary>
    /// The numbers that a program has for a check, null when it has none: statistic, degrees of freedom, p; of Durbin and Watson's test both
    /// tails; of Chow's, whose degrees of freedom strucchange does not print, statistic and p; of the outlier its size and p's, since two rows may
    /// be equally far out.
    /// </summary>
    public static double[]? Values(JsonElement program, string name)
    {
        if (!program.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }
        if (name == "influence")
        {
            return [.. value.EnumerateArray().SelectMany(WithoutNull)];
        }
        double[] values = GoldenModel.Values(value.ValueKind == JsonValueKind.Object ? value.GetProperty("gvif") : value);
        return name switch
        {
            "chow" => [values[0], values[^1]],
            "dw_exact" or "dw_normal" => values[..2],
            "outlier" => [Math.Abs(values[1]), values[2], values[3]],
            _ => values,
        };
    }

    /// <summary>The worst difference between expected values and others; what is near 0 is measured by a scale.</summary>
    public static double Difference(string name, double[] expected, double[] actual, int width)
    {
        if (expected.Length != actual.Length)
        {
            return double.PositiveInfinity;
        }
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Agreement.Difference(expected[i], actual[i], Scale(name, i, width)));
        }
        return worst;
    }

    /// <summary>The measures of a row; of leverage 1, which has no others, all but an infinite COVRATIO are NaN.</summary>
    private static double[] WithoutNull(JsonElement row)
    {
        double[] values = GoldenModel.Values(row);
        if (values[0] == 1 && double.IsNaN(values[1]))
        {
            values[5] = double.PositiveInfinity;
        }
        return values;
    }

    private static double Scale(string name, int place, int width) => name switch
    {
        // Residuals of nothing but rounding: measured in standard errors. Cook's distance is a square.
        "influence" => (place % width) switch { 0 or 5 => 0, 3 => 1e-6, _ => 1e-3 },
        "jb" when place == 0 => 1e-3,
        _ => 1e-300,
    };

    public override string ToString() => Id;

    private static IReadOnlyList<CheckGolden> Load()
    {
        JsonElement r = Parse("r.json"), judge = Parse("judge.json"), statsmodels = Parse("statsmodels.json");
        return
        [
            .. judge.EnumerateObject().Select(model => new CheckGolden(
                GoldenModel.Of(model.Name),
                r.GetProperty(model.Name),
                statsmodels.TryGetProperty(model.Name, out JsonElement s) ? s : null,
                model.Value)),
        ];
    }

    private static JsonElement Parse(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement.GetProperty("models");
}
