namespace Plumbline;

/// <summary>What the reader of a fit should know about the levels of its categories.</summary>
internal static class LevelNotes
{
    /// <summary>Notes on levels that are listed and not there, and on categories that tell every row apart.</summary>
    /// <param name="design">The design.</param>
    /// <param name="levels">The levels of its categories.</param>
    /// <param name="rows">The count of rows kept.</param>
    public static IEnumerable<Note> NotesOnLevels(this Design design, DesignLevels levels, long rows)
    {
        for (int c = 0; c < levels.Categories.Count; c++)
        {
            CategoryPlan category = design.Plan.Categories[c];
            CategoryLevels found = levels.Categories[c];
            string[] absent = [.. (category.Listed ?? []).Except(found.Texts, StringComparer.Ordinal)];
            if (absent.Length > 0)
            {
                yield return new Note(
                    "levels-without-rows", $"{FormulaError.Code(category.Name)} lists {LevelShown.Several(absent)}, which no row has: no column is made.");
            }
            if (found.Texts.Count >= rows && rows > 1)
            {
                yield return new Note(
                    "level-a-row",
                    $"{FormulaError.Code(category.Name)} has {found.Texts.Count} levels in {rows} rows: each row is a level of its own, and nothing is left to estimate from.");
            }
        }
    }
}
