using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Which columns get a coefficient. Indices are into the moments' columns.</summary>
/// <param name="Kept">Columns with a coefficient.</param>
/// <param name="Aliased">The others, each with its equation.</param>
/// <param name="NearlyAliased">Kept columns that are close to being aliased.</param>
/// <param name="Factor">Cholesky of the kept columns, scaled, when double-double sufficed: then all that are not 0 are kept.</param>
/// <param name="Scaled">Those columns.</param>
internal sealed record AliasingResult(
    List<int> Kept, List<AliasEquation> Aliased, List<NearAlias> NearlyAliased, Cholesky<DoubleDouble>? Factor = null, ScaledColumns? Scaled = null);

/// <summary>
/// Sets aside the columns that earlier ones determine, up to the rounding of the source values.
/// Column j, with g its least-squares coefficients on the earlier kept columns, v = (−g, 1) and d = vᵀAv,
///     is aliased  ⇔  d ≤ τ²        (τ: <see cref="RoundingLength"/>).
/// </summary>
/// <remarks>
/// Method      Cholesky column by column gives d and v. In double-double first; if any column comes near the line, all
///             again in quad-double, then wider. Where τ is too small for any precision to tell, the equation is verified
///             exactly, or dependence is decided modulo primes.
/// Cost        k²p/2 multiply–adds at the precision needed, for k kept columns of p. When as many columns are kept as there are
///             rows, all others are aliased and nothing needs deciding.
/// Fails when  columns of whole numbers are independent by less than 2⁻⁷⁰⁰, which takes weights of 1e±200: they count as
///             aliased. Or one row outweighs all others by 2⁵³ in two columns: its rounding hides the rest, and they count as aliased.
/// </remarks>
internal static class AliasingRule
{
    /// <summary>A kept column whose distance from the line is below this is reported: text of 15 digits hides aliases at 7 to 9.</summary>
    public const double WarningRatio = 30;

    // Not dependent, but no closer to it may a column be to be solved for at the last precision.
    private const int LastBits = 700;

    /// <summary>Decides about the candidates in their order.</summary>
    public static AliasingResult Apply(ModelMoments model, int[] candidates)
    {
        Moments moments = model.Moments;
        int[] nonZero = [.. candidates.Where(j => !moments[j, j].IsZero)];
        AliasEquation[] zeros = [.. candidates.Where(j => moments[j, j].IsZero).Select(j => new AliasEquation(j, [], true))];
        var columns = new ScaledColumns(moments, nonZero, moments.Columns.Count - 1);
        var rounding = new RoundingLength(model, columns);
        var dependence = new DependenceTest(columns);
        AliasingResult result = TryApply<DoubleDouble>(moments, columns, rounding, dependence, isFirst: true, isLast: false)
            ?? TryApply<QuadDouble>(moments, columns, rounding, dependence, isFirst: false, isLast: false)
            ?? TryApply<WideReal<Width512>>(moments, columns, rounding, dependence, isFirst: false, isLast: false)
            ?? TryApply<WideReal<Width2048>>(moments, columns, rounding, dependence, isFirst: false, isLast: true)!;
        result.Aliased.AddRange(zeros);
        result.Aliased.Sort((a, b) => a.Column.CompareTo(b.Column));
        return result;
    }

    /// <summary>The decisions at one precision; null when it is not enough.</summary>
    private static AliasingResult? TryApply<T>(Moments moments, ScaledColumns columns, RoundingLength rounding, DependenceTest dependence, bool isFirst, bool isLast)
        where T : struct, IReal<T>
    {
        var factor = new Cholesky<T>(columns.Count, columns.Round<T>);
        var result = new AliasingResult([], [], []);
        for (int j = 0; j < columns.Count; j++)
        {
            double d = factor.Advance(j).ToDouble();
            ReadOnlySpan<T> v = factor.Direction;
            double norm = 0;
            foreach (T value in v)
            {
                norm += Math.Abs(value.ToDouble());
            }
            double error = 4 * (j + 3) * norm * norm * Math.ScaleB(1, -Math.Min(T.Bits, 900));
            double bound = WarningRatio * rounding.Bound(v);
            if (d > 1024 * error && d > 2 * bound * bound)
            {
                factor.Accept(j);
                result.Kept.Add(columns.Column(j));
                continue;
            }
            if (isFirst)
            {
                return null;
            }
            double tau = rounding.Of(v);
            double square = tau * tau;
            AliasEquation? equation = null;
            if (d <= 1024 * error)
            {
                equation = AliasEquations.TryExact(columns, factor, j);
            }
            bool isAliased;
            if (equation is not null)
            {
                isAliased = true;
            }
            else if (result.Kept.Count == moments.Rows)
            {
                isAliased = true;
            }
            else if (square > 1024 * error || d > 1024 * error)
            {
                isAliased = d <= square;
            }
            else if (dependence.Decide(factor.Kept, j, Math.Abs(d) + (2 * error)))
            {
                isAliased = true;
            }
            else if (!isLast)
            {
                return null;
            }
            else
            {
                isAliased = !(d > norm * norm * Math.ScaleB(1, -LastBits));
            }

            if (isAliased)
            {
                result.Aliased.Add(equation ?? AliasEquations.Rounded(columns, factor, j, square - Math.Max(d, 0)));
                continue;
            }
            factor.Accept(j);
            result.Kept.Add(columns.Column(j));
            if (tau > 0 && Math.Sqrt(d) < WarningRatio * tau)
            {
                result.NearlyAliased.Add(new NearAlias(columns.Column(j), Math.Sqrt(d) / tau));
            }
        }
        return isFirst ? result with { Factor = factor as Cholesky<DoubleDouble>, Scaled = columns } : result;
    }
}
