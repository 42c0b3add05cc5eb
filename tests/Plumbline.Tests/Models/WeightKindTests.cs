using System.Globalization;
using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>
/// Precision, frequency and sampling weights, each with its own degrees of freedom and errors. Golden/weights has what R and statsmodels say, with the
/// scripts that made it.
/// </summary>
public class WeightKindTests
{
    private const double Agreement = 1e-12;

    private static readonly Table _data = Read();

    public static TheoryData<string, int> Models()
    {
        var models = new TheoryData<string, int>();
        foreach (string file in (string[])["r.json", "statsmodels.json"])
        {
            for (int m = 0; m < Golden(file).GetArrayLength(); m++)
            {
                models.Add(file, m);
            }
        }
        return models;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_weighted_fit_is_what_R_and_statsmodels_say(string file, int index)
    {
        JsonElement golden = Golden(file)[index];
        foreach (Arithmetic arithmetic in Enum.GetValues<Arithmetic>())
        {
            var options = new FitOptions { Weights = "w", WeightKind = Kind(golden.GetProperty("kind").GetString()!), Arithmetic = arithmetic };
            LinearModel model = LinearRegression.Fit(golden.GetProperty("formula").GetString()!, _data, options);
            string[] names = [.. golden.GetProperty("names").EnumerateArray().Select(static n => Plain(n.GetString()!))];
            Dictionary<string, Coefficient> ours = model.Coefficients.ToDictionary(static c => Plain(c.Name), StringComparer.Ordinal);
            Assert.Equal(names.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
            Check(golden, "estimate", [.. names.Select(n => ours[n].Estimate)]);
            Check(golden, "std_error", [.. names.Select(n => ours[n].StandardError)]);
            Check(golden, "t", [.. names.Select(n => ours[n].T)]);
            Check(golden, "p", [.. names.Select(n => ours[n].P)]);
            Check(golden, "df", model.DfResidual);
            Check(golden, "observations", model.Observations);
            Check(golden, "sigma", model.Sigma);
            Check(golden, "r_squared", model.RSquared);
            Check(golden, "log_likelihood", model.LogLikelihood);
            Check(golden, "aic", model.Aic);
            if (golden.TryGetProperty("vcov", out _))
            {
                Check(golden, "vcov", [.. model.Covariance.SelectMany(static row => row)]);
            }
            Assert.Equal(40, model.Rows.Used);
        }
    }

    [Theory]
    [InlineData("y ~ x")]
    [InlineData("y ~ x * f + z")]
    [InlineData("y ~ 0 + f")]
    [InlineData("y ~ poly(x, 3) + f")]
    [InlineData("y ~ scale(x):f + poly(z, 2)")]
    [InlineData("y ~ C(f, sum) + x + offset(z)")]
    [InlineData("y ~ x + I(2*x) + f")]
    public void Frequencies_give_the_fit_of_the_rows_written_out_bit_for_bit(string formula)
    {
        LinearModel weighted = LinearRegression.Fit(formula, _data, new FitOptions { Weights = "w", WeightKind = WeightKind.Frequency });
        LinearModel written = LinearRegression.Fit(formula, WrittenOut());
        CategoryGoldenTests.AssertSame(written, weighted);
        Assert.Equal(written.Rows.Used, weighted.Observations);
        Assert.Equal(40, weighted.Rows.Used);
        Assert.Equal(written.MomentsChecksum, weighted.MomentsChecksum);
    }

    [Fact]
    public void A_level_of_rows_that_stand_for_none_is_no_level()
    {
        Table table = new Table("t").With("y", [1.0, 2, 4, 3, 9]).With("f", ["a", "b", "a", "b", "c"]).With("n", [1.0, 2, 3, 1, 0]);
        FitOptions options = new() { Weights = "n", WeightKind = WeightKind.Frequency };
        Assert.Equal(["(Intercept)", "f[b]"], LinearRegression.Fit("y ~ f", table, options).Coefficients.Select(static c => c.Name), StringComparer.Ordinal);

        // With other weights the level stays, as in R, and has no coefficient.
        LinearModel precision = LinearRegression.Fit("y ~ f", table, options with { WeightKind = WeightKind.Precision });
        Assert.Equal("f[c]", Assert.Single(precision.Aliased).Name);
    }

    [Theory]
    [InlineData("HC0")]
    [InlineData("HC1")]
    [InlineData("HC2")]
    [InlineData("HC3")]
    [InlineData("HC4")]
    [InlineData("CR0:f")]
    [InlineData("CR1:f")]
    public void Robust_errors_with_frequencies_are_those_of_the_rows_written_out(string covariance)
    {
        FitOptions options = new() { Covariance = CovarianceOptions.Parse(covariance) };
        LinearModel written = LinearRegression.Fit("y ~ x + z", WrittenOut(), options);
        LinearModel weighted = LinearRegression.Fit("y ~ x + z", _data, options with { Weights = "w", WeightKind = WeightKind.Frequency });
        foreach ((Coefficient a, Coefficient b) in written.Coefficients.Zip(weighted.Coefficients))
        {
            Close(a.StandardError, b.StandardError, covariance);
            Close(a.P, b.P, covariance);
        }
        Close(written.F.Value, weighted.F.Value, covariance);
    }

    [Fact]
    public void Newey_West_and_frequencies_do_not_go_together()
    {
        FitOptions options = new() { Weights = "w", WeightKind = WeightKind.Frequency, Covariance = CovarianceOptions.Parse("newey-west:2") };
        PlumblineException error = Assert.Throws<PlumblineException>(() => LinearRegression.Fit("y ~ x", _data, options));
        Assert.Equal("option", error.Code);
        Assert.Contains("which of them come one after the other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scale_of_sampling_weights_has_no_meaning()
    {
        FitOptions options = new() { Weights = "w", WeightKind = WeightKind.Sampling };
        LinearModel model = LinearRegression.Fit("y ~ x + f", _data, options);
        double[] w = Column("w");
        LinearModel scaled = LinearRegression.Fit("y ~ x + f", _data.With("v", [.. w.Select(static v => v * 1024)]), options with { Weights = "v" });
        Assert.Equal(model.Coefficients.Select(static c => (c.Estimate, c.StandardError, c.P)), scaled.Coefficients.Select(static c => (c.Estimate, c.StandardError, c.P)));
        Assert.Equal(model.Sigma, scaled.Sigma);
        Assert.Equal("HC1", model.CovarianceDetails.Kind);
        Assert.True(double.IsNaN(model.LogLikelihood) && double.IsNaN(model.Aic) && double.IsNaN(model.Bic));
    }

    [Fact]
    public void Another_robust_covariance_goes_with_sampling_weights_too()
    {
        FitOptions options = new() { Weights = "w", WeightKind = WeightKind.Sampling, Covariance = CovarianceOptions.Parse("CR1:f") };
        Assert.Equal("CR1:f", LinearRegression.Fit("y ~ x", _data, options).CovarianceDetails.Kind);
    }

    [Theory]
    [InlineData("Infinity", "negative-weight")]
    [InlineData("-1", "negative-weight")]
    [InlineData("1.5", "not-a-frequency")]
    public void A_wrong_frequency_is_refused_with_its_row(string weight, string code)
    {
        double[] w = Column("w");
        w[10] = double.Parse(weight, CultureInfo.InvariantCulture);
        FitOptions options = new() { Weights = "v", WeightKind = WeightKind.Frequency };
        foreach (Arithmetic arithmetic in Enum.GetValues<Arithmetic>())
        {
            PlumblineException error = Assert.Throws<PlumblineException>(() => LinearRegression.Fit("y ~ x", _data.With("v", w), options with { Arithmetic = arithmetic }));
            Assert.Equal(11, error.Line);
            Assert.Equal(weight == "Infinity" ? "infinite-value" : code, error.Code);
        }
    }

    [Fact]
    public void A_matrix_takes_frequencies_and_refuses_sampling_weights()
    {
        double[] x = Column("x"), y = Column("y"), w = Column("w");
        int[] copies = [.. w.Index().SelectMany(static v => Enumerable.Repeat(v.Index, (int)v.Item))];
        FitOptions options = new() { WeightKind = WeightKind.Frequency };
        LinearModel weighted = LeastSquares.Solve(x, y, weights: w, options: options);
        CategoryGoldenTests.AssertSame(LeastSquares.Solve([.. copies.Select(r => x[r])], [.. copies.Select(r => y[r])]), weighted);
        Assert.Equal(40, weighted.Rows.Used);
        Assert.Equal(WeightKind.Frequency, weighted.WeightKind);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => LeastSquares.Solve(x, y, weights: w, options: new FitOptions { WeightKind = WeightKind.Sampling })).Code);
    }

    [Fact]
    public void The_model_file_keeps_the_kind()
    {
        foreach (WeightKind kind in Enum.GetValues<WeightKind>())
        {
            LinearModel model = LinearRegression.Fit("y ~ x + f", _data, new FitOptions { Weights = "w", WeightKind = kind });
            LinearModel read = ModelFile.Read(ModelFile.Write(model), "model.json");
            Assert.Equal((kind, model.Observations, "w"), (read.WeightKind!.Value, read.Observations, read.WeightsColumn));
            CategoryGoldenTests.AssertSame(model, read);
        }
    }

    [Fact]
    public void Moments_with_sampling_weights_need_the_rows_for_errors()
    {
        DesignMoments moments = DesignMoments.Read("y ~ x", _data, new FitOptions { Weights = "w", WeightKind = WeightKind.Sampling });
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => moments.Fit()).Code);
    }

