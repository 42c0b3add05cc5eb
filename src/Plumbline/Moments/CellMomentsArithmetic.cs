using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

internal sealed partial class CellMoments
{
    /// <summary>The moments of two sets of rows together.</summary>
    /// <param name="first">Of a shape.</param>
    /// <param name="second">Of the same shape.</param>
    /// <param name="codes">For each category, for each code in <paramref name="second"/> the one that the level has in <paramref name="first"/>.</param>
    public static CellMoments Merge(CellMoments first, CellMoments second, IReadOnlyList<int[]> codes) => Combine(first, second, codes, subtract: false);

    /// <summary>The moments of all rows but those of a part. The result may be no moments at all: see <see cref="IsPossible"/>.</summary>
    /// <inheritdoc cref="Merge"/>
    public static CellMoments Subtract(CellMoments first, CellMoments second, IReadOnlyList<int[]> codes) => Combine(first, second, codes, subtract: true);

    /// <summary>Whether no count and no square is negative, and nothing is there where there is no row.</summary>
    public bool IsPossible()
    {
        if (Rows < 0 || Observations < Rows || LevelRows.Any(static rows => rows.Any(static n => n < 0)))
        {
            return false;
        }
        IEnumerable<ExactValue> squares = Dense.Where(static s => s.Key.A == s.Key.B).Select(static s => s.Value)
            .Concat(Sums.Where(static s => s.Key.A == s.Key.B).SelectMany(static s => Enumerable.Range(0, s.Value.Count).Select(i => s.Value[i])));
        return squares.All(square => square.Sign >= 0 && (Rows > 0 || square.IsZero)) && Tree.Nodes.All(IsEmptyWithoutRows);
    }

    /// <summary>Whether no sum is left in cells of levels that no row has, nor in cells that count no row.</summary>
    private bool IsEmptyWithoutRows(CellNode node)
    {
        FixedPointVector[] sums = [.. Sums.Where(s => s.Key.Node == node.Index).Select(static s => s.Value)];
        FixedPointVector? counts = Sums.GetValueOrDefault(new CellProduct(node.Index, 0, 0));
        for (int i = 0; sums.Length > 0 && i < node.Count; i++)
        {
            int cell = i;
            bool hasRows = counts?[i].IsZero != true && node.Codes(i).Index().All(c => LevelRows[node.Categories[c.Index]] is var rows && c.Item < rows.Length && rows[c.Item] > 0);
            if (!hasRows && !Array.TrueForAll(sums, s => s[cell].IsZero))
            {
                return false;
            }
        }
        return true;
    }

    private static CellMoments Combine(CellMoments first, CellMoments second, IReadOnlyList<int[]> codes, bool subtract)
    {
        CellTree tree = first.Tree.Like();
        int[][] placesOfFirst = tree.Take(first.Tree, null), placesOfSecond = tree.Take(second.Tree, codes);
        var sums = new Dictionary<CellProduct, FixedPointVector>();
        foreach ((CellProduct product, FixedPointVector values) in first.Sums)
        {
            var total = new FixedPointVector();
            total.Grow(tree.Nodes[product.Node].Count);
            total.Add(values, placesOfFirst[product.Node], subtract: false);
            total.Add(second.Sums[product], placesOfSecond[product.Node], subtract);
            sums.Add(product, total);
        }
        int sign = subtract ? -1 : 1;
        return new CellMoments(first.Shape, first.Weights)
        {
            Rows = first.Rows + (sign * second.Rows),
            Observations = first.Observations + (sign * second.Observations),
            SumLogWeights = Combine(first.SumLogWeights, second.SumLogWeights, subtract),
            LevelRows = [.. first.LevelRows.Select((rows, k) => Combine(rows, second.LevelRows[k], codes[k], sign))],
            Tree = tree,
            Sums = sums,
            Dense = Combine(first.Dense, second.Dense, subtract),
            UnweightedSums = first.UnweightedSums is null ? null : Combine(first.UnweightedSums, second.UnweightedSums!, subtract),
        };
    }

    private static long[] Combine(long[] first, long[] second, int[] codes, int sign)
    {
        var rows = new long[Math.Max(first.Length, codes.Length == 0 ? 0 : codes.Max() + 1)];
        first.CopyTo(rows, 0);
        for (int code = 0; code < second.Length; code++)
        {
            rows[codes[code]] += sign * second[code];
        }
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Dictionary<(int A, int B), ExactValue> Combine(
        Dictionary<(int A, int B), ExactValue> first, Dictionary<(int A, int B), ExactValue> second, bool subtract)
    {
        var sums = new Dictionary<(int A, int B), ExactValue>(first.Count);
        foreach (((int A, int B) product, ExactValue value) in first)
        {
            sums.Add(product, Combine(value, second[product], subtract));
        }
        return sums;
    }

    private static ExactValue Combine(ExactValue a, ExactValue b, bool subtract) => subtract ? a - b : a + b;
}
