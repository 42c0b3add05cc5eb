using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A covariance in the data's units, and the Wald test of the coefficients but the intercept.</summary>
/// <param name="Covariance">Row by row.</param>
/// <param name="Errors">The roots of its diagonal, also where a square leaves the range of doubles; NaN for a negative variance.</param>
/// <param name="Wald">bᵀV⁻¹b/q over the q coefficients tested; NaN when V is singular there, or not positive.</param>
/// <param name="IsPositive">Whether no variance is negative.</param>
internal sealed record SandwichResult(double[][] Covariance, double[] Errors, double Wald, bool IsPositive);

/// <summary>
/// V = Σ f·(XᵀWX)⁻¹ M (XᵀWX)⁻¹ over the parts M with their factors f, and the Wald statistic.
/// </summary>
/// <remarks>
/// Method      with UUᵀ = (XᵀWX)⁻¹ first S = Σ f·UᵀMU, which is what M is to orthonormal columns, then V = USUᵀ: nothing cancels in the
///             second step, and in the first at most the square of the condition. M is exact; U is rounded to double-double, or wider as
///             the condition asks. V is rounded once, at the end.
///             The statistic is ‖L⁻¹b‖²/q with V = LLᵀ, in the same arithmetic.
/// Cost        2p³ multiply–adds of the arithmetic chosen.
/// Source      White, A heteroskedasticity-consistent covariance matrix estimator, Econometrica 48 (1980); Cameron, Gelbach, Miller,
///             Robust inference with multiway clustering, JBES 29 (2011), for sums of parts.
/// Fails when  V is singular (fewer clusters than coefficients) or, two ways, not positive: then the Wald statistic is NaN.
/// </remarks>
internal static class Sandwich
{
    private const double FirstWide = 1e5;        // condition from which quad-double is used
    private const double FirstWidest = 1e13;     // and big numbers

    /// <summary>From sums over rows.</summary>
    /// <param name="geometry">Of the fit.</param>
    /// <param name="parts">Sums M of scaled columns and residuals, each with its factor (numerator, denominator).</param>
    /// <param name="tested">Indices of the coefficients that the Wald statistic tests.</param>
    public static SandwichResult OfSums(LeastSquaresGeometry geometry, IReadOnlyList<SandwichPart> parts, int[] tested) =>
        geometry.Condition switch
        {
            < FirstWide => OfSums<DoubleDouble>(geometry, parts, tested),
            < FirstWidest => OfSums<QuadDouble>(geometry, parts, tested),
            _ => OfSums<WideReal<Width512>>(geometry, parts, tested),
        };

    /// <summary>From the covariance S of the estimates for orthonormal columns.</summary>
    public static SandwichResult OfOrthonormal(LeastSquaresGeometry geometry, double[][] covariance, int[] tested)
    {
        DoubleDouble[][] middle = Array.ConvertAll(covariance, static row => Array.ConvertAll(row, DoubleDouble.From));
        return Finish(geometry, geometry.Root<DoubleDouble>(), middle, tested);
    }

    private static SandwichResult OfSums<T>(LeastSquaresGeometry geometry, IReadOnlyList<SandwichPart> parts, int[] tested)
        where T : struct, IReal<T>
    {
        int p = geometry.Count;
        T[][] root = geometry.Root<T>();
        T[][] middle = Zeros<T>(p);
        foreach (SandwichPart part in parts)
        {
            T factor = T.From(part.Numerator) / T.From(part.Denominator);
            T[][] sums = Zeros<T>(p);
            for (int i = 0; i < p; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    sums[i][j] = sums[j][i] = T.From(part.Sum(i, j).Scale(-geometry.Powers[i] - geometry.Powers[j])) * factor;
                }
            }
            // Row k of UᵀM, then its products with the columns of U.
            for (int k = 0; k < p; k++)
            {
                var row = new T[p];
                for (int i = 0; i <= k; i++)
                {
                    T.SubtractProduct(row, -root[k][i], sums[i]);
                }
                for (int l = 0; l <= k; l++)
                {
                    for (int i = 0; i <= l; i++)
                    {
                        middle[k][l] += row[i] * root[l][i];
                    }
                    middle[l][k] = middle[k][l];
                }
            }
        }
        return Finish(geometry, root, middle, tested);
    }

    private static SandwichResult Finish<T>(LeastSquaresGeometry geometry, T[][] root, T[][] middle, int[] tested)
        where T : struct, IReal<T>
    {
        int p = geometry.Count;
        T[][] rows = Zeros<T>(p);                                      // US
        for (int k = 0; k < p; k++)
        {
            for (int i = 0; i <= k; i++)
            {
                T.SubtractProduct(rows[i], -root[k][i], middle[k]);
            }
        }
        T[][] v = Zeros<T>(p);
        var covariance = new double[p][];
        var errors = new double[p];
        bool isPositive = true;
        for (int i = 0; i < p; i++)
        {
            covariance[i] = new double[p];
            for (int j = 0; j <= i; j++)
            {
                for (int k = j; k < p; k++)
                {
                    v[i][j] += rows[i][k] * root[k][j];
                }
                v[j][i] = v[i][j];
                covariance[i][j] = covariance[j][i] =
                    Math.ScaleB(v[i][j].ToDouble(), (2 * geometry.ResidualPower) - geometry.Powers[i] - geometry.Powers[j]);
            }
            errors[i] = Math.ScaleB(Math.Sqrt(v[i][i].ToDouble()), geometry.ResidualPower - geometry.Powers[i]);
            isPositive &= !(v[i][i].ToDouble() < 0);
        }
        return new SandwichResult(covariance, errors, Wald(geometry, v, tested), isPositive);
    }

    private static double Wald<T>(LeastSquaresGeometry geometry, T[][] v, int[] tested)
        where T : struct, IReal<T>
    {
        if (tested.Length == 0)
        {
            return double.NaN;
        }
        var block = new T[tested.Length][];
        for (int a = 0; a < block.Length; a++)
        {
            block[a] = Array.ConvertAll(tested, b => v[tested[a]][b]);
        }
        var factor = new Cholesky<T>(block);
        double rounding = Math.ScaleB(1, -T.Bits / 2);
        T sum = T.From(0);
        for (int a = 0; a < block.Length; a++)
        {
            double pivot = factor.Advance(a).ToDouble();
            if (!(pivot > rounding * block[a][a].ToDouble()))
            {
                return double.NaN;
            }
            factor.Accept(a);
            ReadOnlySpan<T> inverse = factor.InverseColumn(a);
            T part = T.From(0);
            for (int i = 0; i <= a; i++)
            {
                part += inverse[i] * T.From(geometry.Estimates[tested[i]].ToExact());
            }
            sum += part * part;
        }
        return sum.ToDouble() / tested.Length;
    }

    private static T[][] Zeros<T>(int size)
    {
        var rows = new T[size][];
        for (int i = 0; i < size; i++)
        {
            rows[i] = new T[size];
        }
        return rows;
    }
}

/// <summary>Sums M of the middle of a sandwich, and the factor Numerator/Denominator that they are multiplied by.</summary>
/// <param name="Sum">Entry (i, j) for the data's columns and scaled residuals.</param>
/// <param name="Numerator">Of the factor; negative for a part that is taken away.</param>
/// <param name="Denominator">Of the factor.</param>
internal sealed record SandwichPart(Func<int, int, ExactValue> Sum, double Numerator, double Denominator);
