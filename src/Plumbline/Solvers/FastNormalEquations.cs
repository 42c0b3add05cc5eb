using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Least squares from moments summed in doubles: as accurate as those sums allow, with a count of digits that the
/// worst case of their rounding cannot take away.
/// </summary>
/// <remarks>
/// Method      the rounded moments are centered and inverted in double-double; what their rounding δ can do follows from
///             (Ĉ − δ)⁻¹: with S = Ĉ⁻¹, f = |δc| + |δC|·|b| and x = |S|·f, the error of b is below x/(1 − ρ), ρ = ‖|S|·|δC|‖,
///             and those of RSS and of the inverse's diagonal follow from the same bound (<see cref="FastError"/>).
/// Cost        about 2p³ multiply–adds in double-double.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §7.2.
/// Fails when  the condition exceeds what doubles hold (about 10⁷ for thousands of rows): 0 digits are claimed. A column
///             that looks aliased may be one that doubles cannot tell: then 0 digits are claimed for all.
/// </remarks>
internal static class FastNormalEquations
{
    /// <summary>Solves for the last column of the moments on the others.</summary>
    /// <param name="moments">Column 0 is the intercept, the last column the response.</param>
    /// <param name="hasIntercept">Whether the intercept is a predictor.</param>
    /// <exception cref="PlumblineException"><c>no-rows</c>: no row has a non-zero weight.</exception>
    public static LeastSquaresSolution Solve(FastMoments moments, bool hasIntercept)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Rows == 0)
        {
            throw new PlumblineException("no-rows", "There is no row to fit: every row is missing a value or has weight 0.");
        }
        var matrix = new FastMatrix(moments, hasIntercept);
        FastRank rank = FastRank.Of(moments, matrix, hasIntercept);
        return new FastSolution(moments, matrix, rank, hasIntercept).Assemble();
    }
}
