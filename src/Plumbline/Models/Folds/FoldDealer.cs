using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// Deals rows to parts so that these are as large as they should be, from a look at all of them.
/// Method: rows are sorted (by stratum, then by hash; groups by size) and each goes to the part that is farthest behind its share.
/// Cost: n log n, and 16 bytes a row.
/// </summary>
internal static class FoldDealer
{
    /// <summary>Equal rows together, otherwise by their hash.</summary>
    public static FoldRule ByHash(List<(ulong Hash, double Key)> rows, double[] shares) => Deal(rows.OrderBy(static r => r.Hash), shares);

    /// <summary>Every stratum in proportion: equal numbers or texts, or, of many different numbers, neighbors in their order.</summary>
    public static FoldRule ByStratum(List<(ulong Hash, double Key)> rows, double[] shares)
    {
        int neighbors = (int)Math.Round(1 / shares.Min());
        int values = rows.Select(static r => r.Key).Distinct().Count();
        if (values * (long)neighbors <= rows.Count)
        {
            return Deal(rows.OrderBy(static r => r.Key).ThenBy(static r => r.Hash), shares);
        }
        return Deal(
            rows.OrderBy(static r => r.Key).ThenBy(static r => r.Hash)
                .Index().GroupBy(r => r.Index / neighbors, static r => r.Item)
                .SelectMany(static chunk => chunk.OrderBy(static r => r.Hash)),
            shares);
    }

    /// <summary>Groups as a whole, the largest first.</summary>
    public static FoldRule ByGroup(List<(ulong Hash, double Key)> rows, double[] shares, ulong seed)
    {
        var dealing = new Dealing(shares);
        var parts = new Dictionary<double, int>();
        foreach ((double key, int count) in rows.CountBy(static r => r.Key).OrderByDescending(static g => g.Value).ThenBy(g => Shuffled(g.Key, seed)))
        {
            parts.Add(key, dealing.Next(count));
        }
        return new FoldRule.Grouped(parts);
    }

    /// <summary>Earlier rows to earlier parts; rows of one time are together.</summary>
    public static FoldRule ByOrder(List<(ulong Hash, double Key)> rows, double[] shares)
    {
        double[] order = [.. rows.Select(static r => r.Key).Order()];
        return new FoldRule.Ordered([.. FoldRule.EndsOf(shares).Select(end => order[Math.Clamp((int)Math.Round(end * order.Length) - 1, 0, order.Length - 1)])]);
    }

    private static FoldRule.Dealt Deal(IEnumerable<(ulong Hash, double Key)> sorted, double[] shares)
    {
        var dealing = new Dealing(shares);
        var parts = new Dictionary<ulong, int>();
        foreach ((ulong hash, _) in sorted)
        {
            ref int part = ref CollectionsMarshal.GetValueRefOrAddDefault(parts, hash, out bool isKnown);
            part = isKnown ? dealing.Again(part) : dealing.Next(1);
        }
        return new FoldRule.Dealt(parts);
    }

    private static ulong Shuffled(double key, ulong seed)
    {
        var hash = new RowHash(seed);
        hash.Add(key);
        return hash.Bits;
    }

    private sealed class Dealing(double[] shares)
    {
        private readonly double[] _filled = new double[shares.Length];
        private double _all;

        /// <summary>The part that is farthest behind, for so many rows.</summary>
        public int Next(int rows)
        {
            int best = 0;
            for (int i = 1; i < shares.Length; i++)
            {
                best = (shares[i] * (_all + rows)) - _filled[i] > (shares[best] * (_all + rows)) - _filled[best] + 1e-9 ? i : best;
            }
            _filled[best] += rows;
            _all += rows;
            return best;
        }

        /// <summary>One more row for a part.</summary>
        public int Again(int part)
        {
            _filled[part]++;
            _all++;
            return part;
        }
    }
}
