namespace Plumbline;

/// <summary>Which part a row belongs to.</summary>
internal abstract record FoldRule
{
    /// <summary>Whether the hash matters.</summary>
    public virtual bool NeedsHash => true;

    /// <summary>The part of a row with this hash and this value of the further column.</summary>
    public abstract int PartOf(ulong hash, double key);

    /// <summary>By the hash alone: needs no look at the rows, and parts are about as large as their shares.</summary>
    internal sealed record ByHash(double[] Ends) : FoldRule
    {
        public override int PartOf(ulong hash, double key) => FirstAbove(Ends, RowHash.FractionOf(hash));
    }

    /// <summary>As it was dealt, row by row.</summary>
    internal sealed record Dealt(Dictionary<ulong, int> Parts) : FoldRule
    {
        public override int PartOf(ulong hash, double key) => Parts.GetValueOrDefault(hash, -1);
    }

    /// <summary>As groups were dealt, by their value.</summary>
    internal sealed record Grouped(Dictionary<double, int> Parts) : FoldRule
    {
        public override bool NeedsHash => false;

        public override int PartOf(ulong hash, double key) => Parts.GetValueOrDefault(key, -1);
    }

    /// <summary>By cuts in the order: part i ends with value i.</summary>
    internal sealed record Ordered(double[] Ends) : FoldRule
    {
        public override bool NeedsHash => false;

        public override int PartOf(ulong hash, double key)
        {
            int part = 0;
            foreach (double end in Ends)
            {
                part += end < key ? 1 : 0;
            }
            return part;
        }
    }

    /// <summary>The ends of the parts, as running sums of their shares; the last is left out.</summary>
    public static double[] EndsOf(double[] shares)
    {
        double[] ends = new double[shares.Length - 1];
        double sum = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = sum += shares[i];
        }
        return ends;
    }

    private static int FirstAbove(double[] ends, double value)
    {
        int part = Array.BinarySearch(ends, value);
        return part < 0 ? ~part : part + 1;
    }
}
