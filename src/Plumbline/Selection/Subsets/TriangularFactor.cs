using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The R of a QR decomposition of columns and a response, in groups of columns, with groups taken out.
/// Method      RᵀR is the matrix of moments, factored in double-double and rounded: as good as a QR of the rows. A group is taken out by
///             Givens rotations of the rows below it. A column that those before it determine has no row: the factor is a staircase. The residual
///             sum of squares of the first groups is what the response has in the rows after theirs.
/// Cost        k³/3 at first; 3(k − a)² to take out a column at a.
/// Source      Golub, Van Loan, Matrix Computations, 4th ed., §6.5; Gatu, Kontoghiorghes, Comput. Statist. Data Anal. 50 (2006).
/// </summary>
internal sealed class TriangularFactor
{
    private const double Dependent = 1e-20;     // of a squared pivot; double-double leaves 1e-30
    private const double Negligible = 1e-9;     // of a pivot, columns of length 1

    private readonly int _stride;
    private readonly double[] _r;               // row by row; the response in column _stride − 1
    private readonly int[] _ends;               // where each group ends
    private readonly int[] _ranks;              // how many rows the columns up to this one have

    private TriangularFactor(int stride, int groups)
    {
        _stride = stride;
        _ranks = new int[stride];
        _r = new double[stride * stride];
        _ends = new int[groups];
    }

    /// <summary>How many groups.</summary>
    public int Count { get; private set; }

    /// <summary>What all groups leave of the response.</summary>
    public double Rss { get; private set; }

    /// <summary>Factors moments.</summary>
    /// <param name="moment">The moment of two columns, in any units.</param>
    /// <param name="groups">Columns, group by group.</param>
    /// <param name="response">The response's column.</param>
    public static TriangularFactor Of(Func<int, int, ExactValue> moment, int[][] groups, int response)
    {
        int[] columns = [.. groups.SelectMany(static g => g), response];
        int k = columns.Length;
        var factor = new TriangularFactor(k, groups.Length) { Count = groups.Length };
        for (int g = 0, end = 0; g < groups.Length; g++)
        {
            factor._ends[g] = end += groups[g].Length;
        }
        int[] powers = [.. columns.Select(c => moment(c, c) is { IsZero: false } square ? -square.Magnitude / 2 : 0)];
        var a = new DoubleDouble[k, k];
        for (int i = 0; i < k; i++)
        {
            for (int j = i; j < k; j++)
            {
                a[i, j] = DoubleDouble.From(moment(columns[i], columns[j]).Scale(powers[i] + powers[j]));
            }
        }
        int row = 0;
        for (int i = 0; i < k - 1; i++)
        {
            if (a[i, i].High > Dependent)
            {
                DoubleDouble root = DoubleDouble.Sqrt(a[i, i]);
                factor._r[(row * k) + i] = root.High;
                for (int j = i + 1; j < k; j++)
                {
                    a[i, j] /= root;
                    factor._r[(row * k) + j] = a[i, j].High;
                }
                for (int s = i + 1; s < k; s++)
                {
                    for (int j = s; j < k; j++)
                    {
                        a[s, j] -= a[i, s] * a[i, j];
                    }
                }
                row++;
            }
            factor._ranks[i] = row;
        }
        factor.Rss = Math.Max(0, a[k - 1, k - 1].High);
        return factor;
    }

    /// <summary>Memory for a factor of the same size.</summary>
    public TriangularFactor Empty() => new(_stride, _ends.Length);

    /// <summary>Where a group starts.</summary>
    private int Start(int group) => group == 0 ? 0 : _ends[group - 1];

    /// <summary>The rank of the first groups.</summary>
    public int LeadingRank(int groups) => groups == 0 || _ends[groups - 1] == 0 ? 0 : _ranks[_ends[groups - 1] - 1];

    /// <summary>For j from 0 to <see cref="Count"/>: what the first j groups leave of the response.</summary>
    public void LeadingRss(Span<double> rss)
    {
        double sum = Rss;
        rss[Count] = sum;
        for (int g = Count - 1; g >= 0; g--)
        {
            for (int row = LeadingRank(g + 1) - 1; row >= LeadingRank(g); row--)
            {
                double y = _r[(row * _stride) + _stride - 1];
                sum += y * y;
            }
            rss[g] = sum;
        }
    }

    /// <summary>Writes the factor without one of its groups into other memory.</summary>
    public void Without(int group, TriangularFactor into)
    {
        int start = Start(group), size = _ends[group] - start, after = _ends[Count - 1] - size, y = _stride - 1, rows = LeadingRank(Count);
        for (int g = 0, to = 0; g < Count; g++)
        {
            if (g != group)
            {
                into._ends[to++] = g < group ? _ends[g] : _ends[g] - size;
            }
        }
        double[] r = into._r;
        for (int row = 0; row < rows; row++)
        {
            _r.AsSpan(row * _stride, start).CopyTo(r.AsSpan(row * _stride));
            _r.AsSpan((row * _stride) + start + size, after - start).CopyTo(r.AsSpan((row * _stride) + start));
            r[(row * _stride) + y] = _r[(row * _stride) + y];
        }
        _ranks.AsSpan(0, start).CopyTo(into._ranks);
        int pivot = LeadingRank(group);
        for (int c = start; c < after; c++)
        {
            int bottom = _ranks[c + size];      // rows that the column has something in
            for (int row = bottom - 1; row > pivot; row--)
            {
                Rotate(r.AsSpan((row - 1) * _stride, _stride), r.AsSpan(row * _stride, _stride), c, after, y);
            }
            if (pivot < bottom)
            {
                ref double entry = ref r[(pivot * _stride) + c];
                bool counts = Math.Abs(entry) > Negligible;
                entry = counts ? entry : 0;
                pivot += counts ? 1 : 0;
            }
            into._ranks[c] = pivot;
        }
        double rss = Rss;
        for (int row = pivot; row < rows; row++)
        {
            double left = r[(row * _stride) + y];
            rss += left * left;
        }
        into.Rss = rss;
        into.Count = Count - 1;
    }

    // Makes entry c of the lower row 0.
    private static void Rotate(Span<double> upper, Span<double> lower, int c, int end, int y)
    {
        if (lower[c] == 0)
        {
            return;
        }
        double length = Math.Sqrt((upper[c] * upper[c]) + (lower[c] * lower[c]));
        double cos = upper[c] / length, sin = lower[c] / length;
        for (int j = c; j < end; j++)
        {
            (upper[j], lower[j]) = ((cos * upper[j]) + (sin * lower[j]), (cos * lower[j]) - (sin * upper[j]));
        }
        (upper[y], lower[y]) = ((cos * upper[y]) + (sin * lower[y]), (cos * lower[y]) - (sin * upper[y]));
        lower[c] = 0;
    }
}
