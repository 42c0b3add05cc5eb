using System.Security.Cryptography;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The numbers of moments in canonical order, and the checksum of all that the moments are.
/// Order: Σ log w; the products of <see cref="MomentsLayout.Dense"/>, row by row of the upper triangle; those of
/// <see cref="MomentsLayout.Unweighted"/> in the same way; for each entry of <see cref="MomentsLayout.Cells"/> the number of cells that have
/// a sum other than 0, and for each cell, in the order of the levels, the place of its level in each category and its products.
/// </summary>
internal static class MomentsBody
{
    /// <summary>The numbers.</summary>
    public static CanonicalWriter Write(DesignMoments moments, MomentsLayout layout)
    {
        CellMoments cells = moments.Cells;
        var writer = new CanonicalWriter();
        writer.Exact(cells.SumLogWeights);
        Triangle(writer, layout, layout.Dense, cells.Dense);
        if (layout.Unweighted is { } unweighted)
        {
            Triangle(writer, layout, unweighted, cells.UnweightedSums!);
        }
        int[][] ranks = [.. moments.Levels.Categories.Select(static c => Ranks(c))];
        foreach (LayoutCells set in layout.Cells)
        {
            Cells(writer, cells, layout, set, ranks);
        }
        return writer;
    }

    /// <summary>
    /// SHA-256 of what the moments are: weights, parts, categories, levels with their rows, rows, sums. Not of what they have been through: formula,
    /// sources, ranges, rows that were left out.
    /// </summary>
    public static string Checksum(DesignMoments moments, MomentsLayout layout, CanonicalWriter body)
    {
        var head = new CanonicalWriter();
        head.Text("plumbline/moments-content/1");
        head.Text(moments.Design.Weights ?? "");
        head.Text(moments.Design.Weights is null ? "" : WeightKinds.Name(moments.WeightKind));
        head.Whole(moments.Rows.Used);
        head.Whole(moments.Observations);
        head.Whole(layout.Parts.Count);
        foreach (string part in layout.Parts)
        {
            head.Text(part);
        }
        head.Whole(layout.Categories.Count);
        foreach ((string key, int category) in layout.Categories.Zip(layout.CategoryAt))
        {
            CategoryLevels levels = moments.Levels.Categories[category];
            head.Text(key);
            head.Whole(levels.Texts.Count);
            foreach ((string text, long rows) in levels.Texts.Zip(levels.Rows))
            {
                head.Text(text);
                head.Whole(rows);
            }
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head.Written);
        hash.AppendData(body.Written);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Triangle(CanonicalWriter writer, MomentsLayout layout, int[] parts, Dictionary<(int A, int B), ExactValue> sums)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            for (int j = i; j < parts.Length; j++)
            {
                writer.Exact(sums[layout.Product(parts[i], parts[j])]);
            }
        }
    }

    private static void Cells(CanonicalWriter writer, CellMoments moments, MomentsLayout layout, LayoutCells set, int[][] ranks)
    {
        CellNode node = moments.Tree.Find(layout.CategoriesOf(set))!;
        FixedPointVector[] sums = [.. set.Products.Select(p => moments.Sums[layout.Product(node, p.A, p.B)])];
        var cells = new List<(int[] Place, ExactValue[] Sums)>();
        for (int i = 0; i < node.Count; i++)
        {
            ExactValue[] values = Array.ConvertAll(sums, s => s[i]);
            if (Array.TrueForAll(values, static v => v.IsZero))
            {
                continue;
            }
            int[] codes = node.Codes(i);
            int[] place = [.. set.Categories.Select(k => ranks[layout.CategoryAt[k]][codes[Array.IndexOf(node.Categories, layout.CategoryAt[k])]])];
            cells.Add((place, values));
        }
        cells.Sort(static (a, b) => a.Place.AsSpan().SequenceCompareTo(b.Place));
        writer.Whole(cells.Count);
        foreach ((int[] place, ExactValue[] values) in cells)
        {
            foreach (int rank in place)
            {
                writer.Whole(rank);
            }
            foreach (ExactValue value in values)
            {
                writer.Exact(value);
            }
        }
    }

    private static int[] Ranks(CategoryLevels levels)
    {
        var ranks = new int[levels.Codes.Count == 0 ? 0 : levels.Codes.Max() + 1];
        Array.Fill(ranks, -1);
        foreach ((int rank, int code) in levels.Codes.Index())
        {
            ranks[code] = rank;
        }
        return ranks;
    }
}
