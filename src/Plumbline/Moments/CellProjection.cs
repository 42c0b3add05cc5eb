using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Moments of one shape → moments of another that needs no sums but those: the same columns in another order, or some of them. A sum
/// over fewer categories is added up from one over more.
/// </summary>
/// <remarks>
/// Method      each sum that the other shape needs is looked up in the smallest set of categories that has it, and its cells are added up.
/// Cost        one look-up a sum.
/// Fails when  a sum is not there and does not follow: see <see cref="FindMissing"/>.
/// </remarks>
/// <param name="from">What there is.</param>
/// <param name="parts">For each part of the other shape the parts that are the same product here; none when it is not here.</param>
/// <param name="categories">For each category of the other shape its place here.</param>
internal sealed class CellProjection(CellMoments from, IReadOnlyList<int[]> parts, IReadOnlyList<int> categories)
{
    /// <summary>The first sum that is needed and cannot be had: two parts, and the categories within whose cells; null when there is none.</summary>
    public (int A, int B, int[] Categories)? FindMissing(DesignShape shape)
    {
        var plan = new CellPlan(shape, from.Weights);
        foreach ((int[] set, int a, int b) in plan.Needed)
        {
            if (Source(set, a, b) is null)
            {
                return (a, b, set);
            }
        }
        foreach ((int a, int b) in Pairs([.. plan.Dense, 0]))
        {
            if (FindDense(from.Dense, a, b) is null && Source([], a, b) is null)
            {
                return (a, b, []);
            }
        }
        foreach ((int a, int b) in from.UnweightedSums is null ? [] : Pairs(shape.Unweighted))
        {
            if (FindDense(from.UnweightedSums!, a, b) is null)
            {
                return (a, b, []);
            }
        }
        return null;
    }

    /// <summary>The moments of the other shape; nothing it needs is missing.</summary>
    public CellMoments To(DesignShape shape)
    {
        var plan = new CellPlan(shape, from.Weights);
        var tree = new CellTree();
        for (int k = 0; k < shape.Categories.Count; k++)
        {
            tree.Node([k]);
        }
        var places = new Dictionary<(int Node, int From), int[]>();
        var sums = new Dictionary<CellProduct, FixedPointVector>();
        foreach ((int[] set, int a, int b) in plan.Needed)
        {
            CellNode node = tree.Node(set);
            (CellNode source, FixedPointVector values) = Source(set, a, b)!.Value;
            if (!places.TryGetValue((node.Index, source.Index), out int[]? place))
            {
                places.Add((node.Index, source.Index), place = Places(tree, node, source));
            }
            var sum = new FixedPointVector();
            sum.Grow(node.Count);
            sum.Add(values, place, subtract: false);
            sums.Add(new CellProduct(node.Index, a, b), sum);
        }
        foreach ((CellProduct product, FixedPointVector sum) in sums)
        {
            sum.Grow(tree.Nodes[product.Node].Count);
        }
        return new CellMoments(shape, from.Weights)
        {
            Rows = from.Rows,
            Observations = from.Observations,
            SumLogWeights = from.SumLogWeights,
            LevelRows = [.. categories.Select(k => from.LevelRows[k])],
            Tree = tree,
            Sums = sums,
            Dense = Pairs([.. plan.Dense, 0]).ToDictionary(static p => p, p => FindDense(from.Dense, p.A, p.B) ?? Total(Source([], p.A, p.B)!.Value.Sums)),
            UnweightedSums = from.UnweightedSums is null ? null
                : Pairs(shape.Unweighted).ToDictionary(static p => p, p => FindDense(from.UnweightedSums, p.A, p.B)!.Value),
        };
    }

    private static IEnumerable<(int A, int B)> Pairs(IReadOnlyList<int> of) =>
        of.SelectMany((a, i) => of.Skip(i).Select(b => (Math.Min(a, b), Math.Max(a, b)))).Distinct();

    private ExactValue? FindDense(Dictionary<(int A, int B), ExactValue> sums, int a, int b)
    {
        foreach (int x in parts[a])
        {
            foreach (int y in parts[b])
            {
                if (sums.TryGetValue((Math.Min(x, y), Math.Max(x, y)), out ExactValue value))
                {
                    return value;
                }
            }
        }
        return null;
    }

    /// <summary>The smallest set of categories here that has a product in its cells and all the categories asked for.</summary>
    private (CellNode Node, FixedPointVector Sums)? Source(int[] set, int a, int b)
    {
        int[] here = [.. set.Select(k => categories[k])];
        foreach (CellNode node in from.Tree.Nodes.Where(n => here.All(n.Categories.Contains)).OrderBy(static n => n.Categories.Length))
        {
            foreach (int x in parts[a])
            {
                foreach (int y in parts[b])
                {
                    if (from.Sums.GetValueOrDefault(new CellProduct(node.Index, Math.Min(x, y), Math.Max(x, y))) is { } sums)
                    {
                        return (node, sums);
                    }
                }
            }
        }
        return null;
    }

    private int[] Places(CellTree tree, CellNode node, CellNode source)
    {
        int[] kept = [.. node.Categories.Select(k => Array.IndexOf(source.Categories, categories[k]))];
        var places = new int[source.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int[] codes = source.Codes(i);
            for (int k = 0; k < kept.Length; k++)
            {
                places[i] = tree.Node(node.Categories.AsSpan(0, k + 1)).Add(places[i], codes[kept[k]]);
            }
        }
        return places;
    }

    private static ExactValue Total(FixedPointVector sums)
    {
        ExactValue total = ExactValue.Zero;
        for (int i = 0; i < sums.Count; i++)
        {
            total += sums[i];
        }
        return total;
    }
}
