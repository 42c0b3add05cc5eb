using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Tests made from sums of squares of an auxiliary regression, or of fits to parts of the rows.
/// </summary>
/// <remarks>
/// Method      stated at each. n rows, k coefficients of the model, RSS its residual sum of squares, σ² = RSS/n; with weights the residuals are
///             √w·e.
/// Source      Breusch, Pagan, Econometrica 47 (1979); Koenker, J. Econometrics 17 (1981); White, Econometrica 48 (1980); Breusch,
///             Australian Economic Papers 17 (1978), Godfrey, Econometrica 46 (1978); Ramsey, JRSS B 31 (1969); Chow, Econometrica 28
///             (1960). The forms are those of lmtest's <c>bptest</c>, <c>bgtest</c>, <c>resettest</c> and strucchange's <c>sctest</c>.
/// Fails when  degrees of freedom or a sum of squares that is divided by is 0: <see cref="TestValue.Undefined"/>, or F = ∞ where only the
///             larger model is exact. Where next to nothing is explained and sums come as doubles, the statistic has few digits (its p has all).
/// </remarks>
internal static class AuxiliaryTests
{
    /// <summary>
    /// Breusch–Pagan, studentized by Koenker, and White: n·R² of the regression of e² on z, an intercept among the z; χ² with rank − 1
    /// degrees of freedom. z are the model's columns for Breusch–Pagan; for White also their squares and products, or ŷ and ŷ².
    /// </summary>
    /// <param name="tss">Σ (e² − σ²)².</param>
    /// <param name="residual">Residual sum of squares of that regression.</param>
    /// <param name="rows">n.</param>
    /// <param name="rank">Rank of the z, the intercept included.</param>
    public static TestValue Studentized(DoubleDouble tss, DoubleDouble residual, double rows, int rank) =>
        tss.High > 0 ? TestValue.ChiSquared((rows * Difference(tss, residual) / tss).High, rank - 1) : TestValue.Undefined;

    /// <summary>The same as an F test of that regression (statsmodels' <c>f_pvalue</c>).</summary>
    /// <inheritdoc cref="Studentized"/>
    public static TestValue StudentizedF(DoubleDouble tss, DoubleDouble residual, double rows, int rank) => Nested(tss, residual, rank - 1, rows - rank);

    /// <summary>Breusch–Pagan as first stated, for Gaussian errors: ½·ESS/σ⁴ of the same regression; χ² with rank − 1 degrees of freedom.</summary>
    /// <param name="tss">Σ (e² − σ²)².</param>
    /// <param name="residual">Residual sum of squares of the regression of e² on z.</param>
    /// <param name="rss">RSS of the model.</param>
    /// <param name="rows">n.</param>
    /// <param name="rank">Rank of the z, the intercept included.</param>
    public static TestValue Classic(DoubleDouble tss, DoubleDouble residual, DoubleDouble rss, double rows, int rank)
    {
        DoubleDouble variance = rss / rows;
        return variance.High > 0 ? TestValue.ChiSquared((0.5 * Difference(tss, residual) / variance / variance).High, rank - 1) : TestValue.Undefined;
    }

    /// <summary>Breusch–Godfrey: n·R² of the regression of e on the model's columns and m lagged e (0 before the first); χ² with m degrees of freedom.</summary>
    /// <param name="rss">RSS of the model.</param>
    /// <param name="residual">Residual sum of squares with the lagged e.</param>
    /// <param name="rows">n.</param>
    /// <param name="order">m.</param>
    public static TestValue BreuschGodfrey(DoubleDouble rss, DoubleDouble residual, double rows, int order) =>
        rss.High > 0 ? TestValue.ChiSquared((rows * Difference(rss, residual) / rss).High, order) : TestValue.Undefined;

    /// <summary>The same as an F test with m and n − k − m degrees of freedom.</summary>
    /// <param name="rss">RSS of the model.</param>
    /// <param name="residual">Residual sum of squares with the lagged e.</param>
    /// <param name="rows">n.</param>
    /// <param name="coefficients">k.</param>
    /// <param name="order">m.</param>
    public static TestValue BreuschGodfreyF(DoubleDouble rss, DoubleDouble residual, double rows, int coefficients, int order) =>
        Nested(rss, residual, order, rows - coefficients - order);

    /// <summary>Ramsey's RESET: the F test of q added columns (powers of ŷ), with q and n − k − q degrees of freedom.</summary>
    /// <param name="rss">RSS of the model.</param>
    /// <param name="residual">Residual sum of squares with the powers.</param>
    /// <param name="rows">n.</param>
    /// <param name="coefficients">k.</param>
    /// <param name="added">q: by how much the rank grew.</param>
    public static TestValue Reset(DoubleDouble rss, DoubleDouble residual, double rows, int coefficients, int added) =>
        Nested(rss, residual, added, rows - coefficients - added);

    /// <summary>Chow: whether parts of the rows have the same coefficients; F with Σ ranks − k and n − Σ ranks degrees of freedom.</summary>
    /// <param name="rss">RSS of the model.</param>
    /// <param name="parts">Sum of the RSS of fits to the parts.</param>
    /// <param name="rows">n.</param>
    /// <param name="coefficients">k.</param>
    /// <param name="ranks">Sum of the ranks of the fits to the parts; k times their number when no part lost a column.</param>
    public static TestValue Chow(DoubleDouble rss, DoubleDouble parts, double rows, int coefficients, int ranks) =>
        Nested(rss, parts, ranks - coefficients, rows - ranks);

    /// <summary>The F test of a smaller against a larger model.</summary>
    private static TestValue Nested(DoubleDouble smaller, DoubleDouble larger, double added, double left) =>
        added > 0 && left > 0 && smaller.High > 0 ? TestValue.F((Difference(smaller, larger) / added / (larger / left)).High, added, left) : TestValue.Undefined;

    /// <summary>What a larger model explains; rounding cannot make it negative.</summary>
    private static DoubleDouble Difference(DoubleDouble smaller, DoubleDouble larger) => larger >= smaller ? 0 : smaller - larger;
}
