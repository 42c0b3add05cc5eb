namespace Plumbline;

/// <summary>What the reader of the checks should know.</summary>
internal static class CheckNotes
{
    /// <summary>Adds the notes.</summary>
    /// <param name="notes">Where to.</param>
    /// <param name="evidence">What was found.</param>
    /// <param name="undefined">Checks whose statistic is not defined.</param>
    public static void Add(List<Note> notes, Evidence evidence, IReadOnlyList<AssumptionCheck> undefined)
    {
        Suspicion suspicion = evidence.Suspicion;
        if (undefined.Count > 0)
        {
            notes.Add(new Note("not-checked", $"Not defined for these rows, and left out: {string.Join(", ", undefined.Select(static c => c.Name))}. They need more rows than there are."));
        }
        if (suspicion.Wild.Count > 0)
        {
            string rows = string.Join(", ", suspicion.Wild.Select(static r => Words.Count(r.Row)));
            notes.Add(new Note("judged-without-rows", $"Statistics and p are of all rows. Effects and verdicts of the other checks are without row {rows}, which no law of errors near the others' would give."));
        }
        if (suspicion.Repairs is not (false, false))
        {
            string[] repairs =
            [
                .. suspicion.Repairs.Term ? [$"{Words.Code(suspicion.Term!.Term.Text)} added"] : (string[])[],
                .. suspicion.Repairs.Break ? [$"separate fits up to row {Words.Count((long)suspicion.Break!.Cut * evidence.Layout.Parts.Origin.Rows.Read / FirstPass.Eighths)} and after"] : (string[])[],
            ];
            notes.Add(new Note("judged-with-repair", $"Effects and verdicts on variance, normality and independence are with {string.Join(" and ", repairs)}: what remains when the mean is right."));
        }
        if (evidence.Layout.Terms.LeftOut > 0)
        {
            notes.Add(new Note("terms-left-out", $"{Words.Count(evidence.Layout.Terms.LeftOut)} squares or products of terms were not tried as additions to the model: at most {CheckTerms.MostPairs} columns are."));
        }
        if (evidence.First.UnitLeverages > 0)
        {
            notes.Add(new Note("leverage-one", $"HC3 is not defined: {Words.Count(evidence.First.UnitLeverages)} {(evidence.First.UnitLeverages == 1 ? "row has" : "rows have")} leverage 1, and determine a coefficient alone."));
        }
        if (evidence.First.TooManyLevels)
        {
            notes.Add(new Note("not-checked", $"The split {Words.Code(evidence.Options.Split!)} has more than {FirstPass.MostLevels} levels, so they were not compared. Group its values."));
        }
        else if (evidence.Options.Split is { } split && evidence.First.Levels.Count < 2)
        {
            notes.Add(new Note("not-checked", $"The split {Words.Code(split)} has one level only in the rows used."));
        }
        if (evidence.Layout.Parts.Origin.WeightKind == WeightKind.Sampling)
        {
            notes.Add(new Note("sampling-weights", "The checks take the weights as if they told precision: variance and normality are of √w·e."));
        }
    }
}
