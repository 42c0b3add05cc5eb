using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>What <see cref="AssumptionChecks.Run"/> says in two passes over the rows, against the judge (Golden/checks).</summary>
public class StreamedCheckTests
{
    /// <summary>As many rows as can be asked for.</summary>
    private const int MostRows = 10_000;

    /// <summary>All models.</summary>
    public static TheoryData<string> Models() => CheckGoldenTests.Models();

    [Theory]
    [MemberData(nameof(Models))]
    public void Two_passes_over_the_rows_give_what_the_judge_says(string id)
    {
        CheckGolden golden = CheckGolden.Of(id);
        ModelCheck four = Run(golden, GoldenData.Of(golden.Model.Data), new CheckOptions { InOrder = true, Lags = 4, MostInfluential = MostRows });
        var rows = four.Influence.ToDictionary(static r => r.Row);
        long[] used = DenseChecks.RowsOf(golden);
        Influence(golden, rows);
        // car counts the rows that have a studentized residual, the check all rows.
        double all = used.Length <= MostRows ? used.Length / (double)rows.Count : 1;
        Compare(golden, four, "outlier", "outlier", static v => v[0], v => Math.Min(1, all * v[2]), Math.Abs);
        Inflation(golden, four);
        if (golden.Model.Weights is not null)
        {
            return;
        }
        Compare(golden, four, "durbin-watson", "dw");
        Compare(golden, four, "durbin-watson", golden.Judge.TryGetProperty("dw_exact", out _) ? "dw_exact" : "dw_normal", null, static v => 2 * v.Min());
        if (four.Model.DfResidual > 6)
        {
            Compare(golden, four, "breusch-godfrey", "bg4", static v => v[0], static v => v[2]);
            Compare(golden, four, "ljung-box", "lb4", static v => v[0], static v => v[2]);
        }
        Compare(golden, four, "reset", "reset", static v => v[0], static v => v[3]);
        Compare(golden, four, "breusch-pagan", "bp", static v => v[0], static v => v[2]);
        Compare(golden, four, "breusch-pagan-classic", "bp_classic", static v => v[0], static v => v[2]);
        // Squares and products have the square of the condition, and rounding then leaves too little to tell which depend on which.
        if (four.Model.Condition < 1e8 && four.Checks.Any(static c => c.Name == "white" && !c.Method.Contains("short form", StringComparison.Ordinal)))
        {
            Compare(golden, four, "white", "white", static v => v[0], static v => v[2]);
        }
        Compare(golden, four, "jarque-bera", "jb", static v => v[2], static v => v[3]);
        if (used.Length is >= 8 and <= 5000)
        {
            Compare(golden, four, "anderson-darling", "ad", static v => v[0], static v => v[1]);
            Compare(golden, four, "shapiro-wilk", "sw", static v => v[0], static v => v[1]);
        }
        ModelCheck one = Run(golden, Halved(golden, used), new CheckOptions { InOrder = true, Lags = 1, Split = "half" });
        Compare(golden, one, "breusch-godfrey", "bg1", static v => v[0], static v => v[2]);
        Compare(golden, one, "ljung-box", "lb1", static v => v[0], static v => v[2]);
        Compare(golden, one, "chow-split", "chow", static v => v[0], static v => v[1]);
    }

    private static ModelCheck Run(CheckGolden golden, Table table, CheckOptions options) =>
        AssumptionChecks.Run(
            // A point would take the halves for a predictor.
            golden.Model.Formula.EndsWith("~ .", StringComparison.Ordinal) ? golden.Model.Spec.GetProperty("r").GetString()! : golden.Model.Formula,
            table,
            new FitOptions
            {
                Weights = golden.Model.Weights,
                Contrasts = golden.Model.Contrasts == "treatment" ? null : Enum.Parse<ContrastKind>(golden.Model.Contrasts, ignoreCase: true),
            },
            options);

    /// <summary>The data with a column that tells the first half of the rows used from the second.</summary>
    private static Table Halved(CheckGolden golden, long[] used)
    {
        long last = used[(used.Length / 2) - 1];
        Table table = GoldenData.Of(golden.Model.Data);
        string?[] halves = [.. Enumerable.Range(1, table.Rows).Select(row => row <= last ? "first" : "second")];
        return table.With("half", halves);
    }

    private static void Compare(
        CheckGolden golden, ModelCheck check, string name, string judged, Func<double[], double>? statistic = null, Func<double[], double>? p = null, Func<double, double>? shown = null)
    {
        if (CheckGolden.Values(golden.Judge, judged) is not { } expected)
        {
            return;
        }
        AssumptionCheck found = Assert.Single(check.Checks, c => c.Name == name);
        if (statistic is not null || p is null)
        {
            Agreement.Check(name, statistic is null ? expected[0] : statistic(expected), shown is null ? found.Statistic : shown(found.Statistic), Agreement.Programs);
        }
        if (p is not null)
        {
            Agreement.Check($"p of {name}", p(expected), found.P, Agreement.Programs, 1e-300);
        }
    }

    /// <summary>Rows of leverage 1 are not among the influential; all others are, up to the most.</summary>
    private static void Influence(CheckGolden golden, Dictionary<long, InfluenceRow> rows)
    {
        double[][] judge = [.. golden.Judge.GetProperty("influence").EnumerateArray().Select(GoldenModel.Values)];
        for (int i = 0; i < judge.Length; i++)
        {
            if (!rows.TryGetValue(golden.Rows[i], out InfluenceRow? r))
            {
                Assert.True(double.IsNaN(judge[i][1]) || rows.Count == MostRows, $"row {golden.Rows[i]}");
                continue;
            }
            double[] found = [r.Leverage, r.Standardized, r.Studentized, r.CooksDistance, r.Dffits, r.CovarianceRatio, .. r.Dfbetas];
            double difference = CheckGolden.Difference("influence", judge[i], found, judge[i].Length);
            Assert.True(difference <= Agreement.Programs, $"influence of row {r.Row}: off by {difference:E1}\nexpected {string.Join(' ', judge[i])}\ngot      {string.Join(' ', found)}");
        }
    }

    private static void Inflation(CheckGolden golden, ModelCheck check)
    {
        if (CheckGolden.Values(golden.Judge, "vif") is { } expected)
        {
            Agreement.Check("vif", expected, check.Inflation.Select(static t => t.Gvif), Agreement.Programs);
        }
    }
}
