using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>The statistics of the checks on models of 53 real data sets (Golden/checks, with the scripts that made the values).</summary>
public class CheckGoldenTests
{
    /// <summary>With the judge: statistics from double-double are right to some last bits; a p far out has a few digits less.</summary>
    private const double Exact = 1e-11;

    /// <summary>All models.</summary>
    public static TheoryData<string> Models() => [.. CheckGolden.All.Select(static m => m.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_statistic_is_what_the_judge_R_and_statsmodels_say(string id)
    {
        CheckGolden golden = CheckGolden.Of(id);
        IReadOnlyDictionary<string, double[]> values = DenseChecks.Of(golden);
        Compare(golden, golden.Judge, values, Exact, []);
        HashSet<string> disputes = [.. Disputed(golden, golden.R)];
        Compare(golden, golden.R, values, Agreement.Programs, disputes);
        if (golden.Statsmodels is { } statsmodels)
        {
            Compare(golden, statsmodels, values, Agreement.Programs, [.. Disputed(golden, statsmodels)]);
        }
    }

    [Fact]
    public void The_judge_has_every_check_of_many_models()
    {
        Assert.True(CheckGolden.All.Select(static m => m.Model.Data).Distinct(StringComparer.Ordinal).Count() >= 50);
        Assert.All(CheckGolden.Names, static name => Assert.True(CheckGolden.All.Count(m => m.Judge.TryGetProperty(name, out _)) >= 25, name));
    }

    private static IEnumerable<string> Disputed(CheckGolden golden, JsonElement program) =>
        CheckDisputes.Differences(golden, program).Where(static d => d.Difference > Agreement.Programs).Select(static d => d.Quantity);

    private static void Compare(CheckGolden golden, JsonElement program, IReadOnlyDictionary<string, double[]> actual, double tolerance, HashSet<string> disputes)
    {
        int rank = golden.Judge.GetProperty("rank").GetInt32(), width = CheckGolden.RowMeasures + rank;
        if (program.GetProperty("rank").GetInt32() != rank)
        {
            return;                                 // another model: a column was left out that is independent
        }
        foreach (string name in CheckGolden.Names.Where(n => !disputes.Contains(n)))
        {
            if (CheckGolden.Values(golden.Judge, name) is not { } judge || CheckGolden.Values(program, name) is not { } expected)
            {
                continue;
            }
            if (name == "influence")
            {
                // Not defined where a row has leverage 1; programs put 0 there, or what rounding gives.
                expected = [.. expected.Select((v, i) => double.IsFinite(judge[i]) ? v : judge[i])];
            }
            double difference = CheckGolden.Difference(name, expected, actual[name], width);
            Assert.True(difference <= tolerance, $"{name}: off by {difference:E1}\nexpected {string.Join(' ', expected)}\ngot      {string.Join(' ', actual[name])}");
        }
    }
}
