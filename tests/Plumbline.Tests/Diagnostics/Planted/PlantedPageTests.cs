using System.Globalization;
using System.Text;

namespace Plumbline.Tests.Planted;

/// <summary>
/// The tables of docs/explanation/planted-faults.md: data with one fault each, of several strengths and sizes, and what the check names
/// first. PLUMBLINE_ACCEPT=1 writes them.
/// </summary>
public class PlantedPageTests
{
    private static readonly Fault[] _faults = [.. Enum.GetValues<Fault>().Where(static f => f != Fault.None)];

    [Fact]
    public void The_tables_of_the_page_are_what_the_checks_say()
    {
        var missed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string hits = Hits(missed);     // fills missed
        GeneratedPage.Check(Path.Combine("explanation", "planted-faults.md"), ("hits", hits), ("missed", Missed(missed)), ("oracle", Oracle()), ("clean", Clean()));
    }

    private static string Hits(SortedDictionary<string, int> missed)
    {
        StringBuilder text = new StringBuilder("| fault | should be named |");
        text.AppendJoin("", PlantedTrials.Sizes.Select(static s => string.Create(CultureInfo.InvariantCulture, $" n = {s.Rows:#,0} |")));
        text.Append("\n| --- | --- |").Insert(text.Length, " ---: |", PlantedTrials.Sizes.Count).Append('\n');
        foreach (Fault fault in _faults)
        {
            for (int strength = 1; strength <= 3; strength++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {PlantedData.Says(fault, strength)} | {Words(PlantedTrials.BrokenBy(fault)!.Value)} |");
                foreach ((int rows, int sets) in PlantedTrials.Sizes)
                {
                    IReadOnlyList<PlantedOutcome> outcomes = PlantedTrials.Outcomes(fault, strength, rows, sets);
                    int hits = outcomes.Count(o => o.First == PlantedTrials.BrokenBy(fault));
                    text.Append(CultureInfo.InvariantCulture, $" {hits} of {sets} |");
                    foreach (PlantedOutcome miss in outcomes.Where(o => o.First != PlantedTrials.BrokenBy(fault)))
                    {
                        string key = string.Create(CultureInfo.InvariantCulture, $"| {PlantedData.Says(fault, strength)} | {rows:#,0} | {miss.FirstName} |");
                        missed[key] = missed.GetValueOrDefault(key) + 1;
                    }
                }
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static string Missed(SortedDictionary<string, int> missed)
    {
        StringBuilder text = new StringBuilder("| fault | rows | named first instead | sets |\n| --- | ---: | --- | ---: |\n");
        foreach ((string key, int sets) in missed)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key} {sets} |\n");
        }
        return text.ToString();
    }

    private static string Oracle()
    {
        StringBuilder text = new StringBuilder("| fault | the one right test | n = 50: it rejects | named first | n = 200: it rejects | named first |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
        foreach (Fault fault in _faults)
        {
            for (int strength = 1; strength <= 3; strength++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {PlantedData.Says(fault, strength)} | {PlantedTrials.RightTest(fault)} |");
                foreach (int rows in (int[])[50, 200])
                {
                    IReadOnlyList<PlantedOutcome> outcomes = PlantedTrials.Outcomes(fault, strength, rows, 40);
                    text.Append(CultureInfo.InvariantCulture, $" {outcomes.Count(static o => o.Oracle)} | {outcomes.Count(o => o.First == PlantedTrials.BrokenBy(fault))} |");
                }
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static string Clean()
    {
        StringBuilder text = new StringBuilder("| rows | sets | with a ‘broken’ | with a ‘doubt’ | doubts about |\n| ---: | ---: | ---: | ---: | --- |\n");
        foreach ((int rows, int sets) in PlantedTrials.Sizes)
        {
            IReadOnlyList<PlantedOutcome> outcomes = PlantedTrials.Outcomes(Fault.None, 1, rows, sets * 5);
            string doubts = string.Join(", ", outcomes.SelectMany(static o => o.Doubts).CountBy(static n => n).OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => $"{c.Key} {c.Value}"));
            int broken = outcomes.Count(static o => o.Broken.Count > 0), doubtful = outcomes.Count(static o => o.Doubts.Count > 0);
            text.Append(CultureInfo.InvariantCulture, $"| {rows:#,0} | {outcomes.Count} | {broken} | {doubtful} | {doubts} |\n");
        }
        return text.ToString();
    }

    private static string Words(ModelAssumption assumption) => assumption switch
    {
        ModelAssumption.Independence => "independence",
        ModelAssumption.IdenticalDistribution => "identical distribution",
        ModelAssumption.Linearity => "linearity",
        ModelAssumption.ConstantVariance => "constant variance",
        ModelAssumption.Normality => "normality",
        ModelAssumption.Collinearity => "collinearity",
        _ => "influence",
    };
}
