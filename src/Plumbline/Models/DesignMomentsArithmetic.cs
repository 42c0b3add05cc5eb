namespace Plumbline;

public sealed partial class DesignMoments
{
    /// <summary>
    /// The moments of two sets of rows together, read with the same formula, weights and missing-value rule: exact, so in any order and
    /// grouping the same. Levels are united by their text.
    /// </summary>
    /// <exception cref="PlumblineException">Code <c>different-design</c>: the two were not read alike.</exception>
    public static DesignMoments Merge(DesignMoments first, DesignMoments second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Combine(first, second, subtract: false);
    }

    /// <summary>
    /// The moments of all rows but those of <paramref name="part"/>: what was merged before comes out exactly, and levels that no
    /// row has any more go. Ranges of the inputs stay those of the whole.
    /// </summary>
    /// <exception cref="PlumblineException">
    /// Code <c>different-design</c>: the two were not read alike; <c>not-a-part</c>: <paramref name="part"/> has rows that the whole has not.
    /// </exception>
    public static DesignMoments Subtract(DesignMoments whole, DesignMoments part)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(part);
        DesignMoments rest = Combine(whole, part, subtract: true);
        return rest._cells.IsPossible() && rest.Rows is { Read: >= 0, Dropped: >= 0 } ? rest : throw new PlumblineException(
            "not-a-part",
            $"The moments to take away are not part of the whole: {part.Rows.Used} rows from {whole.Rows.Used}, and less than nothing would be left of some sum.");
    }

    private static DesignMoments Combine(DesignMoments first, DesignMoments second, bool subtract)
    {
        RequireAlike(first, second);
        var sets = new LevelSet[first._levels.Sets.Count];
        var codes = new int[sets.Length][];
        for (int k = 0; k < sets.Length; k++)
        {
            sets[k] = new LevelSet();
            foreach (string text in first._levels.Sets[k].ToArray())
            {
                sets[k].CodeOf(text);
            }
            codes[k] = Array.ConvertAll(second._levels.Sets[k].ToArray(), sets[k].CodeOf);
        }
        CellMoments cells = subtract ? CellMoments.Subtract(first._cells, second._cells, codes) : CellMoments.Merge(first._cells, second._cells, codes);
        RoundingSource[] sources = [.. first._sources.Zip(second._sources, static (a, b) => a with { Unit = Math.Max(a.Unit, b.Unit) })];
        ValueRange[] ranges = subtract ? first._ranges : [.. first._ranges.Zip(second._ranges, ValueRange.Union)];
        string source = subtract || first.Source == second.Source ? first.Source : $"{first.Source} + {second.Source}";
        return new DesignMoments(
            first.Design, cells, DesignLevels.Of(sets, cells.LevelRows), sources, ranges, source, first.WeightKind, Combine(first.Rows, second.Rows, cells.Rows, subtract ? -1 : 1))
        {
            Where = subtract || first.Where == second.Where ? first.Where : null,
            Engine = first.Engine ?? second.Engine,
        };
    }

    private static RowCounts Combine(RowCounts first, RowCounts second, long used, int sign)
    {
        var dropped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (string name in first.DroppedByColumn.Keys.Union(second.DroppedByColumn.Keys, StringComparer.Ordinal))
        {
            long count = first.DroppedByColumn.GetValueOrDefault(name) + (sign * second.DroppedByColumn.GetValueOrDefault(name));
            if (count != 0)
            {
                dropped[name] = count;
            }
        }
        return new RowCounts(first.Read + (sign * second.Read), used, first.Dropped + (sign * second.Dropped), dropped);
    }

    private static void RequireAlike(DesignMoments first, DesignMoments second)
    {
        Require("formula", first.Design.Formula.Text, second.Design.Formula.Text);
        Require("weights", Weights(first), Weights(second));
        Require("columns", Columns(first), Columns(second));
    }

    private static void Require(string what, string first, string second)
    {
        if (first != second)
        {
            throw new PlumblineException(
                "different-design",
                $"Moments that were read differently do not add up: the {what} are {FormulaError.Code(first)} in one and {FormulaError.Code(second)} in the other. Read both with the same formula and options.");
        }
    }

    private static string Weights(DesignMoments moments) => moments.Design.Weights is string column ? $"{column} ({moments.WeightKind})" : "none";

    private static string Columns(DesignMoments moments) =>
        string.Join(", ", [.. moments.Design.Columns.Select(static c => c.Name), .. moments.Design.Categories, .. moments._sources.Select(static s => s.Name)]);
}
