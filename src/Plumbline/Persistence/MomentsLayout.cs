namespace Plumbline;

/// <summary>
/// Which sums a design has, in an order that does not depend on how its formula is spelled: parts and categories by their names
/// (<see cref="DesignKeys"/>), sets of categories by size, products by their parts.
/// </summary>
internal sealed class MomentsLayout
{
    private MomentsLayout(Design design, RowWeights weights)
    {
        DesignKeys keys = DesignKeys.Of(design);
        DesignShape shape = design.Shape;
        PartAt = Order(keys.Parts);
        CategoryAt = Order(keys.Categories);
        int[] parts = Inverse(PartAt), categories = Inverse(CategoryAt);
        Parts = [.. PartAt.Select(p => keys.Parts[p])];
        Categories = [.. CategoryAt.Select(k => keys.Categories[k])];
        var plan = new CellPlan(shape, weights);
        Dense = [.. plan.Dense.Append(0).Select(p => parts[p]).Order()];
        Unweighted = weights == RowWeights.Weights ? [.. shape.Unweighted.Select(p => parts[p]).Order()] : null;
        Cells =
        [
            .. plan.Needed
                .GroupBy(need => string.Join(' ', need.Categories), StringComparer.Ordinal)
                .Select(group => new LayoutCells(
                    [.. group.First().Categories.Select(k => categories[k]).Order()],
                    [.. group.Select(need => (Math.Min(parts[need.A], parts[need.B]), Math.Max(parts[need.A], parts[need.B]))).Distinct().Order()]))
                .OrderBy(static c => c.Categories.Length)
                .ThenBy(static c => c.Categories, Comparer<int[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b))),
        ];
    }

    /// <summary>The parts' names, in order.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>For each of them its place in the design's shape.</summary>
    public int[] PartAt { get; }

    /// <summary>The categories' names, in order.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>For each of them its place in the design's shape.</summary>
    public int[] CategoryAt { get; }

    /// <summary>The parts whose products are summed over all rows, ascending.</summary>
    public int[] Dense { get; }

    /// <summary>The parts whose products are summed without weights too; null when the others are without weights.</summary>
    public int[]? Unweighted { get; }

    /// <summary>What is summed in cells.</summary>
    public LayoutCells[] Cells { get; }

    /// <summary>The layout of a design.</summary>
    public static MomentsLayout Of(Design design, RowWeights weights) => new(design, weights);

    /// <summary>The product of two parts, as the moments know it.</summary>
    public (int A, int B) Product(int a, int b) => (Math.Min(PartAt[a], PartAt[b]), Math.Max(PartAt[a], PartAt[b]));

    /// <summary>The product of two parts in the cells of a node.</summary>
    public CellProduct Product(CellNode node, int a, int b) => new(node.Index, Product(a, b).A, Product(a, b).B);

    /// <summary>The categories of some cells, as the moments know them.</summary>
    public int[] CategoriesOf(LayoutCells cells) => [.. cells.Categories.Select(k => CategoryAt[k]).Order()];

    private static int[] Order(IReadOnlyList<string> keys) => [.. Enumerable.Range(0, keys.Count).OrderBy(i => keys[i], StringComparer.Ordinal)];

    private static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }
        return inverse;
    }
}

/// <summary>Sums in the cells of some categories.</summary>
/// <param name="Categories">Ascending.</param>
/// <param name="Products">Pairs of parts, the smaller first, ascending.</param>
internal sealed record LayoutCells(int[] Categories, (int A, int B)[] Products);
