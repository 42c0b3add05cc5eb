using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>Groups of a database → the cells of moments.</summary>
internal sealed class CellsBuilder
{
    private readonly CellPlan _plan;
    private readonly bool _isFrequency;
    private readonly Dictionary<CellProduct, FixedPointVector> _sums = [];
    private readonly bool[] _isCounted;

    public CellsBuilder(DesignShape shape, CellPlan plan, bool isFrequency)
    {
        _plan = plan;
        _isFrequency = isFrequency;
        _isCounted = new bool[shape.Categories.Count];
        LevelRows = [.. shape.Categories.Select(static _ => Array.Empty<long>())];
        for (int k = 0; k < shape.Categories.Count; k++)
        {
            Tree.Node([k]);
        }
    }

    /// <summary>The cells.</summary>
    public CellTree Tree { get; } = new();

    /// <summary>For each category, by code, in how many rows a level stood (or the sum of their frequencies).</summary>
    public long[][] LevelRows { get; }

    /// <summary>Takes the cells of a set.</summary>
    public void Add(CellSet set, IReadOnlyCollection<(int[] Codes, ShiftedSums Sums)> cells)
    {
        CellNode node = Tree.Node(set.Categories);
        int[] places = [.. cells.Select(c => Place(set.Categories, c.Codes))];
        foreach ((int a, int b) in set.Products)
        {
            FixedPointVector sum = _sums[new CellProduct(node.Index, a, b)] = new FixedPointVector();
            sum.Grow(node.Count);
            foreach ((int place, (int[] Codes, ShiftedSums Sums) cell) in places.Zip(cells))
            {
                Add(sum, place, cell.Sums[a, b]);
            }
        }
        for (int k = 0; k < set.Categories.Length; k++)
        {
            Count(set.Categories[k], k, cells);
        }
    }

    /// <summary>The sums, those of smaller sets added up.</summary>
    public Dictionary<CellProduct, FixedPointVector> Build()
    {
        foreach (CellMargin margin in _plan.Margins)
        {
            CellMargins.AddUp(margin, Tree, _sums);
        }
        return _sums;
    }

    private int Place(int[] categories, int[] codes)
    {
        int place = 0;
        for (int k = 0; k < categories.Length; k++)
        {
            place = Tree.Node(categories.AsSpan(0, k + 1)).Add(place, codes[k]);
            Tree.Node([categories[k]]).Add(0, codes[k]);
        }
        return place;
    }

    private void Count(int category, int k, IReadOnlyCollection<(int[] Codes, ShiftedSums Sums)> cells)
    {
        if (_isCounted[category])
        {
            return;     // by another set with the category in it: the same rows
        }
        _isCounted[category] = true;
        long[] rows = new long[cells.Count == 0 ? 0 : cells.Max(c => c.Codes[k]) + 1];
        foreach ((int[] codes, ShiftedSums sums) in cells)
        {
            rows[codes[k]] += _isFrequency ? (long)sums[0, 0].ToDouble() : sums.Rows;
        }
        LevelRows[category] = rows;
    }

    // An exact value is a few doubles.
    private static void Add(FixedPointVector sum, int place, ExactValue value)
    {
        while (!value.IsZero)
        {
            double part = value.ToDouble();
            sum.AddProduct(place, part, 1, 1, 0);
            value -= ExactValue.From(part);
        }
    }
}
