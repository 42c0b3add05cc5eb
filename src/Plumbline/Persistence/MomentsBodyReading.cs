using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Moments from the numbers that <see cref="MomentsBody"/> writes. The code of a level is its place in the order of the levels.</summary>
internal static class MomentsBodyReading
{
    /// <summary>Reads the sums of a design.</summary>
    /// <param name="body">All bytes.</param>
    /// <param name="design">The design.</param>
    /// <param name="weights">What weights are.</param>
    /// <param name="layout">The order of the sums.</param>
    /// <param name="levelRows">For each category of the design the rows of its levels.</param>
    /// <param name="rows">Rows with weight.</param>
    /// <param name="observations">The rows that they stand for.</param>
    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static CellMoments Read(
        ReadOnlySpan<byte> body, Design design, RowWeights weights, MomentsLayout layout, long[][] levelRows, long rows, long observations)
    {
        var reader = new CanonicalReader(body);
        ExactValue logs = reader.Exact();
        Dictionary<(int A, int B), ExactValue> dense = Triangle(ref reader, layout, layout.Dense);
        Dictionary<(int A, int B), ExactValue>? unweighted = layout.Unweighted is { } parts ? Triangle(ref reader, layout, parts) : null;
        var tree = new CellTree();
        for (int k = 0; k < levelRows.Length; k++)
        {
            CellNode node = tree.Node([k]);
            for (int code = 0; code < levelRows[k].Length; code++)
            {
                node.Add(0, code);
            }
        }
        var sums = new Dictionary<CellProduct, FixedPointVector>();
        foreach (LayoutCells set in layout.Cells)
        {
            Cells(ref reader, layout, set, tree, levelRows, sums);
        }
        foreach ((CellProduct product, FixedPointVector sum) in sums)
        {
            sum.Grow(tree.Nodes[product.Node].Count);
        }
        if (reader.Left > 0)
        {
            throw new FormatException("there is more than the header tells of");
        }
        var moments = new CellMoments(design.Shape, weights)
        {
            Rows = rows,
            Observations = observations,
            SumLogWeights = logs,
            LevelRows = levelRows,
            Tree = tree,
            Sums = sums,
            Dense = dense,
            UnweightedSums = unweighted,
        };
        return moments.IsPossible() ? moments : throw new FormatException("a sum of squares is negative");
    }

    private static Dictionary<(int A, int B), ExactValue> Triangle(ref CanonicalReader reader, MomentsLayout layout, int[] parts)
    {
        var sums = new Dictionary<(int A, int B), ExactValue>();
        for (int i = 0; i < parts.Length; i++)
        {
            for (int j = i; j < parts.Length; j++)
            {
                sums.Add(layout.Product(parts[i], parts[j]), reader.Exact());
            }
        }
        return sums;
    }

    private static void Cells(
        ref CanonicalReader reader, MomentsLayout layout, LayoutCells set, CellTree tree, long[][] levelRows, Dictionary<CellProduct, FixedPointVector> sums)
    {
        CellNode node = tree.Node(layout.CategoriesOf(set));
        int[] order = [.. node.Categories.Select(k => Array.IndexOf(set.Categories, Array.IndexOf(layout.CategoryAt, k)))];
        int count = reader.Below(reader.Left + 1);
        var places = new int[count];
        var values = new ExactValue[set.Products.Length][];
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = new ExactValue[count];
        }
        int[] place = new int[set.Categories.Length], before = [];
        for (int c = 0; c < count; c++)
        {
            for (int k = 0; k < place.Length; k++)
            {
                place[k] = reader.Below(levelRows[layout.CategoryAt[set.Categories[k]]].Length);
            }
            if (before.Length > 0 && before.AsSpan().SequenceCompareTo(place) >= 0)
            {
                throw new FormatException("cells are not in the order of their levels");
            }
            before = [.. place];
            for (int k = 0; k < order.Length; k++)
            {
                places[c] = tree.Node(node.Categories.AsSpan(0, k + 1)).Add(places[c], place[order[k]]);
            }
            bool isThere = false;
            foreach (ExactValue[] of in values)
            {
                of[c] = reader.Exact();
                isThere |= !of[c].IsZero;
            }
            if (!isThere)
            {
                throw new FormatException("a cell has no sums");
            }
        }
        foreach (((int a, int b), ExactValue[] of) in set.Products.Zip(values))
        {
            var sum = new FixedPointVector();
            sum.Grow(node.Count);
            sum.Add(FixedPointVector.Of(of), places, subtract: false);
            sums.Add(layout.Product(node, a, b), sum);
        }
    }
}
