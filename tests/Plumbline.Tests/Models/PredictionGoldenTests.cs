using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>What R's predict.lm says of models on its own data sets, at rows near and far (Golden/r/predict.json, made by predict.R beside it).</summary>
public class PredictionGoldenTests
{
    /// <summary>R solves in doubles by QR: on ordinary data it keeps 12 digits.</summary>
    private const double Agreement = 1e-12;

    /// <summary>Where R loses digits: raw powers, and longley, whose columns have a condition number of 1e9.</summary>
    private const double Loose = 1e-9;

    private static readonly JsonElement _golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "r", "predict.json"))).RootElement;

    public static TheoryData<int> Models() => [.. Enumerable.Range(0, _golden.GetProperty("models").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_are_what_R_says(int index)
    {
        JsonElement r = _golden.GetProperty("models")[index];
        string data = r.GetProperty("data").GetString()!;
        LinearModel model = LinearRegression.Fit(
            r.GetProperty("formula").GetString()!, TableOf("data", data), new FitOptions { Weights = r.GetProperty("weights").GetString() });
        double tolerance = model.Condition > 1e3 ? Loose : Agreement;
        foreach (JsonElement expected in r.GetProperty("predictions").EnumerateArray())
        {
            foreach (PredictionInterval interval in Enum.GetValues<PredictionInterval>())
            {
                var options = new PredictionOptions { Interval = interval, Level = expected.GetProperty("level").GetDouble() };
                Predictions found = model.Predict(TableOf("new", data), options);
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
        PredictionScores scores = model.Predict(TableOf("new", data)).Summary.Scores!;
        Assert.Equal(r.GetProperty("scored").GetInt64(), scores.Rows);
        Close(r.GetProperty("rmse").GetDouble(), scores.Rmse, tolerance * 100, "rmse");
        Close(r.GetProperty("mae").GetDouble(), scores.Mae, tolerance * 100, "mae");
        Close(r.GetProperty("r_squared").GetDouble(), scores.RSquared, tolerance * 100, "r_squared");
    }

    private static Table TableOf(string part, string name)
    {
        var table = new Table(name);
        foreach (JsonProperty column in _golden.GetProperty(part).GetProperty(name).EnumerateObject())
        {
            table = table.With(column.Name, [.. column.Value.EnumerateArray().Select(NumberOf)]);
        }
        return table;
    }

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

    private static void Close(double expected, double actual, double tolerance, string name) => Assert.True(
        double.IsNaN(expected) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{name}: R says {expected:R}, the model {actual:R}");
}
