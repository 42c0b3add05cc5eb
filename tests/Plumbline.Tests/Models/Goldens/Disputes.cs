using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>
/// Where R or statsmodels is further from the judge than <see cref="Agreement.Programs"/>: found in the golden files, listed
/// in docs/explanation/agreement-with-r.md, and left out of the comparison with that program only.
/// </summary>
internal static class Disputes
{
    private static readonly string[] _single = ["rss", "sigma", "r_squared", "adj_r_squared", "log_likelihood", "aic", "bic"];
    private static readonly string[] _intervals = ["confidence", "prediction"];
    private static readonly string[] _coefficients = ["estimate", "std_error", "t", "lower", "upper"];

    /// <summary>(model, quantity) in which R is off; <c>rank</c> when it left out an independent column.</summary>
    public static HashSet<(string Model, string Quantity)> OfR { get; } =
        [.. GoldenModel.All.SelectMany(static m => Of(m, m.R)).Select(static d => (d.Model, d.Quantity))];

    /// <summary>(model, quantity) in which statsmodels is off.</summary>
    public static HashSet<(string Model, string Quantity)> OfStatsmodels { get; } =
        [.. GoldenModel.All.SelectMany(static m => m.Statsmodels is { } s ? Of(m, s) : []).Select(static d => (d.Model, d.Quantity))];

    /// <summary>What a program says of a model against the judge: every quantity that is off, with the worst difference.</summary>
    public static IEnumerable<Dispute> Of(GoldenModel golden, JsonElement program)
    {
        if (program.GetProperty("names").GetArrayLength() != golden.Judge.GetProperty("names").GetArrayLength())
        {
            yield return new Dispute(golden.Id, "rank", double.PositiveInfinity);
            yield break;
        }
        foreach ((string quantity, double difference) in Differences(golden, program).Where(static d => d.Difference > Agreement.Programs))
        {
            yield return new Dispute(golden.Id, quantity, difference);
        }
    }

    /// <summary>The worst difference of each quantity that both have.</summary>
    public static IEnumerable<(string Quantity, double Difference)> Differences(GoldenModel golden, JsonElement program)
    {
        JsonElement judge = golden.Judge;
        foreach (string name in _single.Append("f").Where(n => judge.TryGetProperty(n, out _) && program.TryGetProperty(n, out _)))
        {
            yield return (name, Agreement.Difference(GoldenModel.Number(judge.GetProperty(name)), GoldenModel.Values(program.GetProperty(name))[0]));
        }
        // A value that is 0 but for rounding is measured by its standard error; by the greatest estimate when residuals are 0.
        double[] estimates = GoldenModel.Values(judge.GetProperty("estimate"));
        double[] errors = judge.TryGetProperty("std_error", out JsonElement e)
            ? GoldenModel.Values(e)
            : [.. estimates.Select(_ => estimates.Max(Math.Abs))];
        foreach (string name in _coefficients.Where(n => judge.TryGetProperty(n, out _)))
        {
            yield return (name, Worst(GoldenModel.Values(judge.GetProperty(name)), GoldenModel.Values(program.GetProperty(name)), name switch
            {
                "std_error" => null,
                "t" => [.. estimates.Select(static _ => Tiny)],
                _ => [.. errors.Select(static s => Tiny * s)],
            }));
        }
        if (judge.TryGetProperty("fit_se", out JsonElement fitted) && program.TryGetProperty("fit_se", out JsonElement programs))
        {
            double[] own = GoldenModel.Values(fitted);
            yield return ("fit", Worst(GoldenModel.Values(judge.GetProperty("fit")), GoldenModel.Values(program.GetProperty("fit")), [.. own.Select(static s => Tiny * s)]));
            yield return ("fit_se", Worst(own, GoldenModel.Values(programs), null));
            foreach (string interval in _intervals)
            {
                double[] scale = [.. own.SelectMany(static s => new[] { s, s })];
                yield return (interval, Worst(Flat(judge.GetProperty(interval)), Flat(program.GetProperty(interval)), scale));
            }
        }
        if (judge.TryGetProperty("robust", out JsonElement robust))
        {
            foreach (JsonProperty kind in robust.EnumerateObject().Where(k => program.GetProperty("robust").TryGetProperty(k.Name, out _)))
            {
                yield return (kind.Name, Worst(GoldenModel.Values(kind.Value), GoldenModel.Values(program.GetProperty("robust").GetProperty(kind.Name)), null));
            }
        }
    }

    /// <summary>Below this part of a standard error an estimate counts as 0.</summary>
    private const double Tiny = 1e-3;

    private static double[] Flat(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(GoldenModel.Values)];

    private static double Worst(double[] expected, double[] actual, double[]? scale) =>
        expected.Select((e, i) => Agreement.Difference(e, actual[i], scale is null ? 0 : scale[i])).Max();
}

/// <summary>A quantity of a model in which a program is off, relative.</summary>
internal sealed record Dispute(string Model, string Quantity, double Difference);
