namespace Plumbline.Tests;

/// <summary>Rows with numbers of several scales, a category of text, one of booleans, weights and missing values, whole or in parts.</summary>
internal static class MomentsRows
{
    /// <summary>Formulas that use everything a design can have.</summary>
    public static readonly string[] Formulas =
    [
        "y ~ x + z", "y ~ x * f + g", "log(y) ~ poly(x, 3) + scale(z) + f:g", "y ~ 0 + f", "y ~ x:f + offset(z)", "y ~ . - w", "y ~ f * g * C(n)", "y ~ 1",
    ];

    /// <summary>Rows first to first + rows of the same table.</summary>
    public static Table Table(int seed, int first, int rows, string name = "made")
    {
        var random = new Random(seed);
        var y = new List<double>();
        var x = new List<double>();
        var z = new List<double>();
        var w = new List<double>();
        var n = new List<double>();
        var f = new List<string?>();
        var g = new List<string?>();
        for (int i = 0; i < first + rows; i++)
        {
            double[] numbers = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
            if (i < first)
            {
                continue;
            }
            y.Add(1 + Math.Round(100 * numbers[0], 1));
            x.Add(numbers[1] < 0.05 ? double.NaN : numbers[1] * 1e-3);
            z.Add(Math.Round(numbers[2] * 1e8) / 3);
            w.Add(1 + Math.Floor(3 * numbers[3]));
            n.Add(Math.Floor(4 * numbers[6]));
            f.Add($"level {(int)(numbers[4] * numbers[4] * 5)}");
            g.Add(numbers[5] < 0.4 ? "yes" : "nö \"q\"");
        }
        return new Table(name).With("f", (string?[])[.. f]).With("x", [.. x]).With("y", [.. y]).With("n", [.. n]).With("g", (string?[])[.. g]).With("z", [.. z]).With("w", [.. w]);
    }

    /// <summary>The options: without weights, and with each kind.</summary>
    public static FitOptions Options(int kind) => kind == 0 ? FitOptions.Default : new FitOptions { Weights = "w", WeightKind = (WeightKind)(kind - 1) };
}
