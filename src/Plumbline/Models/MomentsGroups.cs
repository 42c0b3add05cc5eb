using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Rows that moments tell apart from the others: a level, a combination of levels, the rows where a number of 0 and 1 is 1.</summary>
/// <param name="Name">What the rows have in common.</param>
/// <param name="Rows">
/// How many they are, at least: with frequencies their sum, with other weights less all rows of weight 0. Null when the moments do not tell.
/// </param>
public sealed record MomentsGroup(string Name, long? Rows);

/// <summary>
/// The groups of rows whose sums moments hold, or differences of which they let compute: all rows; the levels of each category; the cells of
/// categories that meet; and without weights the two halves of each number that is 0 or 1 in all rows (then Σx² = Σx, and no row lies outside where the range is known),
/// among all rows, by pairs, and in cells.
/// Cost: one look at each sum, and at each pair of such numbers.
/// </summary>
internal sealed class MomentsGroups
{
    private const string AllRows = "all rows";

    private readonly DesignMoments _moments;
    private readonly CellMoments _cells;
    private readonly bool _isCounted;
    private MomentsGroup _smallest;

    private MomentsGroups(DesignMoments moments)
    {
        _moments = moments;
        _cells = moments.Cells;
        _isCounted = _cells.Weights != RowWeights.Weights;
        _smallest = new MomentsGroup(AllRows, _isCounted ? moments.Observations : moments.Rows.Used);
    }

    /// <summary>The smallest group that has a row; one that is not counted comes before all others.</summary>
    public static MomentsGroup Smallest(DesignMoments moments)
    {
        var groups = new MomentsGroups(moments);
        int[] halves = groups._isCounted ? [.. new CellPlan(groups._cells.Shape, groups._cells.Weights).Dense.Where(groups.IsZeroOrOne)] : [];
        groups.LookAtLevels();
        groups.LookAtCells(halves);
        groups.LookAtHalves(halves);
        return groups._smallest;
    }

    private void Look(string name, long? rows)
    {
        // Of equals the first in the alphabet: codes of levels come in no order.
        if (rows is null || (rows > 0 && _smallest.Rows is { } least && (rows < least || (rows == least && _smallest.Name != AllRows && string.CompareOrdinal(name, _smallest.Name) < 0))))
        {
            _smallest = new MomentsGroup(name, rows);
        }
    }

    private void LookAtLevels()
    {
        RowCounts rows = _moments.Rows;
        long weightless = _isCounted ? 0 : rows.Read - rows.Dropped - rows.Used;
        foreach ((string category, CategoryLevels levels) in _cells.Shape.Categories.Zip(_moments.Levels.Categories))
        {
            foreach ((string level, long count) in levels.Texts.Zip(levels.Rows))
            {
                // Which rows have weight 0 is not known: as many as there are may be in this level. None left is a group all the same.
                Look($"{category}[{level}]", weightless == 0 ? count : Math.Max(1, count - weightless));
            }
        }
    }

    private void LookAtCells(int[] halves)
    {
        foreach (CellNode node in _cells.Tree.Nodes)
        {
            if (!_isCounted && node.Categories.Length > 1 && _cells.Sums.Keys.Any(p => p.Node == node.Index))
            {
                Look(string.Join(':', node.Categories.Select(k => _cells.Shape.Categories[k])), null);
            }
            if (!_isCounted || _cells.Sums.GetValueOrDefault(new CellProduct(node.Index, 0, 0)) is not { } counts)
            {
                continue;
            }
            (string Name, FixedPointVector Ones)[] splits = [.. halves
                .Where(p => _cells.Sums.ContainsKey(new CellProduct(node.Index, 0, p)))
                .Select(p => (_cells.Shape.Parts[p].Name, _cells.Sums[new CellProduct(node.Index, 0, p)]))];
            for (int cell = 0; cell < node.Count; cell++)
            {
                long count = Whole(counts[cell]);
                if (count == 0)
                {
                    continue;
                }
                string name = string.Join(':', node.Codes(cell).Index().Select(c => $"{_cells.Shape.Categories[node.Categories[c.Index]]}[{_moments.Levels.Sets[node.Categories[c.Index]][c.Item]}]"));
                Look(name, count);
                foreach ((string number, FixedPointVector ones) in splits)
                {
                    Look($"{name} with {number} = 1", Whole(ones[cell]));
                    Look($"{name} with {number} = 0", count - Whole(ones[cell]));
                }
            }
        }
    }

    private void LookAtHalves(int[] halves)
    {
        long all = _moments.Observations;
        for (int i = 0; i < halves.Length; i++)
        {
            string a = _cells.Shape.Parts[halves[i]].Name;
            long ones = Whole(_cells.Dense[(0, halves[i])]);
            Look($"{a} = 1", ones);
            Look($"{a} = 0", all - ones);
            for (int j = 0; j < i; j++)
            {
                string b = _cells.Shape.Parts[halves[j]].Name;
                long others = Whole(_cells.Dense[(0, halves[j])]);
                long both = Whole(_cells.Dense[(Math.Min(halves[i], halves[j]), Math.Max(halves[i], halves[j]))]);
                Look($"{a} = 1 and {b} = 1", both);
                Look($"{a} = 1 and {b} = 0", ones - both);
                Look($"{a} = 0 and {b} = 1", others - both);
                Look($"{a} = 0 and {b} = 0", all - ones - others + both);
            }
        }
    }

    /// <summary>Whether a part is a column that is 0 or 1 in every row.</summary>
    private bool IsZeroOrOne(int part)
    {
        DesignPlan plan = _moments.Design.Plan;
        int? number = plan.Parts[part - 1].Powers is [(int n, 1)] ? n
            : part == _cells.Shape.Response && plan.Offset is null ? plan.Variables[^1].Place
            : null;
        if (number is null || plan.Numbers[number.Value].Expression is not ColumnExpression column)
        {
            return false;
        }
        // A range that was left out is given the benefit of the doubt: other numbers hardly ever have Σx² = Σx.
        ValueRange range = _moments.Ranges[column.Input];
        ExactValue sum = _cells.Dense[(0, part)];
        return sum == _cells.Dense[(part, part)] && sum is { Sign: >= 0, Exponent: >= 0 } && !(range.Least < 0 || range.Largest > 1);
    }

    private static long Whole(ExactValue count) => (long)(count.Mantissa << count.Exponent);
}
