namespace Plumbline;

/// <summary>
/// The best models of every number of terms, and by AIC and BIC, out of all that there are.
/// Method      the tree of dropping: a node is an ordered list of groups; its leading parts are models; a child drops one more. What a node's
///             groups all leave of the response is a bound for all models below it, and cuts those that cannot be better. Strong groups
///             stand first, so that most of the tree is cut. Models within 1e-8 of the best stay, and exact fits decide among them.
/// Cost        from thousands to millions of nodes of a few k² for 30 terms, according to how well the terms can be told apart; 2^terms at worst.
/// Source      Furnival, Wilson, Technometrics 16 (1974); Gatu, Kontoghiorghes, J. Comput. Graph. Statist. 15 (2006).
/// Fails when  there are more than 40 terms to choose from: refused.
/// </summary>
internal sealed class SubsetSearch
{
    public const int MostTerms = 40;
    private const double Close = 1 + 1e-8;

    private readonly CandidateModels _candidates;
    private readonly CancellationToken _cancellation;
    private readonly int[] _free;           // terms to choose from, strong ones first
    private readonly int _base;             // 1 when something is always in the model: group 0 then
    private readonly long _rows;
    private readonly bool _sizesOnly;       // no criterion, or every term is one column: then the best of each size are the best by any
    private readonly TriangularFactor[] _memory;
    private readonly int[][] _lists;
    private readonly double[] _penalties;
    private readonly double[] _best;
    private readonly double[] _bestByCriterion;
    private readonly List<(ulong Mask, double Value)>[] _found;
    private readonly List<(ulong Mask, double Value)>[] _foundByCriterion;
    private readonly ulong[] _margins;
    private readonly double[][] _leading;

    private SubsetSearch(CandidateModels candidates, CodedMoments coded, bool sizesOnly, CancellationToken cancellation)
    {
        _candidates = candidates;
        _cancellation = cancellation;
        Moments moments = coded.Model.Moments;
        _rows = moments.Rows;
        int[] free = [.. Enumerable.Range(0, candidates.Terms.Count).Except(candidates.Kept)];
        if (free.Length > MostTerms)
        {
            throw new PlumblineException("too-many-columns", $"There are {free.Length} terms to choose from, and best subsets are found among at most {MostTerms}. Keep some, leave some out, or go stepwise.");
        }
        int[] always = [.. coded.HasIntercept ? (int[])[0] : [], .. candidates.Kept.SelectMany(t => candidates.Terms[t].Columns).Select(coded.Place)];
        _base = always.Length > 0 ? 1 : 0;
        int[][] Groups(int[] order) => [.. _base == 1 ? [always] : (int[][])[], .. order.Select(t => candidates.Terms[t].Columns.Select(coded.Place).ToArray())];
        TriangularFactor Factor(int[] order) => TriangularFactor.Of((i, j) => i <= j ? moments[i, j] : moments[j, i], Groups(order), moments.Columns.Count - 1);
        TriangularFactor first = Factor(free), less = first.Empty();
        double[] without = [.. free.Select((_, n) =>
        {
            first.Without(_base + n, less);
            return less.Rss;
        })];
        _free = [.. free.Index().OrderByDescending(item => without[item.Index]).ThenBy(static item => item.Index).Select(static item => item.Item)];
        TriangularFactor root = Factor(_free);
        _memory = [root, .. _free.Select(_ => root.Empty())];
        _lists = [.. Enumerable.Range(0, _free.Length + 1).Select(_ => new int[_base + _free.Length])];
        _leading = [.. Enumerable.Range(0, _free.Length + 1).Select(_ => new double[_base + _free.Length + 1])];
        _sizesOnly = sizesOnly || _free.All(t => candidates.Terms[t].Columns.Count == 1);
        _penalties = [2, Math.Log(_rows)];
        _best = new double[_free.Length + 1];
        Array.Fill(_best, double.PositiveInfinity);
        _bestByCriterion = [double.PositiveInfinity, double.PositiveInfinity];
        _found = [.. _best.Select(static _ => new List<(ulong, double)>())];
        _foundByCriterion = [[], []];
        _margins = [.. _free.Select(t => Mask(candidates.Margins[t]))];
    }