    private static WeightKind Kind(string name) => Enum.GetValues<WeightKind>().Single(k => WeightKinds.Name(k) == name);

    /// <summary>A name as R, statsmodels and Plumbline have it, without what they put around levels.</summary>
    private static string Plain(string name) =>
        name.Replace("[T.", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Replace("(Intercept)", "Intercept", StringComparison.Ordinal);

    private static void Check(JsonElement golden, string name, params double[] actual)
    {
        if (!golden.TryGetProperty(name, out JsonElement value))
        {
            return;     // the program does not tell
        }
        if (value.ValueKind == JsonValueKind.Null)
        {
            Assert.True(double.IsNaN(Assert.Single(actual)), name);
            return;
        }
        double[] expected = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().SelectMany(static v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().ToArray() : [v]).Select(static v => v.GetDouble())]
            : [value.GetDouble()];
        Assert.Equal(expected.Length, actual.Length);
        double scale = name == "vcov" ? expected.Max(Math.Abs) : 0;
        foreach ((double e, double a) in expected.Zip(actual))
        {
            Assert.True(Math.Abs(e - a) <= Agreement * 100 * Math.Max(Math.Abs(e), scale), $"{golden.GetProperty("kind")} {golden.GetProperty("formula")} {name}: {e:R} expected, {a:R}");
        }
    }

