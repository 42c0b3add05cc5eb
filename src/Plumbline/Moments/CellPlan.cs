namespace Plumbline;

/// <summary>
/// Which sums a design needs: numbers with numbers over all rows, and for every set of categories that two terms have
/// between them the products of their parts, cell by cell.
/// </summary>
/// <remarks>
/// A product that is needed for a set and also for a larger one is summed for the larger one only: the others follow by adding
/// up cells (<see cref="Margins"/>).
/// </remarks>
internal sealed class CellPlan
{
    /// <summary>The plan of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="weights">What the weights are; 1·1 is a count unless they are numbers of any kind.</param>
    public CellPlan(DesignShape shape, RowWeights weights)
    {
        bool isCounted = weights != RowWeights.Weights;
        IEnumerable<int> numbers = shape.Terms.Where(static t => t.Categories.Length == 0).SelectMany(static t => t.Parts);
        Dense = [.. numbers.Concat(isCounted ? shape.Unweighted : []).Where(static p => p != 0).Distinct().Order()];
        var needed = new List<Need>();
        foreach (ShapeTerm first in shape.Terms)
        {
            foreach (ShapeTerm second in shape.Terms)
            {
                int[] categories = [.. first.Categories.Union(second.Categories).Order()];
                if (categories.Length > 0)
                {
                    HashSet<(int, int)> products = NeedOf(needed, categories).Products;
                    products.UnionWith(first.Parts.SelectMany(a => second.Parts.Select(b => (Math.Min(a, b), Math.Max(a, b)))));
                }
            }
        }
        foreach (Need need in needed.Where(_ => isCounted))
        {
            need.Products.Add((0, 0));      // how many rows are in a cell is always known
        }
        var margins = new List<CellMargin>();
        var sets = new List<CellSet>();
        foreach (Need need in needed)
        {
            var own = new List<(int A, int B)>();
            foreach ((int A, int B) product in need.Products.Order())
            {
                if (LargestWith(needed, need, product) is { } larger)
                {
                    margins.Add(new CellMargin(need.Categories, larger.Categories, product.A, product.B));
                }
                else
                {
                    own.Add(product);
                }
            }
            bool counts = isCounted && own.Remove((0, 0));
            CellGroup[] groups = [.. own.GroupBy(static p => p.A).Select(static g => new CellGroup(g.Key, [.. g.Select(static p => p.B)]))];
            if (counts || groups.Length > 0)
            {
                sets.Add(new CellSet(need.Categories, counts, groups));
            }
        }
        Sets = sets;
        Margins = margins;
    }

    /// <summary>The parts, without the constant, that are multiplied with one another over all rows.</summary>
    public IReadOnlyList<int> Dense { get; }

    /// <summary>What is summed cell by cell.</summary>
    public IReadOnlyList<CellSet> Sets { get; }

    /// <summary>What follows from those sums.</summary>
    public IReadOnlyList<CellMargin> Margins { get; }

    /// <summary>All sums in cells: those that are summed, and those that follow.</summary>
    public IEnumerable<(int[] Categories, int A, int B)> Needed =>
        Sets.SelectMany(static s => s.Products.Select(p => (s.Categories, p.A, p.B))).Concat(Margins.Select(static m => (m.Categories, m.A, m.B)));

    private static Need NeedOf(List<Need> needed, int[] categories)
    {
        Need? need = needed.Find(n => n.Categories.AsSpan().SequenceEqual(categories));
        if (need is null)
        {
            need = new Need(categories, []);
            needed.Add(need);
        }
        return need;
    }

    private static Need? LargestWith(List<Need> needed, Need need, (int A, int B) product) => needed
        .Where(n => n.Categories.Length > need.Categories.Length && n.Products.Contains(product) && need.Categories.All(n.Categories.Contains))
        .MaxBy(static n => n.Categories.Length);

    private sealed record Need(int[] Categories, HashSet<(int A, int B)> Products);
}

/// <summary>What is summed in the cells of a set of categories.</summary>
/// <param name="Categories">Ascending.</param>
/// <param name="Counts">Whether rows are counted.</param>
/// <param name="Groups">Products, by their left factor.</param>
internal sealed record CellSet(int[] Categories, bool Counts, CellGroup[] Groups)
{
    /// <summary>All products, the count as 1·1.</summary>
    public IEnumerable<(int A, int B)> Products =>
        Groups.SelectMany(static g => g.Right.Select(b => (g.Left, b))).Concat(Counts ? [(0, 0)] : []);
}

/// <summary>Products of one part with several.</summary>
internal sealed record CellGroup(int Left, int[] Right);

/// <summary>The sums of a product in the cells of some categories, which those of more categories add up to.</summary>
internal sealed record CellMargin(int[] Categories, int[] From, int A, int B);
