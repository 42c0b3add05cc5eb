using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// Rounds auxiliary columns to multiples of a power of two, so that the exact sums need two or three slices of each rather than three to six.
/// </summary>
/// <remarks>
/// Method      v ← (v + 1.5·2⁵²q) − 1.5·2⁵²q for the unit q, the same bits whatever the width of vectors. coarse, q is 2⁻³⁸ of the column's scale:
///             each value moves by 2⁻³⁹ at most, in no direction, and a mean over n rows by some 2⁻⁴⁰/√n; from <see cref="LeastRows"/> on that
///             is 2⁻⁴⁸. Regressions multiply it by the condition of the columns, which is small when coarse rounding is used. Fine, q is 2⁻⁵² of
///             the scale, no more than doubles of that size are rounded anyway. The sums of the rounded values are exact, so no order of rows matters.
/// Cost        two additions a value.
/// Fails when  values are beyond 2⁴³ units (2⁶⁵): they need one more slice, which costs time and no digits.
/// </remarks>
internal sealed class ColumnRounding
{
    /// <summary>From so many rows on columns are rounded.</summary>
    public const long LeastRows = 1 << 16;

    private const double Magic = 6755399441055744.0;        // 1.5 · 2⁵²
    private const int CoarseBits = 38;
    private const int FineBits = 52;

    private readonly double[] _magic;               // 0 for columns that stay

    private ColumnRounding(double[] magic, bool isCoarse)
    {
        _magic = magic;
        IsCoarse = isCoarse;
    }

    /// <summary>Whether a column that depends on others may seem not to, by 10⁻¹⁶ of its square or less.</summary>
    public bool IsCoarse { get; }

    /// <summary>Of columns whose values are about 2^powers[j] in size; null for those that stay as they are.</summary>
    public static ColumnRounding Of(bool isCoarse, ReadOnlySpan<int?> powers)
    {
        var magic = new double[powers.Length];
        for (int j = 0; j < magic.Length; j++)
        {
            magic[j] = powers[j] is { } power ? Math.ScaleB(Magic, power - (isCoarse ? CoarseBits : FineBits)) : 0;
        }
        return new ColumnRounding(magic, isCoarse);
    }

    /// <summary>Rounds the values of a column.</summary>
    public void Round(int column, Span<double> values)
    {
        double magic = _magic[column];
        if (magic == 0)
        {
            return;
        }
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var wide = new Vector<double>(magic);
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] = (vectors[v] + wide) - wide;
        }
        for (int r = vectors.Length * Vector<double>.Count; r < values.Length; r++)
        {
            values[r] = (values[r] + magic) - magic;
        }
    }
}
