using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// The columns that have a coefficient, in terms of plain columns (parts in cells of categories), norms included: column i of the fit is
/// Σ factor · plain column.
/// </summary>
internal sealed class KeptColumns
{
    private readonly (PlainColumn Column, ExactValue Factor)[][] _combinations;

    /// <param name="coded">The columns of the model.</param>
    /// <param name="solution">Which of them have a coefficient.</param>
    public KeptColumns(CodedMoments coded, LeastSquaresSolution solution)
    {
        Geometry = solution.Geometry;
        _combinations = [.. solution.Kept.Select(k =>
        {
            CodedColumn column = coded.Design.Columns[k - coded.Place(0)];
            (DoubleDouble value, int power) = ColumnNorms.Root(column.NormSquared);
            ExactValue inverse = (DoubleDouble.From(1) / value).ToExact().Scale(-power);
            return column.Combination.Where(static c => !c.Factor.IsZero).Select(c => (c.Column, c.Factor * inverse)).ToArray();
        })];
    }

    /// <summary>How many.</summary>
    public int Count => _combinations.Length;

    /// <summary>Scales, estimates and the root of the inverse.</summary>
    public LeastSquaresGeometry Geometry { get; }

    /// <summary>Column i.</summary>
    public IReadOnlyList<(PlainColumn Column, ExactValue Factor)> this[int i] => _combinations[i];

    /// <summary>The parts that columns are made of, ascending; the constant among them.</summary>
    public int[] Parts => [.. _combinations.SelectMany(static c => c.Select(static t => t.Column.Part)).Distinct().Order()];

    /// <summary>The estimate of column i, in the data's units.</summary>
    public ExactValue Estimate(int i) => Geometry.Estimates[i].ToExact().Scale(Geometry.ResidualPower - Geometry.Powers[i]);

    /// <summary>Σ ω x xᵀ over these columns, for scaled residuals in ω, from the sums of plain columns.</summary>
    public Func<int, int, ExactValue> Middle(CellMoments sums)
    {
        int k = Count;
        ExactValue[] packed = new ColumnCombinations(sums, _combinations).Packed();
        return (i, j) => packed[Moments.PackedIndex(Math.Min(i, j), Math.Max(i, j), k)].Scale(-2 * Geometry.ResidualPower);
    }
}
