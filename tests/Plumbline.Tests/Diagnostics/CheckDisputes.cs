using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>Where a program is further from the judge than <see cref="Agreement.Programs"/>: listed in docs/explanation/checks.md.</summary>
internal static class CheckDisputes
{
    /// <summary>What a program has and the judge has too, with the worst difference; infinite when it has another number of values.</summary>
    public static IEnumerable<Dispute> Differences(CheckGolden golden, JsonElement program)
    {
        if (program.GetProperty("rank").GetInt32() != golden.Judge.GetProperty("rank").GetInt32())
        {
            yield break;                            // a column left out: another model
        }
        int width = CheckGolden.RowMeasures + golden.Judge.GetProperty("rank").GetInt32();
        foreach (string name in CheckGolden.Names)
        {
            if (CheckGolden.Values(golden.Judge, name) is { } judge && CheckGolden.Values(program, name) is { } values)
            {
                yield return new Dispute(golden.Id, name, Difference(name, judge, values, width));
            }
        }
    }

    /// <summary>The worst difference; where a row has leverage 1, programs put 0 or what rounding gives for what is not defined.</summary>
    private static double Difference(string name, double[] judge, double[] values, int width)
    {
        if (name == "influence" && judge.Length == values.Length)
        {
            values = [.. values.Select((v, i) => double.IsFinite(judge[i]) ? v : judge[i])];
        }
        return CheckGolden.Difference(name, judge, values, width);
    }
}
