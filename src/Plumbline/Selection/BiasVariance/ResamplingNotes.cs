namespace Plumbline;

/// <summary>What the reader of a resampling should know.</summary>
internal static class ResamplingNotes
{
    /// <summary>The notes.</summary>
    public static IEnumerable<Note> Of(FormulaRows[] rows, ResampledPart[] parts, int rounds)
    {
        yield return new Note(
            "noise-in-bias",
            "A row has one response, so bias² and noise stand in one number; the noise is the same for all, so differences are of bias. All training sets come from these rows: what is peculiar to the rows as a whole counts as bias, not as variance.");
        int used = rows[0].Numbers.Length;
        long read = rows.Max(static r => r.Model.Rows.Read);
        if (used < read)
        {
            yield return new Note("rows-dropped", $"{read - used} of {read} rows were dropped: a formula misses a value there. All formulas are judged on the same rows.");
        }
        foreach (ResampledPart part in parts.Where(static p => p.Deficient > 0))
        {
            yield return new Note(
                "deficient-resamples",
                $"{part.Learner}: in {part.Deficient} of {rounds} training sets some columns could not be told apart, as when a level was not drawn; they had no effect there.");
        }
    }
}