    /// <summary>How many models had their RSS computed.</summary>
    public long Examined { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="candidates">The terms.</param>
    /// <param name="coded">The columns that the candidates are of.</param>
    /// <param name="criterion">AIC or BIC; null when the best of each size are all that is wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>For each number of terms beyond those kept the terms with the least RSS, and the best by the criterion (the whole without one).</returns>
    public static (IReadOnlyList<int[]> Sizes, int[] Best, long Examined) Run(
        CandidateModels candidates, CodedMoments coded, SelectionCriterion? criterion, CancellationToken cancellation)
    {
        var search = new SubsetSearch(candidates, coded, criterion is null, cancellation);
        for (int g = 0; g < search._lists[0].Length; g++)
        {
            search._lists[0][g] = g - search._base;
        }
        search.Visit(0, search._base - 1);
        int[][] sizes = [.. search._found.Where(static f => f.Count > 0).Select(found => search.Exact(found, static m => m.Rss))];
        int[] best = criterion is { } by
            ? sizes.Append(search.Exact(search._foundByCriterion[(int)by], m => m.By(by))).MinBy(terms => candidates.Fit(terms).By(by))!
            : sizes[^1];
        return (sizes, best, search.Examined);
    }

    /// <summary>A node: its leading parts longer than <paramref name="known"/> are new.</summary>
    private void Visit(int depth, int known)
    {
        TriangularFactor factor = _memory[depth];
        int[] list = _lists[depth];
        double[] rss = _leading[depth];
        factor.LeadingRss(rss);
        ulong mask = 0;
        for (int length = 0; length <= factor.Count; length++)
        {
            if (length > 0 && list[length - 1] >= 0)
            {
                mask |= 1UL << list[length - 1];
            }
            if (length > known && length >= _base)
            {
                Record(mask, length, rss[length], factor);
            }
        }
        // The smaller subtrees first: what they find cuts the larger ones.
        for (int drop = factor.Count - 1; drop >= Math.Max(known, _base); drop--)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!MayBeBetter(factor, factor.Rss, drop, factor.Count - 1))
            {
                continue;
            }
            TriangularFactor child = _memory[depth + 1];
            factor.Without(drop, child);
            int[] shorter = _lists[depth + 1];
            list.AsSpan(0, drop).CopyTo(shorter);
            list.AsSpan(drop + 1, factor.Count - drop - 1).CopyTo(shorter.AsSpan(drop));
            if (MayBeBetter(child, child.Rss, drop, child.Count))
            {
                Visit(depth + 1, drop);
            }
        }
    }

    /// <summary>Whether a model of more than <paramref name="known"/> groups, up to <paramref name="most"/>, with an RSS of at least the bound could be among the best.</summary>
    private bool MayBeBetter(TriangularFactor factor, double bound, int known, int most)
    {
        for (int length = known + 1; length <= most; length++)
        {
            if (bound <= _best[length - _base] * Close)
            {
                return true;
            }
        }
        if (_sizesOnly || known >= most)
        {
            return false;
        }
        int rank = factor.LeadingRank(known);
        return Enumerable.Range(0, 2).Any(c => Criterion(c, bound, rank) <= _bestByCriterion[c] + 1e-6);
    }

    private double Criterion(int which, double rss, int rank) => rss > 0 ? (_rows * Math.Log(rss)) + (_penalties[which] * rank) : double.NegativeInfinity;

    private void Record(ulong mask, int length, double rss, TriangularFactor factor)
    {
        Examined++;
        for (ulong left = mask; left != 0; left &= left - 1)
        {
            ulong margin = _margins[System.Numerics.BitOperations.TrailingZeroCount(left)];
            if ((margin & mask) != margin)
            {
                return;
            }
        }
        Keep(_found[length - _base], ref _best[length - _base], mask, rss, _best[length - _base] * Close, rss * Close);
        int rank = factor.LeadingRank(length);
        for (int c = 0; c < 2; c++)
        {
            double value = Criterion(c, rss, rank);
            Keep(_foundByCriterion[c], ref _bestByCriterion[c], mask, value, _bestByCriterion[c] + 1e-6, value + 1e-6);
        }
    }

    private static void Keep(List<(ulong Mask, double Value)> found, ref double best, ulong mask, double value, double limit, double newLimit)
    {
        if (!(value <= limit))
        {
            return;
        }
        if (value < best)
        {
            best = value;
            found.RemoveAll(f => f.Value > newLimit);
        }
        found.Add((mask, value));
    }

    private int[] Exact(List<(ulong Mask, double Value)> found, Func<SubsetModel, double> by) => found
        .Select(f => (int[])[.. _candidates.Kept.Concat(_free.Index().Where(t => (f.Mask >> t.Index & 1) != 0).Select(static t => t.Item)).Order()])
        .OrderBy(static terms => string.Join(',', terms.Select(static t => t.ToString("D4", System.Globalization.CultureInfo.InvariantCulture))), StringComparer.Ordinal)
        .MinBy(terms => by(_candidates.Fit(terms)))!;

    private ulong Mask(int[] terms) => _free.Index().Where(t => terms.Contains(t.Item)).Aggregate(0UL, static (mask, t) => mask | (1UL << t.Index));
}
