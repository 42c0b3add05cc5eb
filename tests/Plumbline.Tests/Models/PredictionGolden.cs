using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>Predictions of R, read from a file in Golden/r, and compared.</summary>
internal sealed class PredictionGolden(string file)
{
    private readonly JsonElement _golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "r", file))).RootElement;

    public int Count => _golden.GetProperty("models").GetArrayLength();

    public JsonElement Robust => _golden.GetProperty("robust");

    public JsonElement Model(int index) => _golden.GetProperty("models")[index];

    /// <summary>A data set (<c>data</c>) or the rows to predict with its model (<c>new</c>).</summary>
    public Table Table(string part, string name)
    {
        var table = new Table(name);
        foreach (JsonProperty column in _golden.GetProperty(part).GetProperty(name).EnumerateObject())
        {
            table = column.Value.EnumerateArray().Any(static v => v.ValueKind == JsonValueKind.String)
                ? table.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.GetString())])
                : table.With(column.Name, [.. column.Value.EnumerateArray().Select(NumberOf)]);
        }
        return table;
    }

    /// <summary>Compares estimates, standard errors and both intervals at every level.</summary>
    public void Check(int index, LinearModel model, double tolerance)
    {
        Table rows = Table("new", Model(index).GetProperty("data").GetString()!);
        foreach (JsonElement expected in Model(index).GetProperty("predictions").EnumerateArray())
        {
            foreach (PredictionInterval interval in Enum.GetValues<PredictionInterval>())
            {
                var options = new PredictionOptions { Interval = interval, Level = expected.GetProperty("level").GetDouble() };
                Predictions found = model.Predict(rows, options);
                Check(expected, "estimate", found.Rows.Select(static p => p.Estimate), tolerance);
                Check(expected, "std_error", found.Rows.Select(static p => p.StandardError), tolerance * 10);
                if (interval == PredictionInterval.None)
                {
                    Assert.All(found.Rows, static p => Assert.True(double.IsNaN(p.Lower) && double.IsNaN(p.Upper)));
                    continue;
                }
                string kind = interval == PredictionInterval.Confidence ? "confidence" : "prediction";
                Check(expected, kind + "_lower", found.Rows.Select(static p => p.Lower), tolerance * 10);
                Check(expected, kind + "_upper", found.Rows.Select(static p => p.Upper), tolerance * 10);
            }
        }
    }

    public static void Close(double expected, double actual, double tolerance, string name) => Assert.True(
        double.IsNaN(expected) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{name}: R says {expected:R}, the model {actual:R}");

    private static double NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static void Check(JsonElement r, string name, IEnumerable<double> actual, double tolerance)
    {
        double[] expected = [.. r.GetProperty(name).EnumerateArray().Select(NumberOf)], found = [.. actual];
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(double.IsNaN(expected[i]), double.IsNaN(found[i]));
            Close(expected[i], found[i], tolerance, name);
        }
    }
}
