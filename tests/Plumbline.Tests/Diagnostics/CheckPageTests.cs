using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>The tables of docs/explanation/checks.md are made from the golden files: PLUMBLINE_ACCEPT=1 writes them.</summary>
public class CheckPageTests
{
    private const double Shown = 15;

    private static readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal)
    {
        ["dw"] = "Durbin–Watson, d",
        ["dw_exact"] = "Durbin–Watson, exact p",
        ["dw_normal"] = "Durbin–Watson, normal p",
        ["bg1"] = "Breusch–Godfrey of order 1",
        ["bg4"] = "Breusch–Godfrey of order 4",
        ["bg4_f"] = "Breusch–Godfrey of order 4, F",
        ["lb1"] = "Ljung–Box, 1 lag",
        ["lb4"] = "Ljung–Box, 4 lags",
        ["boxpierce4"] = "Box–Pierce, 4 lags",
        ["chow"] = "Chow, halves",
        ["reset"] = "RESET",
        ["bp"] = "Breusch–Pagan, studentized",
        ["bp_classic"] = "Breusch–Pagan, as first stated",
        ["white"] = "White",
        ["jb"] = "Jarque–Bera",
        ["ad"] = "Anderson–Darling",
        ["sw"] = "Shapiro–Wilk",
        ["vif"] = "VIF, GVIF",
        ["influence"] = "Influence of rows",
        ["outlier"] = "Outlier test",
    };

    [Fact]
    public void The_tables_of_the_page_are_what_the_golden_files_say() =>
        GeneratedPage.Check(Path.Combine("explanation", "checks.md"), ("digits", Digits()), ("disputes", DisputeTable()));

    private static string Digits()
    {
        StringBuilder text = new StringBuilder().Append("| check | models | data sets | Plumbline | R | statsmodels |\n").Append("| --- | --- | --- | --- | --- | --- |\n");
        foreach (string name in CheckGolden.Names)
        {
            CheckGolden[] models = [.. CheckGolden.All.Where(m => m.Judge.TryGetProperty(name, out _))];
            int sets = models.Select(static m => m.Model.Data).Distinct(StringComparer.Ordinal).Count();
            double own = models.Max(m => CheckGolden.Difference(name, CheckGolden.Values(m.Judge, name)!, DenseChecks.Of(m)[name], Width(m)));
            text.Append(CultureInfo.InvariantCulture, $"| {_titles[name]} | {models.Length} | {sets} | {Cell(own)} | {Both(name, models, static m => m.R)} | {Both(name, models, static m => m.Statsmodels)} |\n");
        }
        return text.ToString();
    }

    private static string DisputeTable()
    {
        StringBuilder text = new StringBuilder().Append("| check | program | off by more than 1e-9 in |\n").Append("| --- | --- | --- |\n");
        foreach (string name in CheckGolden.Names)
        {
            Add("R", static m => m.R);
            Add("statsmodels", static m => m.Statsmodels);

            void Add(string program, Func<CheckGolden, JsonElement?> of)
            {
                string[] off = [.. CheckGolden.All
                    .Select(m => (m.Id, Difference: Found(name, m, of(m)) ?? 0))
                    .Where(static d => d.Difference > Agreement.Programs)
                    .Select(static d => double.IsInfinity(d.Difference) ? $"{d.Id} (not a number)" : string.Create(CultureInfo.InvariantCulture, $"{d.Id} {d.Difference:0.0E+0}"))];
                if (off.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| {_titles[name]} | {program} | {string.Join(", ", off)} |\n");
                }
            }
        }
        return text.ToString();
    }

    private static int Width(CheckGolden golden) => CheckGolden.RowMeasures + golden.Judge.GetProperty("rank").GetInt32();

    /// <summary>Worst and median digits of a program.</summary>
    private static string Both(string name, CheckGolden[] models, Func<CheckGolden, JsonElement?> program)
    {
        double[] found = [.. models.Select(m => Found(name, m, program(m))).OfType<double>().Order()];
        return found.Length == 0 ? "" : $"{Cell(found[^1])}, median {Cell(found[found.Length / 2])}";
    }

    private static double? Found(string name, CheckGolden golden, JsonElement? program) =>
        program is { } values ? CheckDisputes.Differences(golden, values).Where(d => d.Quantity == name).Select(static d => (double?)d.Difference).SingleOrDefault() : null;

    private static string Cell(double difference) => Math.Min(Shown, Math.Abs(Agreement.Digits(difference))).ToString("0.0", CultureInfo.InvariantCulture);
}
