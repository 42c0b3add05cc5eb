using System.Text.Json;

namespace Plumbline.Tests.Inference;

/// <summary>Golden/covariance: what R's sandwich, statsmodels and rational arithmetic say, and the data they said it of.</summary>
internal static class CovarianceGolden
{
    public static JsonElement Sandwich { get; } = Read("sandwich.json");

    public static JsonElement Statsmodels { get; } = Read("statsmodels.json");

    public static JsonElement Judge { get; } = Read("judge.json");

    /// <summary>A data set as a table; what is missing is NaN.</summary>
    public static Table TableOf(string name)
    {
        var table = new Table(name);
        foreach (JsonProperty column in Sandwich.GetProperty("data").GetProperty(name).EnumerateObject())
        {
            if (column.Value[0].ValueKind == JsonValueKind.String)
            {
                table = table.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.GetString())]);
                continue;
            }
            table = table.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)]);
        }
        return table;
    }

    /// <summary>The fit that a golden model describes.</summary>
    public static LinearModel Fit(JsonElement model, CovarianceOptions covariance, int threads = 0) => LinearRegression.Fit(
        model.GetProperty("formula").GetString()!,
        TableOf(model.GetProperty("data").GetString()!),
        new FitOptions { Weights = model.GetProperty("weights").GetString(), Covariance = covariance, Threads = threads });

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)];

    /// <summary>Every entry of a matrix, relative to the two standard errors that it belongs to.</summary>
    public static double Difference(JsonElement expected, LinearModel model)
    {
        double worst = 0;
        double[][] rows = [.. expected.EnumerateArray().Select(Numbers)];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows.Length; j++)
            {
                double scale = Math.Sqrt(rows[i][i] * rows[j][j]);
                worst = Math.Max(worst, Math.Abs(model.Covariance[i][j] - rows[i][j]) / scale);
            }
        }
        return worst;
    }

    public static void Close(double expected, double actual, double tolerance, string what) =>
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= tolerance * Math.Abs(expected),
            $"{what}: expected {expected:R}, found {actual:R}");

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "covariance", file))).RootElement;
}
