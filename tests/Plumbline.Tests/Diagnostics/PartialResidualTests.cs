using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>Partial residuals: of rows against R (Golden/checks/partial.R), and their means over bins.</summary>
public sealed class PartialResidualTests
{
    private static readonly Lazy<JsonElement> _r = new(static () =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(CheckGolden.Folder, "partial.json"))).RootElement.GetProperty("models"));

    /// <summary>All models.</summary>
    public static TheoryData<string> Models() => CheckGoldenTests.Models();

    [Theory]
    [MemberData(nameof(Models))]
    public void Partial_residuals_of_rows_are_those_of_R(string id)
    {
        CheckGolden golden = CheckGolden.Of(id);
        (ModelCheck check, InfluenceRow[] rows) = Run(golden, threads: 0);
        Dictionary<long, InfluenceRow> byRow = rows.ToDictionary(static r => r.Row);
        // Where R takes a column for aliased that is not, or loses the digits, it is no judge.
        bool isJudge = golden.R.GetProperty("rank").GetInt32() == check.Model.Rank && check.Model.Condition < 1e12;
        JsonElement[] expected = [.. _r.Value.GetProperty(id).EnumerateArray()];
        int terms = check.Model.Design!.Terms.Count;
        double scale = Math.Max(check.Model.Sigma, Math.Sqrt(check.Model.Tss / check.Model.DfResidual));
        for (int i = 0; isJudge && i < expected.Length; i++)
        {
            double[] values = GoldenModel.Values(expected[i]);
            InfluenceRow row = byRow[golden.Rows[i]];
            Assert.Equal(terms, row.PartialResiduals.Length);
            for (int t = 0; t < terms; t++)
            {
                double difference = Agreement.Difference(values[t], row.PartialResiduals[t], scale * 1e-3);
                Assert.True(difference <= Agreement.Programs, $"row {row.Row}, {check.Model.Design.Terms[t]}: {row.PartialResiduals[t]:R}, R has {values[t]:R}; off by {difference:E1}");
            }
        }
        foreach (InfluenceRow listed in check.Influence)
        {
            foreach ((double a, double b) in listed.PartialResiduals.Zip(byRow[listed.Row].PartialResiduals))
            {
                Assert.True(Agreement.Difference(b, a, scale * 1e-3) <= Agreement.Programs, $"row {listed.Row}: {a:R} among the influential, {b:R} in its place");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Bins_hold_the_means_of_their_rows(string id)
    {
        CheckGolden golden = CheckGolden.Of(id);
        (ModelCheck check, InfluenceRow[] rows) = Run(golden, threads: 2);
        Table table = GoldenData.Of(golden.Model.Data);
        string[] terms = [.. check.Model.Design!.Terms];
        foreach (PartialResidualCurve curve in check.PartialResiduals)
        {
            double[] x = Values(table, curve.Column);
            int t = Array.IndexOf(terms, curve.Term);
            Assert.InRange(curve.Bins.Length, 1, 20);
            Assert.Equal(rows.Length, curve.Bins.Sum(static b => b.Rows));
            for (int b = 0; b < curve.Bins.Length; b++)
            {
                PartialResidualBin bin = curve.Bins[b];
                bool isLast = b == curve.Bins.Length - 1;
                InfluenceRow[] inside = [.. rows.Where(r => x[r.Row - 1] >= bin.Lower && (isLast ? x[r.Row - 1] <= bin.Upper : x[r.Row - 1] < bin.Upper))];
                Assert.Equal(inside.Length, bin.Rows);
                double spread = inside.Max(r => Math.Abs(r.PartialResiduals[t]));
                Assert.Equal(inside.Average(r => r.PartialResiduals[t]), bin.Mean, 1e-9 * spread);
                Assert.Equal(inside.Average(r => r.PartialResiduals[t] - r.Residual), bin.Component, 1e-9 * spread);
            }
        }
    }

    [Fact]
    public void Bins_have_the_same_bits_for_any_number_of_threads()
    {
        Table rows = FaultyRows.Of("tails", 20_000, seed: 5);
        PartialResidualCurve[] Curves(int threads) => [.. AssumptionChecks.Run(FaultyRows.Formula, rows, null, new CheckOptions { Threads = threads }).PartialResiduals];
        PartialResidualCurve[] one = Curves(1);
        Assert.Equal("a b", string.Join(' ', one.Select(static c => c.Column)));
        Assert.Equal([20, 20], one.Select(static c => c.Bins.Length));
        foreach (int threads in (int[])[2, 5])
        {
            Assert.Equal(one.SelectMany(static c => c.Bins), Curves(threads).SelectMany(static c => c.Bins));
        }
    }

    [Fact]
    public void A_frequency_counts_its_rows_in_means_and_bins()
    {
        Table few = Table.FromColumns(("x", [1, 2, 4, 7, 9]), ("y", [1, 3, 2, 8, 7]), ("n", [2, 1, 3, 0, 2]));
        Table many = Table.FromColumns(("x", [1, 1, 2, 4, 4, 4, 9, 9]), ("y", [1, 1, 3, 2, 2, 2, 7, 7]));
        ModelCheck counted = AssumptionChecks.Run("y ~ x", few, new FitOptions { Weights = "n", WeightKind = WeightKind.Frequency });
        ModelCheck written = AssumptionChecks.Run("y ~ x", many);
        PartialResidualBin[] a = [.. counted.PartialResiduals[0].Bins], b = [.. written.PartialResiduals[0].Bins];
        Assert.Equal(8, a.Sum(static x => x.Rows));
        Assert.Equal(b.Sum(static x => x.Rows * x.Mean), a.Sum(static x => x.Rows * x.Mean), 1e-12);
        Assert.Equal(b[0].Mean, a[0].Mean, 1e-12);
    }

    [Fact]
    public void The_means_of_a_curve_that_the_model_lacks_show_its_form()
    {
        double[] x = [.. Enumerable.Range(0, 2000).Select(static i => i / 1000.0)];
        Table rows = Table.FromColumns(("x", x), ("y", [.. x.Select(static (v, i) => (v * v) + (i % 2 == 0 ? 0.1 : -0.1))]));
        PartialResidualBin[] bins = [.. AssumptionChecks.Run("y ~ x", rows).PartialResiduals[0].Bins];
        double[] bend = [.. bins.Select(static b => b.Mean - b.Component)];
        Assert.True(bend[0] > 0.2 && bend[10] < -0.2 && bend[19] > 0.2);
    }

    private static double[] Values(Table table, string column)
    {
        var values = new List<double>();
        foreach (RowBlock block in table.Read([column], null, default))
        {
            values.AddRange(block[0].High[..block.Rows]);
        }
        return [.. values];
    }

    private static (ModelCheck Check, InfluenceRow[] Rows) Run(CheckGolden golden, int threads)
    {
        List<InfluenceRow> rows = [];
        ModelCheck check = AssumptionChecks.Run(
            golden.Model.Formula.EndsWith("~ .", StringComparison.Ordinal) ? golden.Model.Spec.GetProperty("r").GetString()! : golden.Model.Formula,
            GoldenData.Of(golden.Model.Data),
            new FitOptions
            {
                Weights = golden.Model.Weights,
                Contrasts = golden.Model.Contrasts == "treatment" ? null : Enum.Parse<ContrastKind>(golden.Model.Contrasts, ignoreCase: true),
            },
            new CheckOptions { Threads = threads },
            (_, some) => rows.AddRange(some));
        return (check, [.. rows]);
    }
}
