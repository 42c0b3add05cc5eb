using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>What R's lm says of its own data sets (Golden/r/lm.json, made by make.R beside it).</summary>
public class RGoldenTests
{
    /// <summary>R solves in doubles by QR: on ordinary data it keeps 12 digits.</summary>
    private const double Agreement = 1e-12;

    /// <summary>Quantities that R loses digits on: condition 1e9 (longley) and squares of raw heights.</summary>
    private const double Loose = 1e-8;

    private static readonly JsonElement _golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "r", "lm.json"))).RootElement;

    public static TheoryData<int> Models() => [.. Enumerable.Range(0, _golden.GetProperty("models").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_is_what_R_says(int index)
    {
        JsonElement r = _golden.GetProperty("models")[index];
        string data = r.GetProperty("data").GetString()!;
        string? weights = r.TryGetProperty("weights", out JsonElement w) && w.ValueKind == JsonValueKind.String ? w.GetString() : null;
        LinearModel model = LinearRegression.Fit(r.GetProperty("formula").GetString()!, TableOf(data), new FitOptions { Weights = weights });

        double tolerance = model.Condition > 1e3 ? Loose : Agreement;
        Assert.Equal(r.GetProperty("names").EnumerateArray().Select(static n => n.GetString()!), model.Coefficients.Select(static c => c.Name), StringComparer.Ordinal);
        Check(r, "estimate", model.Coefficients.Select(static c => c.Estimate), tolerance);
        Check(r, "std_error", model.Coefficients.Select(static c => c.StandardError), tolerance);
        Check(r, "t", model.Coefficients.Select(static c => c.T), tolerance);
        Check(r, "p", model.Coefficients.Select(static c => c.P), tolerance * 100);
        Check(r, "lower", model.Coefficients.Select(static c => c.Lower), tolerance * 100);
        Check(r, "upper", model.Coefficients.Select(static c => c.Upper), tolerance * 100);
        Check(r, "sigma", model.Sigma, tolerance);
        if (r.GetProperty("names").GetArrayLength() > 1 || !model.HasIntercept)
        {
            Check(r, "r_squared", model.RSquared, tolerance);
            Check(r, "adj_r_squared", model.AdjustedRSquared, tolerance);
        }
        if (r.GetProperty("f").ValueKind == JsonValueKind.Number)
        {
            Check(r, "f", model.F.Value, tolerance);
            Check(r, "f_p", model.F.P, tolerance * 100);
        }
        Check(r, "log_likelihood", model.LogLikelihood, tolerance);
        Check(r, "aic", model.Aic, tolerance);
        Check(r, "bic", model.Bic, tolerance);
        Assert.Equal(r.GetProperty("df").GetInt64(), model.DfResidual);
        int row = 0;
        foreach (JsonElement line in r.GetProperty("vcov").EnumerateArray())
        {
            int column = 0;
            foreach (JsonElement entry in line.EnumerateArray())
            {
                Close(entry.GetDouble(), model.Covariance[row][column++], tolerance * 10, "vcov");
            }
            row++;
        }
    }

    private static Table TableOf(string name)
    {
        var table = new Table(name);
        foreach (JsonProperty column in _golden.GetProperty("data").GetProperty(name).EnumerateObject())
        {
            table = table.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)]);
        }
        return table;
    }

    private static void Check(JsonElement r, string name, IEnumerable<double> actual, double tolerance)
    {
        JsonElement value = r.GetProperty(name);
        double[] expected = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static v => v.GetDouble())] : [value.GetDouble()];
        foreach ((double e, double a) in expected.Zip(actual))
        {
            Close(e, a, tolerance, name);
        }
    }

    private static void Check(JsonElement r, string name, double actual, double tolerance) => Close(r.GetProperty(name).GetDouble(), actual, tolerance, name);

    private static void Close(double expected, double actual, double tolerance, string name) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{name}: R says {expected:R}, the fit {actual:R}");
}
