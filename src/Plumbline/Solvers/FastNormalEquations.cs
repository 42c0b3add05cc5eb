using System.Collections.Immutable;
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

    /// <summary>The same from exact moments, which are rounded once: about the means when there is an intercept.</summary>
    /// <inheritdoc cref="NormalEquations.Solve(ModelMoments, bool)"/>
    public static LeastSquaresSolution Solve(ModelMoments model, bool hasIntercept)
    {
        LeastSquaresSolution solution = Solve(Rounded(model.Moments), hasIntercept);
        return model.IsPlain ? solution : Normalized(solution, model);
    }

    /// <summary>Columns over their norms: their coefficients are √N times those found.</summary>
    private static LeastSquaresSolution Normalized(LeastSquaresSolution solution, ModelMoments model)
    {
        (DoubleDouble Value, int Power)[] factors = [.. solution.Kept.Select(c => ColumnNorms.Root(model.NormSquared[c]))];
        double[] roots = [.. factors.Select(static f => Math.ScaleB(f.Value.High, f.Power))];
        return solution with
        {
            Estimates = [.. solution.Estimates.Select((b, i) => b * roots[i])],
            StandardErrors = [.. solution.StandardErrors.Select((e, i) => e * roots[i])],
            Digits = [.. solution.Digits.Select(static d => d is > 15 ? 15 : d)],
            StandardErrorDigits = [.. solution.StandardErrorDigits.Select(static d => d is > 15 ? 15 : d)],
            Covariance = [.. solution.Covariance.Select((row, i) => row.Select((v, j) => v * roots[i] * roots[j]).ToImmutableArray())],
            InverseDiagonal = [.. solution.InverseDiagonal.Select((v, i) => v * roots[i] * roots[i])],
            Geometry = solution.Geometry.Over(factors),
            Aliased = [.. solution.Aliased.Select(a => ColumnNorms.Normalized(a, model))],
        };
    }

    private static FastMoments Rounded(Moments moments)
    {
        int k = moments.Columns.Count;
        var shift = new double[k];
        if (!moments[0, 0].IsZero)
        {
            for (int j = 1; j < k; j++)
            {
                double mean = ExactInterval.Quotient(moments[0, j], moments[0, 0]).ToDouble();
                shift[j] = double.IsFinite(mean) ? mean : 0;
            }
        }
        ExactValue[] shifts = Array.ConvertAll(shift, ExactValue.From);
        var upper = new double[Moments.PackedLength(k)];
        for (int i = 0, n = 0; i < k; i++)
        {
            for (int j = i; j < k; j++, n++)
            {
                ExactValue about = moments[i, j] - (shifts[i] * moments[0, j]) - (shifts[j] * moments[0, i]) + (shifts[i] * shifts[j] * moments[0, 0]);
                upper[n] = about.ToDouble();
            }
        }
        return new FastMoments(moments.Columns, moments.Sources, moments.Rows, moments.SumLogWeights, shift, upper);
    }
}
