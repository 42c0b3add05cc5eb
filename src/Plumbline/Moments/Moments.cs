using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Second moments of design columns, M = Σ w z zᵀ over rows, held without rounding: all that a least-squares fit
/// needs from the data. Column 0 is the intercept (all ones), so row 0 holds Σw and the weighted sums.
/// Immutable. Moments of parts add up to the moments of the whole, bit for bit, in any order.
/// </summary>
public sealed partial class Moments
{
    private readonly ExactValue[] _upper;   // packed upper triangle, row by row

    internal Moments(
        IReadOnlyList<DesignColumn> columns,
        IReadOnlyList<RoundingSource> sources,
        long rows,
        ExactValue sumLogWeights,
        ExactValue[] upper)
    {
        if (upper.Length != PackedLength(columns.Count))
        {
            throw new ArgumentException($"Moments of {columns.Count} columns have {PackedLength(columns.Count)} entries, not {upper.Length}.", nameof(upper));
        }
        Columns = columns;
        Sources = sources;
        Rows = rows;
        SumLogWeights = sumLogWeights;
        _upper = upper;
    }

    /// <summary>The columns: the intercept first, then the predictors, then the response.</summary>
    public IReadOnlyList<DesignColumn> Columns { get; }

    /// <summary>What was measured, and how finely it is rounded.</summary>
    public IReadOnlyList<RoundingSource> Sources { get; }

    /// <summary>The number of rows with non-zero weight.</summary>
    public long Rows { get; }

    /// <summary>Σ log w over those rows (each logarithm rounded to a double, the sum exact); 0 without weights.</summary>
    public ExactValue SumLogWeights { get; }

    /// <summary>Σ w zᵢ zⱼ, exactly.</summary>
    /// <param name="i">A column.</param>
    /// <param name="j">A column.</param>
    public ExactValue this[int i, int j] => _upper[i <= j ? PackedIndex(i, j, Columns.Count) : PackedIndex(j, i, Columns.Count)];

    internal static int PackedLength(int k) => checked(k * (k + 1) / 2);

    internal static int PackedIndex(int i, int j, int k) => (i * k) - (i * (i - 1) / 2) + (j - i);
}
