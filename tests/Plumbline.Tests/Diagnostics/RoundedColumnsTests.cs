namespace Plumbline.Tests.Diagnostics;

/// <summary>Of many rows the auxiliary columns are rounded: what the checks say must not move by it.</summary>
public sealed class RoundedColumnsTests
{
    private const int Rows = 70_000;                // ColumnRounding.LeastRows is fewer
    private const double Close = 1e-9;

    [Theory]
    [InlineData("none", "y ~ a + b", 0.0)]
    [InlineData("tails", "y ~ a * b", 0.0)]
    [InlineData("tails", "log(v) ~ poly(a, 3) + b + C(g)", 1e5)]
    [InlineData("variance", "v ~ a + b + C(g) + I(a + b)", 1e3)]
    public void Rounding_changes_no_digit_of_the_checks_that_is_shown(string fault, string formula, double added)
    {
        Table rows = Of(fault, added);
        double[] ones = new double[Rows];
        Array.Fill(ones, 1.0);
        ModelCheck rounded = AssumptionChecks.Run(formula, rows);
        ModelCheck whole = AssumptionChecks.Run(formula, rows.With("w", ones), FitOptions.Default with { Weights = "w" });     // weights: nothing is rounded
        string[] names = [.. whole.Checks.Select(static c => c.Name)];
        Assert.Equal(string.Join(' ', names), string.Join(' ', rounded.Checks.Select(static c => c.Name)));
        Assert.Contains("white", names, StringComparer.Ordinal);
        foreach ((AssumptionCheck a, AssumptionCheck b) in rounded.Checks.Zip(whole.Checks))
        {
            Assert.Equal(b.Df, a.Df);
            Near(b.Name, b.Statistic, a.Statistic);
            Near(b.Name, b.EffectValue, a.EffectValue);
            Near(b.Name, b.EffectSize, a.EffectSize);
            Near(b.Name, b.P < 1e-300 ? 1 : 1 + Math.Log(b.P), a.P < 1e-300 ? 1 : 1 + Math.Log(a.P));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(4)]
    public void Results_have_the_same_bits_for_any_number_of_threads(int columns)
    {
        var generator = new Random(7);
        Table rows = new("many");
        double[] y = new double[Rows];
        for (int j = 0; j < columns; j++)
        {
            double[] x = [.. Enumerable.Range(0, Rows).Select(_ => generator.NextDouble())];
            rows = rows.With($"x{j}", x);
            for (int i = 0; i < Rows; i++)
            {
                y[i] += x[i] * (j + 1) * generator.NextDouble();
            }
        }
        rows = rows.With("y", y);
        AssumptionCheck[] Checks(int threads) => [.. AssumptionChecks.Run("y ~ .", rows, null, new CheckOptions { Threads = threads }).Checks];
        AssumptionCheck[] one = Checks(1);
        Assert.Equal(columns < 11, one.Any(static c => c.Name == "white" && !c.Method.Contains("short form", StringComparison.Ordinal)));
        foreach (int threads in (int[])[2, 3])
        {
            Assert.Equal(
                one.Select(static c => (c.Name, c.Statistic, c.P, c.EffectSize, c.Effect)),
                Checks(threads).Select(static c => (c.Name, c.Statistic, c.P, c.EffectSize, c.Effect)));
        }
    }

    private static void Near(string name, double expected, double actual) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Close * Math.Max(1e-3, Math.Abs(expected)), $"{name}: {actual:R} rounded, {expected:R} whole");

    private static Table Of(string fault, double added)
    {
        Table rows = FaultyRows.Of(fault, Rows, seed: 5).With("g", [.. Enumerable.Range(0, Rows).Select(static i => (i % 3) switch { 0 => "x", 1 => "y", _ => "z" })]);
        var y = new List<double>();
        foreach (RowBlock block in rows.Read(["y"], null, default))
        {
            y.AddRange(block[0].High[..block.Rows]);
        }
        return rows.With("v", [.. y.Select(v => v + added)]);
    }
}
