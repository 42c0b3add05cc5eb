using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Sums in the cells of some categories from those in the cells of more.</summary>
internal static class CellMargins
{
    /// <summary>Adds up the cells that differ only in categories that the margin has not.</summary>
    /// <param name="margin">Which sums, and from where.</param>
    /// <param name="tree">The cells; those of the margin are added.</param>
    /// <param name="sums">The sums; the margin's is added.</param>
    public static void AddUp(CellMargin margin, CellTree tree, Dictionary<CellProduct, FixedPointVector> sums)
    {
        CellNode larger = tree.Node(margin.From), node = tree.Node(margin.Categories);
        int[] kept = [.. margin.Categories.Select(c => Array.IndexOf(margin.From, c))];
        var places = new int[larger.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int[] codes = larger.Codes(i);
            int place = 0;
            for (int k = 0; k < kept.Length; k++)
            {
                place = tree.Node(margin.Categories.AsSpan(0, k + 1)).Add(place, codes[kept[k]]);
            }
            places[i] = place;
        }
        var product = new CellProduct(node.Index, margin.A, margin.B);
        if (!sums.TryGetValue(product, out FixedPointVector? sum))
        {
            sums.Add(product, sum = new FixedPointVector());
        }
        sum.Grow(node.Count);
        sum.Add(sums[new CellProduct(larger.Index, margin.A, margin.B)], places, subtract: false);
    }
}
