using System.Globalization;

namespace Plumbline;

/// <summary>What the reader of a fit should know about the levels of its categories.</summary>
internal static class LevelNotes
{
    /// <summary>Notes on levels that are listed and not there, and on categories that tell every row apart, or may have been meant as numbers.</summary>
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
            int numbers = category.Column is null ? 0 : found.Texts.Count(IsNumber);
            if (numbers < found.Texts.Count && 2 * numbers > found.Texts.Count)
            {
                string? evidence = design.InputColumns.First(i => i.Name == category.Column).Evidence;
                string because = evidence is null ? "" : $" ({FormulaError.Clean(evidence)})";
                yield return new Note(
                    "text-as-category",
                    $"{FormulaError.Code(category.Name)} is a category because it holds text{because}, though {numbers} of its {found.Texts.Count} levels are numbers: "
                    + $"{LevelShown.Several([.. found.Texts.Where(static t => !IsNumber(t))], 3)} {(found.Texts.Count - numbers == 1 ? "is" : "are")} not.");
            }
            if (found.Texts.Count >= rows && rows > 1)
            {
                yield return new Note(
                    "level-a-row",
                    $"{FormulaError.Code(category.Name)} has {found.Texts.Count} levels in {rows} rows: each row is a level of its own, and nothing is left to estimate from.");
            }
        }
    }

    /// <summary>Notes on dates and times that stand as numbers: what one unit of them is.</summary>
    public static IEnumerable<Note> NotesOnTime(this Design design)
    {
        HashSet<string?> categories = [.. design.Plan.Categories.Select(static c => c.Column)];
        return design.InputColumns
            .Where(column => column.TimeUnit is not null && !categories.Contains(column.Name))
            .Select(static column => new Note("time-as-number", $"{FormulaError.Code(column.Name)} counts {column.TimeUnit}."));
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
}
