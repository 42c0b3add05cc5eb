namespace Plumbline;

public sealed partial class DesignMoments
{
    /// <summary>
    /// The moments of two sets of rows together, read with the same formula, weights and missing-value rule: exact, so in any order and
    /// grouping the same. Levels are united by their text. Formulas may be spelled differently, and the text that comes first in the
    /// alphabet stays.
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

    /// <summary>The moments of several sets of rows together, in whatever order: see <see cref="Merge(DesignMoments, DesignMoments)"/>.</summary>
    /// <param name="parts">At least one.</param>
    /// <exception cref="PlumblineException">Code <c>different-design</c>: two were not read alike. <c>no-rows</c>: there is no part.</exception>
    public static DesignMoments Merge(IEnumerable<DesignMoments> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        DesignMoments? whole = null;
        foreach (DesignMoments part in parts)
        {
            whole = whole is null ? part : Merge(whole, part);
        }
        return whole ?? throw new PlumblineException("no-rows", "There are no moments to merge: name one set of them or more.");
    }

    private static DesignMoments Combine(DesignMoments first, DesignMoments second, bool subtract)
    {
        if (DesignDifference.Between(first, second) is { } difference)
        {
            throw new PlumblineException(
                "different-design",
                $"Moments that were read differently do not {(subtract ? "subtract" : "add up")}: {difference}. Read both with the same formula and options, or take from both a formula that they share (Select).");
        }
        Design design = JoinedDesign.Of(first.Design, second.Design, keepFirst: subtract);
        (first, second) = (first.On(design), second.On(design));
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
        ValueRange[] ranges = subtract ? first._ranges : [.. first._ranges.Zip(second._ranges, ValueRange.Union)];
        RowsHistory history = subtract ? RowsHistory.Subtract(first.History, second.History) : RowsHistory.Merge(first.History, second.History);
        return new DesignMoments(
            design, cells, DesignLevels.Of(sets, cells.LevelRows), ranges, history, first.WeightKind, Combine(first.Rows, second.Rows, cells.Rows, subtract ? -1 : 1))
        {
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
}
