using System.Collections.Concurrent;
using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>Fits of real data against rational arithmetic, R and statsmodels (Golden/lm, with the scripts that made it).</summary>
public class GoldenFitTests
{
    private static readonly ConcurrentDictionary<string, LinearModel> _fits = new(StringComparer.Ordinal);

    /// <summary>All models.</summary>
    public static TheoryData<string> Models() => [.. GoldenModel.All.Select(static m => m.Id)];

    /// <summary>Those that statsmodels can express too.</summary>
    public static TheoryData<string> ModelsOfStatsmodels() => [.. GoldenModel.All.Where(static m => m.Statsmodels is not null).Select(static m => m.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_number_is_what_rational_arithmetic_says(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        LinearModel model = Fit(golden);
        JsonElement judge = golden.Judge;

        Assert.Equal(Strings(judge, "names"), model.Coefficients.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal(Strings(judge, "aliased"), model.Aliased.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal(judge.GetProperty("rank").GetInt32(), model.Rank);
        if (golden.WeightKind != "frequency")
        {
            Assert.Equal(judge.GetProperty("rows").GetInt64(), model.Rows.Used);
        }
        Assert.Equal(judge.GetProperty("df").GetInt64(), model.DfResidual);
        Agreement.Check("estimate", golden.Expected("estimate"), model.Coefficients.Select(static c => c.Estimate), Agreement.Exact);
        Single(judge, "rss", model.Rss);
        Single(judge, "tss", model.Tss);
        Single(judge, "sigma", model.Sigma);
        Single(judge, "r_squared", model.RSquared);
        Single(judge, "adj_r_squared", model.AdjustedRSquared);
        Single(judge, "f", model.F.Value);
        Single(judge, "log_likelihood", model.LogLikelihood);
        Single(judge, "aic", model.Aic);
        Single(judge, "bic", model.Bic);
        if (golden.IsExactFit)
        {
            Assert.Equal(0, model.Rss);
            return;
        }
        double[] errors = golden.Expected("std_error");
        Agreement.Check("std_error", errors, model.Coefficients.Select(static c => c.StandardError), Agreement.Exact);
        Agreement.Check("t", golden.Expected("t"), model.Coefficients.Select(static c => c.T), Agreement.Exact);
        if (judge.TryGetProperty("lower", out _))
        {
            Agreement.Check("lower", golden.Expected("lower"), model.Coefficients.Select(static c => c.Lower), 100 * Agreement.Exact, errors);
            Agreement.Check("upper", golden.Expected("upper"), model.Coefficients.Select(static c => c.Upper), 100 * Agreement.Exact, errors);
        }
        if (judge.TryGetProperty("vcov", out JsonElement matrix))
        {
            int i = 0;
            foreach (JsonElement row in matrix.EnumerateArray())
            {
                Agreement.Check($"vcov {i}", GoldenModel.Values(row), model.Covariance[i], 10 * Agreement.Exact);
                i++;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_number_is_what_R_says_where_R_is_right(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        LinearModel model = Fit(golden);
        JsonElement r = golden.R;

        Assert.Equal(r.GetProperty("dropped").GetInt64(), model.Rows.Dropped);
        if (Disputes.OfR.Contains((id, "rank")) || golden.IsExactFit)
        {
            return;                             // R left out a column that is independent, or divides noise by noise
        }
        double[] errors = GoldenModel.Values(r.GetProperty("std_error"));
        Coefficients(golden, "estimate", model.Coefficients.Select(static c => c.Estimate), errors);
        Coefficients(golden, "std_error", model.Coefficients.Select(static c => c.StandardError));
        Coefficients(golden, "t", model.Coefficients.Select(static c => c.T), [.. errors.Select(static _ => 1.0)]);
        Coefficients(golden, "lower", model.Coefficients.Select(static c => c.Lower), errors);
        Coefficients(golden, "upper", model.Coefficients.Select(static c => c.Upper), errors);

        // What R's t is off is 1 + t² times as much in its p, at most; the smallest doubles have few digits.
        double[] p = GoldenModel.Values(r.GetProperty("p")), programsT = GoldenModel.Values(r.GetProperty("t"));
        for (int j = 0; j < p.Length; j++)
        {
            double t = model.Coefficients[j].T;
            double carried = (1 + (t * t)) * Agreement.Difference(t, programsT[j], double.Epsilon);
            Agreement.Check($"p {j}", p[j], model.Coefficients[j].P, Math.Max(Agreement.Programs, carried), 1e-300);
        }
        if (r.TryGetProperty("f", out JsonElement f) && !Disputes.OfR.Contains((id, "f")))
        {
            double[] values = GoldenModel.Values(f);
            Agreement.Check("f", values, [model.F.Value, model.F.Df1, model.F.Df2, model.F.P], Agreement.Programs);
        }
        foreach ((string name, double value) in new[]
        {
            ("rss", model.Rss), ("sigma", model.Sigma), ("r_squared", model.RSquared), ("adj_r_squared", model.AdjustedRSquared),
            ("log_likelihood", model.LogLikelihood), ("aic", model.Aic), ("bic", model.Bic),
        })
        {
            if (r.TryGetProperty(name, out JsonElement expected) && !Disputes.OfR.Contains((id, name)))
            {
                Agreement.Check(name, GoldenModel.Number(expected), value, Agreement.Programs);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelsOfStatsmodels))]
    public void Every_number_is_what_statsmodels_says_where_it_is_right(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        LinearModel model = Fit(golden);
        JsonElement s = golden.Statsmodels!.Value;
        double[] errors = GoldenModel.Values(s.GetProperty("std_error"));
        foreach ((string name, double[] values, double[]? scale) in new (string, double[], double[]?)[]
        {
            ("estimate", [.. model.Coefficients.Select(static c => c.Estimate)], errors),
            ("std_error", [.. model.Coefficients.Select(static c => c.StandardError)], null),
            ("lower", [.. model.Coefficients.Select(static c => c.Lower)], errors),
            ("upper", [.. model.Coefficients.Select(static c => c.Upper)], errors),
            ("rss", [model.Rss], null), ("sigma", [model.Sigma], null), ("r_squared", [model.RSquared], null),
            ("adj_r_squared", [model.AdjustedRSquared], null), ("log_likelihood", [model.LogLikelihood], null),
            ("f", [model.F.Value, model.F.Df1, model.F.Df2, model.F.P], null),
        })
        {
            if (!Disputes.OfStatsmodels.Contains((id, name)))
            {
                Agreement.Check(name, GoldenModel.Values(s.GetProperty(name)), values, Agreement.Programs, scale);
            }
        }
    }

    internal static LinearModel Fit(GoldenModel golden) => _fits.GetOrAdd(golden.Id, _ => Fit(golden, CovarianceOptions.Classical));

    internal static LinearModel Fit(GoldenModel golden, CovarianceOptions covariance) =>
        LinearRegression.Fit(golden.Formula, GoldenData.Of(golden.Data), new FitOptions
        {
            Weights = golden.Weights,
            WeightKind = Enum.Parse<WeightKind>(golden.WeightKind, ignoreCase: true),
            Contrasts = golden.Contrasts == "treatment" ? null : Enum.Parse<ContrastKind>(golden.Contrasts, ignoreCase: true),
            Covariance = covariance,
        });

    private static IEnumerable<string> Strings(JsonElement golden, string name) => golden.GetProperty(name).EnumerateArray().Select(static n => n.GetString()!);

    private static void Single(JsonElement golden, string name, double actual)
    {
        if (golden.TryGetProperty(name, out JsonElement expected))
        {
            Agreement.Check(name, GoldenModel.Number(expected), actual, Agreement.Exact);
        }
    }

    private static void Coefficients(GoldenModel golden, string name, IEnumerable<double> actual, double[]? scale = null)
    {
        if (!Disputes.OfR.Contains((golden.Id, name)))
        {
            Agreement.Check(name, GoldenModel.Values(golden.R.GetProperty(name)), actual, Agreement.Programs, scale);
        }
    }
}
