using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Second moments in plain doubles about a shift: with z̃₀ = 1 and z̃ⱼ = zⱼ − cⱼ, the sums Σ w z̃ z̃ᵀ, rounded.
/// The shift is a row of the data or near it, so that the sums lose little; the solver centres the rest.
/// </summary>
internal sealed class FastMoments(
    IReadOnlyList<DesignColumn> columns,
    IReadOnlyList<RoundingSource> sources,
    long rows,
    ExactValue sumLogWeights,
    double[] shift,
    double[] upper)
{
    /// <summary>The columns: the intercept first, then the predictors, then the response.</summary>
    public IReadOnlyList<DesignColumn> Columns { get; } = columns;

    /// <summary>What was measured, and how finely it is rounded.</summary>
    public IReadOnlyList<RoundingSource> Sources { get; } = sources;

    /// <summary>The number of rows with non-zero weight.</summary>
    public long Rows { get; } = rows;

    /// <summary>Σ log w; 0 without weights.</summary>
    public ExactValue SumLogWeights { get; } = sumLogWeights;

    /// <summary>What was taken from each column before squaring; 0 for the intercept.</summary>
    public IReadOnlyList<double> Shift { get; } = shift;

    /// <summary>Σ w z̃ᵢ z̃ⱼ.</summary>
    public double this[int i, int j] => i <= j
        ? upper[Moments.PackedIndex(i, j, Columns.Count)]
        : upper[Moments.PackedIndex(j, i, Columns.Count)];
}
