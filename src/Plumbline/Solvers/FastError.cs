namespace Plumbline;

/// <summary>
/// What rounding can have done to moments summed in doubles, as a bound on every entry: |δ_ij| ≤ γ·a_i·a_j + a_i·η_j + η_i·a_j.
/// a_i is the length of column i in the shifted units (plus what centering or unshifting adds), η_i what rounding
/// its values does to it as a vector.
/// </summary>
/// <remarks>
/// Model       products and weights are rounded once each; blocks of at most <see cref="BlockRows"/> rows are summed in any
///             order and then added to a running total: γ = (BlockRows + n/128 + 12)·u, u = 2⁻⁵³. Taking the shift off
///             rounds each value once more. Values that a double cannot hold (powers, products, large integers) were
///             rounded before the shift, too.
/// Cost        p operations a product with a vector: the bound has rank 2.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §4.2.
/// </remarks>
internal sealed class FastError(double[] lengths, double[] shifts, double gamma)
{
    /// <summary>Rows summed at a stretch, at most.</summary>
    public const int BlockRows = 256;

    private const double Unit = ColumnInfo.DoubleUnit;

    /// <summary>a.</summary>
    public double[] Lengths => lengths;

    /// <summary>η.</summary>
    public double[] Shifts => shifts;

    /// <summary>γ.</summary>
    public double Gamma => gamma;

    /// <summary>The bounds for all columns of the moments, when <paramref name="moved"/> is taken off (or put back on) each.</summary>
    public static FastError Of(FastMoments moments, double[] moved)
    {
        int k = moments.Columns.Count;
        double root = Math.Sqrt(moments[0, 0]);
        var lengths = new double[k];
        var shifts = new double[k];
        for (int i = 0; i < k; i++)
        {
            double length = Math.Sqrt(moments[i, i]);
            lengths[i] = (length + (Math.Abs(moved[i]) * root)) * (1 + 1e-9);
            shifts[i] = 4 * Unit * (length + (IsExactAsDouble(moments, i) ? 0 : (Math.Abs(moments.Shift[i]) * root) + length));
        }
        shifts[0] = 0;
        return new FastError(lengths, shifts, (BlockRows + (moments.Rows / 128.0) + 12) * Unit * 1.01);
    }

    /// <summary>The bounds for some of the columns, divided by the given scales.</summary>
    public FastError Select(IReadOnlyList<int> columns, double[] scales)
        => new([.. columns.Select((c, i) => lengths[c] / scales[i])], [.. columns.Select((c, i) => shifts[c] / scales[i])], gamma);

    /// <summary>Σ_j |δ_ij|·x_j for every i, x ≥ 0.</summary>
    public double[] Times(double[] x)
    {
        double a = Dot(lengths, x), h = Dot(shifts, x);
        var result = new double[lengths.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (lengths[i] * ((gamma * a) + h)) + (shifts[i] * a);
        }
        return result;
    }

    /// <summary>Σ_ij |δ_ij|·x_i·x_j, x ≥ 0.</summary>
    public double Form(double[] x)
    {
        double a = Dot(lengths, x), h = Dot(shifts, x);
        return (gamma * a * a) + (2 * a * h);
    }

    public static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /// <summary>One source to the first power, and no whole number beyond 2⁵³: nothing was rounded before the shift.</summary>
    private static bool IsExactAsDouble(FastMoments moments, int column)
    {
        IReadOnlyList<int> degrees = moments.Columns[column].Degrees;
        int total = 0;
        bool isWhole = true;
        for (int s = 0; s < degrees.Count; s++)
        {
            total += degrees[s];
            isWhole &= degrees[s] == 0 || moments.Sources[s].Unit == 0;
        }
        return total <= 1 && !(isWhole && Math.Abs(moments.Shift[column]) + Math.Sqrt(moments[column, column]) > 1L << 52);
    }
}
