namespace Plumbline;

/// <summary>
/// Tells causes apart, on rows that were kept: whether a row is wild or the law of the errors has such rows, and what a gain of the mean is worth
/// under the law that makes the rows most likely.
/// </summary>
/// <remarks>
/// Method      scores of <see cref="Laws"/>. A wild row has a mean of its own, which costs log n for its place, 1 for its size, and up to 4 when its
///             columns are as usual as any row's; each further one 3 more.
/// Cost        some dozens of weighted fits to at most 2,000 rows.
/// Fails when  a model has more than 40 coefficients, or there are more rows than are kept: then moments alone must do.
/// </remarks>
internal sealed class Causes
{
    private const int MostCoefficients = 40;
    private const double Most = 2000;
    private const double Least = 500;
    private const double Operations = 1e6;
    private const double MostSurprise = 4;
    private const double Another = 3;               // where one row is wild, a second one is a surprise
    private const double UnusualLeverage = 3;       // times the mean leverage

    private readonly CheckLayout _layout;
    private readonly bool _isOrdered;
    private readonly LawRows _all;
    private readonly Dictionary<string, Laws> _known = [];
    private LawRows _rows;
    private double _left;

    private Causes(CheckLayout layout, CheckRow[] kept, bool isOrdered)
    {
        _layout = layout;
        _isOrdered = isOrdered && !layout.IsFrequency;
        _rows = _all = new LawRows(layout, kept);
        _left = layout.Rows;
    }

    /// <summary>So many rows are kept, none when the model has too many coefficients.</summary>
    public static int MostRows(CheckLayout layout)
    {
        double k = layout.Coefficients;
        return k > MostCoefficients ? 0 : (int)Math.Clamp(Operations / (k * k), Least, Most);
    }

    /// <summary>For rows that were kept; null when they are too few to tell anything, or not all: with many rows moments tell enough.</summary>
    public static Causes? Of(CheckLayout layout, CheckRow[] kept, bool isOrdered) => kept.Length < (3 * layout.Coefficients) + 8 || kept.Length >= MostRows(layout) ? null : new Causes(layout, kept, isOrdered);

    /// <summary>Takes rows out.</summary>
    public void Exclude(HashSet<long> rows, double left)
    {
        _known.Clear();
        _rows = _all.Without(rows);
        _left = left;
    }

    /// <summary>The laws with some columns of the mean.</summary>
    /// <param name="added">Columns beside those of the model.</param>
    /// <param name="last">The last row before a border at which the coefficients change; 0 for none.</param>
    public Laws With(IReadOnlyList<int> added, long last = 0)
    {
        string key = $"{last}:{string.Join(',', added)}";
        if (!_known.TryGetValue(key, out Laws? laws))
        {
            _known.Add(key, laws = new Laws(_rows, _rows.Mean(added, last), _left, _isOrdered));
        }
        return laws;
    }

    /// <summary>p of columns or a border more, the law of errors allowed for: the classical one where that is normal.</summary>
    /// <param name="classical">p under the normal law.</param>
    /// <param name="with">Columns and border with what is tested.</param>
    /// <param name="without">And without.</param>
    public double P(double classical, (IReadOnlyList<int> Added, long Last) with, (IReadOnlyList<int> Added, long Last) without)
    {
        Laws laws = With(with.Added, with.Last);
        return laws.IsPlain ? classical
            : Math.Max(classical, laws.P(With(without.Added, without.Last)));
    }

    /// <summary>The first rows of some that are wild, rather than of the law that the others follow.</summary>
    /// <param name="found">Rows that stand out, the most first.</param>
    public List<CheckRow> Wild(List<CheckRow> found)
    {
        double best = With([]).Best;
        int most = 0;
        for (int m = found.Count; m > 0; m--)
        {
            LawRows others = _all.Without([.. found.Take(m).Select(static r => r.Row)]);
            var laws = new Laws(others, others.Mean([]), _left - m, isOrdered: false);
            double alone = laws.Best - (Another * (m - 1)), same = laws.Best;
            foreach (CheckRow row in found.Take(m))
            {
                double[] z = row.Columns[.._layout.Coefficients];
                double residual = LawRows.Factor(_layout, row) * row.Columns[_layout.Residual] / Math.Max(1e-6, 1 - row.Leverage);
                alone += laws.Law.LogDensity(0, z) - Math.Log(_left) - Surprise(row);
                same += laws.Law.LogDensity(residual, z);
            }
            best = Math.Max(best, same);
            if (alone > best)
            {
                (best, most) = (alone, m);
            }
        }
        return found[..most];
    }

    /// <summary>What a wild row costs beside log n: little when its columns are unusual, too, so that it may well be of another kind.</summary>
    private double Surprise(CheckRow row)
    {
        double relative = row.Leverage * _layout.Rows / _layout.Coefficients;
        return 1 + (MostSurprise * Math.Clamp((UnusualLeverage - relative) / (UnusualLeverage - 1), 0, 1));
    }
}