    private static void Close(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Agreement * Math.Abs(expected), $"{what}: {expected:R} expected, {actual:R}");

    private static JsonElement Golden(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "weights", file))).RootElement.GetProperty("models");

    private static Table Read()
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(TestFiles.Golden, "weights", "data.csv")).Select(static line => line.Split(','))];
        var table = new Table("weights/data.csv");
        for (int c = 0; c < lines[0].Length; c++)
        {
            string[] texts = [.. lines.Skip(1).Select(line => line[c])];
            table = lines[0][c] == "f"
                ? table.With("f", (string?[])texts)
                : table.With(lines[0][c], [.. texts.Select(static t => double.Parse(t, CultureInfo.InvariantCulture))]);
        }
        return table;
    }

    private static double[] Column(string name)
    {
        using RowBlock block = _data.Read([name], null, TestContext.Current.CancellationToken).Single();
        return block[0].High.ToArray();
    }

    private static Table WrittenOut()
    {
        double[] w = Column("w");
        int[] copies = [.. w.Index().SelectMany(static v => Enumerable.Repeat(v.Index, (int)v.Item))];
        string[] levels = [.. File.ReadLines(Path.Combine(TestFiles.Golden, "weights", "data.csv")).Skip(1).Select(static line => line.Split(',')[3])];
        Table table = new Table("written out").With("f", (string?[])[.. copies.Select(r => levels[r])]);
        foreach (string name in (string[])["y", "x", "z"])
        {
            double[] values = Column(name);
            table = table.With(name, [.. copies.Select(r => values[r])]);
        }
        return table;
    }
}
