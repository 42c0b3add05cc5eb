using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>The tables of docs/explanation/agreement-with-r.md are made from the golden files and fits: PLUMBLINE_ACCEPT=1 writes them.</summary>
public class AgreementPageTests
{
    private const double Shown = 15;

    private static readonly string[] _sums = ["rss", "sigma", "r_squared", "adj_r_squared", "f", "log_likelihood", "aic", "bic"];

    [Fact]
    public void The_tables_of_the_page_are_what_the_golden_files_say() =>
        GeneratedPage.Check(Path.Combine("explanation", "agreement-with-r.md"), ("models", ModelTable()), ("disputes", DisputeTable()));

    private static string ModelTable()
    {
        StringBuilder text = new StringBuilder()
            .Append("| data | formula | rows | coefficients | Plumbline | R | statsmodels |\n")
            .Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (GoldenModel golden in GoldenModel.All)
        {
            string weights = golden.Weights is { } w ? $", {golden.WeightKind} weights {w}" : "";
            string contrasts = golden.Contrasts == "treatment" ? "" : $", {golden.Contrasts} contrasts";
            text.Append(CultureInfo.InvariantCulture, $"| {golden.Data} | `{golden.Formula}`{weights}{contrasts} | {golden.Judge.GetProperty("rows")} | {golden.Judge.GetProperty("rank")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {OwnDigits(golden)} | {DigitsOf(golden, golden.R)} | {(golden.Statsmodels is { } s ? DigitsOf(golden, s) : "")} |\n");
        }
        return text.ToString();
    }

    private static string DisputeTable()
    {
        StringBuilder text = new StringBuilder().Append("| data | formula | program | off by more than 1e-9 |\n").Append("| --- | --- | --- | --- |\n");
        foreach (GoldenModel golden in GoldenModel.All)
        {
            AddDisputes(text, golden, "R", golden.R);
            if (golden.Statsmodels is { } s)
            {
                AddDisputes(text, golden, "statsmodels", s);
            }
        }
        return text.ToString();
    }

    private static void AddDisputes(StringBuilder text, GoldenModel golden, string program, JsonElement values)
    {
        Dispute[] found = [.. Disputes.Of(golden, values)];
        if (found.Length > 0)
        {
            string shown = string.Join(", ", found.Select(d => d switch
            {
                { Quantity: "rank" } => $"rank {values.GetProperty("rank")}, truly {golden.Judge.GetProperty("rank")}",
                { Difference: double.PositiveInfinity } => string.Create(CultureInfo.InvariantCulture, $"{d.Quantity} {values.GetProperty(d.Quantity).GetDouble():0.0E+0}, truly 0"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{d.Quantity.Replace('_', ' ')} {d.Difference:0.0E+0}"),
            }));
            text.Append(CultureInfo.InvariantCulture, $"| {golden.Data} | `{golden.Formula}` | {program} | {shown} |\n");
        }
    }

    private static string OwnDigits(GoldenModel golden)
    {
        LinearModel model = GoldenFitTests.Fit(golden);
        double estimates = Worst(golden.Expected("estimate"), [.. model.Coefficients.Select(static c => c.Estimate)]);
        return golden.IsExactFit ? Cell(estimates) : $"{Cell(estimates)} / {Cell(Worst(golden.Expected("std_error"), [.. model.Coefficients.Select(static c => c.StandardError)]))}";
    }

    /// <summary>Digits of estimates, standard errors and robust standard errors: the worst of each.</summary>
    private static string DigitsOf(GoldenModel golden, JsonElement program)
    {
        Dictionary<string, double> found = Disputes.Of(golden, program).Any(static d => d.Quantity == "rank")
            ? []
            : Disputes.Differences(golden, program).ToDictionary(static d => d.Quantity, static d => d.Difference, StringComparer.Ordinal);
        if (found.Count == 0)
        {
            return "a column left out";
        }
        string[] robust = [.. found.Keys.Where(static k => k.StartsWith("HC", StringComparison.Ordinal) || k.StartsWith("CR", StringComparison.Ordinal) || k.StartsWith("HAC", StringComparison.Ordinal))];
        string cell = Cell(found["estimate"]);
        if (found.TryGetValue("std_error", out double error))
        {
            cell += $" / {Cell(error)}";
        }
        return robust.Length > 0 ? $"{cell} / {Cell(robust.Max(k => found[k]))}" : cell;
    }

    private static double Worst(double[] expected, double[] actual) => expected.Zip(actual, static (e, a) => Agreement.Difference(e, a)).Max();

    private static string Cell(double difference) => Math.Min(Shown, Agreement.Digits(difference)).ToString("0.0", CultureInfo.InvariantCulture);

    [Fact]
    public void Sums_that_follow_from_exact_residuals_are_disputed_only_with_an_offset()
    {
        (string, string)[] others = [.. Disputes.OfR.Where(static d => _sums.Contains(d.Quantity, StringComparer.Ordinal)
            && !GoldenModel.Of(d.Model).Formula.Contains("offset", StringComparison.Ordinal)
            && !GoldenModel.Of(d.Model).IsExactFit)];
        Assert.Empty(others);
    }
}
