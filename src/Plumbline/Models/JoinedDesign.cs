namespace Plumbline;

/// <summary>
/// The design of merged moments: of two formulas that say the same the one that comes first in the alphabet, so that the order of merging
/// does not matter; of a column that was read with different roundings the coarser.
/// </summary>
internal static class JoinedDesign
{
    /// <summary>Joins two designs of the same columns.</summary>
    /// <param name="first">A design.</param>
    /// <param name="second">One between which and the first there is no <see cref="DesignDifference"/>.</param>
    /// <param name="keepFirst">Whether the formula of the first stays in any case.</param>
    public static Design Of(Design first, Design second, bool keepFirst)
    {
        Design leader = keepFirst || string.CompareOrdinal(Name(first), Name(second)) <= 0 ? first : second;
        Design other = ReferenceEquals(leader, first) ? second : first;
        Dictionary<string, ColumnInfo> others = other.SourceColumns.ToDictionary(static c => c.Name, StringComparer.Ordinal);
        ColumnInfo[] columns = [.. leader.SourceColumns.Select(c => Join(c, others[c.Name]))];
        Note[] notes = [.. leader.Notes.Union(other.Notes), .. leader.SourceColumns.Where(c => IsMixed(c, others[c.Name])).Select(Mixed)];
        notes = [.. notes.Distinct()];
        return columns.SequenceEqual(leader.SourceColumns) && notes.SequenceEqual(leader.Notes) ? leader
            : Design.Create(leader.Formula, new Schema(columns), leader.Weights, leader.Contrasts, notes);
    }

    // Of formulas with a dot the terms tell which comes first.
    private static string Name(Design design) => $"{design.Formula.Text}\n{string.Join('+', design.Plan.Terms.Select(static t => t.Name))}";

    private static ColumnInfo Join(ColumnInfo a, ColumnInfo b) => a with
    {
        Type = a.Type == b.Type ? a.Type : ColumnType.Number,
        Unit = Math.Max(a.Unit, b.Unit),
        Evidence = a.Evidence ?? b.Evidence,
    };

    private static bool IsMixed(ColumnInfo a, ColumnInfo b) => a.Unit > 0 && b.Unit > 0 && a.Unit != b.Unit;

    private static Note Mixed(ColumnInfo column) => new(
        "mixed-precision",
        $"{Schema.Shown(column.Name)} was stored with different precisions in the parts; whether columns determine one another is judged by the coarser.");
}
