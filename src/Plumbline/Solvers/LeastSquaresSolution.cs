using System.Collections.Immutable;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A kept column's part in the equation of an aliased one.</summary>
/// <param name="Column">Index into the moments' columns.</param>
/// <param name="Multiplier">What the column is multiplied by.</param>
internal readonly record struct AliasPart(int Column, double Multiplier);

/// <summary>A column that the kept columns before it determine: column = Σ multiplier · kept column.</summary>
/// <param name="Column">Index into the moments' columns.</param>
/// <param name="Parts">The equation; empty for a column of zeros.</param>
/// <param name="IsExact">Whether the equation, with the rational multipliers that the doubles stand for, was verified without rounding.</param>
internal sealed record AliasEquation(int Column, ImmutableArray<AliasPart> Parts, bool IsExact);

/// <summary>A column that was kept although little more than rounding tells it from the kept columns before it.</summary>
/// <param name="Column">Index into the moments' columns.</param>
/// <param name="Ratio">What the earlier columns leave of it, over what rounding could make; aliased at 1 or below.</param>
internal sealed record NearAlias(int Column, double Ratio);

/// <summary>
/// A least-squares fit as numbers. Arrays over coefficients have the order of <see cref="Kept"/>.
/// NaN where a quantity is not defined.
/// </summary>
internal sealed record LeastSquaresSolution
{
    /// <summary>The columns with a coefficient, as indices into the moments' columns, in the order of the candidates.</summary>
    public required ImmutableArray<int> Kept { get; init; }

    /// <summary>The columns without one.</summary>
    public required ImmutableArray<AliasEquation> Aliased { get; init; }

    /// <summary>Kept columns that deserve a warning.</summary>
    public required ImmutableArray<NearAlias> NearlyAliased { get; init; }

    /// <summary>The estimates.</summary>
    public required ImmutableArray<double> Estimates { get; init; }

    /// <summary>Their standard errors; NaN without residual degrees of freedom, 0 for an exact fit.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>Estimate over standard error; NaN for an exact fit.</summary>
    public required ImmutableArray<double> T { get; init; }

    /// <summary>Correct significant digits of each estimate; null for an exact 0.</summary>
    public required ImmutableArray<int?> Digits { get; init; }

    /// <summary>Correct significant digits of each standard error; null for an exact 0 or NaN.</summary>
    public required ImmutableArray<int?> StandardErrorDigits { get; init; }

    /// <summary>σ̂²·(XᵀWX)⁻¹, row by row; NaN without residual degrees of freedom.</summary>
    public required ImmutableArray<ImmutableArray<double>> Covariance { get; init; }

    /// <summary>Columns of an upper triangular U with UUᵀ = (XᵀWX)⁻¹, column k down to row k; empty when not known.</summary>
    public ImmutableArray<ImmutableArray<double>> InverseRoot { get; init; } = [];

    /// <summary>What a second look at the rows needs, more precisely than doubles hold it.</summary>
    public required LeastSquaresGeometry Geometry { get; init; }

    /// <summary>The diagonal of (XᵀWX)⁻¹.</summary>
    public required ImmutableArray<double> InverseDiagonal { get; init; }

    /// <summary>Encloses the residual sum of squares, so that the difference of two of them does not cancel; [0, 0] when it is exactly 0, null when fast.</summary>
    public ExactInterval? RssEnclosure { get; init; }

    /// <summary>Sums of squares, R², F, likelihood.</summary>
    public required FitStatistics Statistics { get; init; }

    /// <summary>The 2-norm condition number of the kept columns, each scaled to unit length, not centered; NaN without columns.</summary>
    public required double Condition { get; init; }

    /// <summary>The number of coefficients.</summary>
    public int Rank => Kept.Length;
}
