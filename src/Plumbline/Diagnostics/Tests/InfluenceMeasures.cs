using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What the fit would be without one row: standardized and studentized residual, Cook's distance, DFFITS, COVRATIO, DFBETAS.
/// </summary>
/// <remarks>
/// Method      with e the residual, w the weight, h the leverage w·xᵀ(XᵀWX)⁻¹x, t = √w·e, s² = RSS/(n − k), and without the row
///             s₍ᵢ₎² = (RSS − t²/(1 − h))/(n − k − 1): standardized t/(s√(1 − h)), studentized r = t/(s₍ᵢ₎√(1 − h)), Cook t²h/(k·s²(1 − h)²),
///             DFFITS r√(h/(1 − h)), COVRATIO (s₍ᵢ₎/s)^2k/(1 − h), DFBETAS_j ((XᵀWX)⁻¹x)_j·w·e/((1 − h)·s₍ᵢ₎·√(XᵀWX)⁻¹_jj), where
///             (XᵀWX)⁻¹x = Uz with UUᵀ = (XᵀWX)⁻¹ and z = Uᵀx. In double-double: s₍ᵢ₎ and 1 − h lose digits by cancellation otherwise.
///             Any unit of e will do, if RSS has its square; any scale of the columns, too.
/// Cost        k²/2 for the DFBETAS of a row, else some operations.
/// Source      Belsley, Kuh, Welsch, Regression Diagnostics (1980), §2.1; Cook, Technometrics 19 (1977); R's <c>influence.measures</c>; car's
///             <c>outlierTest</c>.
/// Fails when  h = 1: the row is fitted exactly whatever it says, COVRATIO is infinite and all else NaN. n − k = 1: what needs s₍ᵢ₎ is NaN.
///             RSS = 0: residuals of 0 over 0 are NaN.
/// </remarks>
/// <param name="rss">Σ w·e², in the unit of the residuals squared.</param>
/// <param name="rows">n, rows of weight 0 left out.</param>
/// <param name="coefficients">k.</param>
/// <param name="nearest">A 1 − h of this or less counts as 0.</param>
internal sealed class InfluenceMeasures(DoubleDouble rss, double rows, int coefficients, double nearest)
{
    private readonly double _left = rows - coefficients;

    /// <summary>The degrees of freedom of the studentized residual.</summary>
    public double StudentizedDf => _left - 1;

    /// <summary>The measures of a row.</summary>
    /// <param name="residual">e.</param>
    /// <param name="weight">w; 1 with frequency weights, for one of the rows that it stands for.</param>
    /// <param name="leverage">h.</param>
    public RowInfluence Of(DoubleDouble residual, double weight, DoubleDouble leverage)
    {
        DoubleDouble rest = 1 - leverage;
        if (!(rest.High > nearest))
        {
            return RowInfluence.OfUnitLeverage;
        }
        DoubleDouble scaled = residual * Root(weight), standard = DoubleDouble.Sqrt(rss / _left), root = DoubleDouble.Sqrt(rest);
        DoubleDouble without = Without(scaled, rest);
        DoubleDouble standardized = scaled / (standard * root), studentized = scaled / (without * root);
        DoubleDouble odds = leverage / rest;
        double ratio = (without / standard).High;
        return new RowInfluence(
            standardized.High,
            studentized.High,
            (standardized * standardized * odds / coefficients).High,
            (studentized * DoubleDouble.Sqrt(odds)).High,
            Math.Pow(ratio, 2 * coefficients) / rest.High,
            without.High);
    }

    /// <summary>DFBETAS of a row.</summary>
    /// <param name="target">One number a coefficient.</param>
    /// <param name="residual">e.</param>
    /// <param name="weight">w, as for <see cref="Of"/>.</param>
    /// <param name="leverage">h.</param>
    /// <param name="z">Uᵀx.</param>
    /// <param name="root">Columns of U, column k down to row k.</param>
    public void Dfbetas(Span<double> target, DoubleDouble residual, double weight, DoubleDouble leverage, ReadOnlySpan<DoubleDouble> z, DoubleDouble[][] root)
    {
        Span<DoubleDouble> moves = new DoubleDouble[target.Length], errors = new DoubleDouble[target.Length];
        for (int j = 0; j < target.Length; j++)
        {
            DoubleDouble move = 0, diagonal = 0;
            for (int k = j; k < root.Length; k++)
            {
                move += root[k][j] * z[k];
                diagonal += root[k][j] * root[k][j];
            }
            moves[j] = move;
            errors[j] = DoubleDouble.Sqrt(diagonal);
        }
        Dfbetas(target, residual, weight, leverage, moves, errors);
    }

    /// <summary>DFBETAS of a row.</summary>
    /// <param name="target">One number a coefficient.</param>
    /// <param name="residual">e.</param>
    /// <param name="weight">w, as for <see cref="Of"/>.</param>
    /// <param name="leverage">h.</param>
    /// <param name="moves">(XᵀWX)⁻¹x.</param>
    /// <param name="errors">√(XᵀWX)⁻¹_jj.</param>
    public void Dfbetas(Span<double> target, DoubleDouble residual, double weight, DoubleDouble leverage, ReadOnlySpan<DoubleDouble> moves, ReadOnlySpan<DoubleDouble> errors)
    {
        DoubleDouble rest = 1 - leverage;
        if (!(rest.High > nearest))
        {
            target.Fill(double.NaN);
            return;
        }
        DoubleDouble factor = residual * weight / (rest * Without(residual * Root(weight), rest));
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = (moves[j] * factor / errors[j]).High;
        }
    }

    /// <summary>The two-sided p of a studentized residual, times the number of rows, at most 1: Bonferroni's bound on the largest of them.</summary>
    /// <param name="studentized">The studentized residual.</param>
    /// <param name="tested">How many have one.</param>
    public double OutlierP(double studentized, double tested) =>
        StudentizedDf > 0 && !double.IsNaN(studentized) ? Math.Min(1, tested * StudentT.TwoSided(studentized, StudentizedDf)) : double.NaN;

    /// <summary>s without the row; NaN without a degree of freedom.</summary>
    private DoubleDouble Without(DoubleDouble scaled, DoubleDouble rest)
    {
        DoubleDouble square = rss - (scaled * scaled / rest);
        return StudentizedDf <= 0 ? double.NaN : square.Sign <= 0 ? 0 : DoubleDouble.Sqrt(square / StudentizedDf);
    }

    private static DoubleDouble Root(double weight) => weight == 1 ? 1 : DoubleDouble.Sqrt(weight);
}

/// <summary>The influence measures of one row; see <see cref="InfluenceMeasures"/>.</summary>
/// <param name="Standardized">The internally studentized residual.</param>
/// <param name="Studentized">The externally studentized one.</param>
/// <param name="CooksDistance">Cook's distance.</param>
/// <param name="Dffits">DFFITS.</param>
/// <param name="CovarianceRatio">COVRATIO.</param>
/// <param name="SigmaWithout">s₍ᵢ₎, in the unit of the residuals.</param>
internal readonly record struct RowInfluence(
    double Standardized, double Studentized, double CooksDistance, double Dffits, double CovarianceRatio, double SigmaWithout)
{
    /// <summary>Of a row of leverage 1.</summary>
    public static RowInfluence OfUnitLeverage { get; } =
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.PositiveInfinity, double.NaN);
}
