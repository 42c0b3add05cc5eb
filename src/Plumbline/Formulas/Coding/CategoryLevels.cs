using System.Globalization;

namespace Plumbline;

/// <summary>The levels of a category in rows that were kept, in their order: those that the data have, sorted.</summary>
/// <param name="Texts">The levels: numerically when all are numbers, else ordinally.</param>
/// <param name="Codes">For each of them its code in the moments.</param>
/// <param name="Rows">For each of them in how many rows it stood; rows of weight 0 count.</param>
internal sealed record CategoryLevels(IReadOnlyList<string> Texts, IReadOnlyList<int> Codes, IReadOnlyList<long> Rows)
{
    /// <summary>Sorts the levels that stood in at least one row.</summary>
    /// <param name="levels">The texts of the codes.</param>
    /// <param name="rows">For each code in how many rows it stood; codes beyond the end in none.</param>
    public static CategoryLevels Sort(LevelSet levels, ReadOnlySpan<long> rows)
    {
        var found = new List<(string Text, int Code, long Rows)>();
        for (int code = 0; code < rows.Length; code++)
        {
            if (rows[code] > 0)
            {
                found.Add((levels[code], code, rows[code]));
            }
        }
        found.Sort((IComparer<(string Text, int Code, long Rows)>)Comparer<(string Text, int Code, long Rows)>.Create(Order(found.Select(static l => l.Text))));
        return new CategoryLevels([.. found.Select(static l => l.Text)], [.. found.Select(static l => l.Code)], [.. found.Select(static l => l.Rows)]);
    }

    private static Comparison<(string Text, int Code, long Rows)> Order(IEnumerable<string> texts)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                return static (a, b) => string.CompareOrdinal(a.Text, b.Text);
            }
            numbers[text] = number;
        }
        return (a, b) =>
        {
            int byNumber = numbers[a.Text].CompareTo(numbers[b.Text]);
            return byNumber != 0 ? byNumber : string.CompareOrdinal(a.Text, b.Text);
        };
    }
}
