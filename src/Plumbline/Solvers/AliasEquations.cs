using System.Collections.Immutable;
using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The equation of an aliased column, as a person would write it: column = Σ multiplier · kept column.
/// Method      exact: the simplest fractions within the precision of the computed multipliers, verified by vᵀMv = 0 in
///             integers. Otherwise every multiplier may move as long as the combination stays within the rounding of the
///             data, (g′ − g)ᵀA(g′ − g) ≤ τ² − d: the last one takes the simplest fraction that half of the room allows,
///             the next one the simplest near where that moved it, and so on.
/// Cost        p² operations; the exact check as many big-integer products as the equation has terms, squared; what is no
///             equation mostly fails at the first row.
/// Fails when  the multipliers are no simple fractions, or many are no whole numbers: they are then given as computed.
/// </summary>
internal static class AliasEquations
{
    private const int LargestDenominatorBits = 48;
    private const int LargestCommonBits = 1024;  // of the common denominator: no equation that a person would write has more
    private const int MostFractions = 32;        // so many multipliers are simplified at most, whole numbers not counted
    private const double Negligible = 0.99 / (1L << 45) / (1L << 45);
    private const int ToleranceBits = 90;        // of quad-double's 200, the rest is for the condition of the kept columns

    /// <summary>The equation with fractions that hold exactly; null when none are found.</summary>
    public static AliasEquation? TryExact<T>(ScaledColumns columns, Cholesky<T> factor, int j)
        where T : struct, IReal<T>
    {
        ReadOnlySpan<T> v = factor.Direction;
        var parts = new List<(int Index, Fraction Multiplier)>();
        BigInteger common = BigInteger.One;
        foreach (int k in factor.Kept)
        {
            if (Math.Abs(v[k].ToDouble()) < Negligible)
            {
                continue;
            }
            int power = columns.Power(j) - columns.Power(k);      // from scaled units to the data's
            ExactValue multiplier = -v[k].ToExact();
            ExactValue tolerance = ExactMath.PowerOfTwo(Math.Max(0, multiplier.Magnitude) - ToleranceBits);
            var fraction = Fraction.SimplestIn((multiplier - tolerance).Scale(power), (multiplier + tolerance).Scale(power));
            if (fraction.Denominator.GetBitLength() > LargestDenominatorBits)
            {
                return null;
            }
            if (!fraction.Numerator.IsZero)
            {
                parts.Add((k, fraction));
                common *= fraction.Denominator / BigInteger.GreatestCommonDivisor(common, fraction.Denominator);
                if (common.GetBitLength() > LargestCommonBits)
                {
                    return null;
                }
            }
        }
        (int Index, BigInteger Factor)[] terms = [.. parts.Select(part => (part.Index, part.Multiplier.Numerator * (common / part.Multiplier.Denominator))), (j, -common)];
        return IsZero(columns, terms) ? Equation(columns, j, parts, isExact: true) : null;
    }

    /// <summary>The equation with multipliers rounded as far as the data's rounding allows.</summary>
    /// <param name="columns">The candidates.</param>
    /// <param name="factor">Cholesky of the kept ones; column j was looked at last.</param>
    /// <param name="j">The aliased column.</param>
    /// <param name="room">τ² − d.</param>
    public static AliasEquation Rounded<T>(ScaledColumns columns, Cholesky<T> factor, int j, double room)
        where T : struct, IReal<T>
    {
        ReadOnlySpan<T> v = factor.Direction;
        var moved = new double[columns.Count];
        var parts = new List<(int Index, Fraction Multiplier)>();
        int fractions = 0;
        for (int n = factor.Kept.Count - 1; n >= 0; n--)
        {
            int k = factor.Kept[n];
            ReadOnlySpan<T> row = factor.FactorRow(k);
            double drift = 0, pivot = row[0].ToDouble();
            for (int later = n + 1; later < factor.Kept.Count; later++)
            {
                int m = factor.Kept[later];
                drift += row[m - k].ToDouble() * moved[m];
            }
            T center = -v[k] - T.From(drift / pivot);
            double half = Math.Sqrt(0.5 * Math.Max(0, room)) / pivot;
            var chosen = T.From(0);
            if (!(Math.Abs(center.ToDouble()) < 0.999 * half))
            {
                int power = columns.Power(j) - columns.Power(k);
                ExactValue middle = center.ToExact(), width = fractions < MostFractions ? ExactValue.From(half) : ExactValue.Zero;
                Fraction fraction = width.IsZero
                    ? AsComputed(middle.Scale(power).ToDouble())
                    : Fraction.SimplestIn((middle - width).Scale(power), (middle + width).Scale(power));
                fractions += fraction.Denominator.IsOne ? 0 : 1;
                chosen = T.From(ExactMath.DivideDown(new ExactValue(fraction.Numerator, 0), new ExactValue(fraction.Denominator, 0), 400).Scale(-power));
                if (!fraction.Numerator.IsZero)
                {
                    parts.Add((k, fraction));
                }
            }
            moved[k] = (chosen + v[k]).ToDouble();
            double used = (chosen - center).ToDouble() * pivot;
            room -= used * used;
        }
        parts.Reverse();
        return Equation(columns, j, parts, isExact: false);
    }

    /// <summary>A double as a fraction.</summary>
    private static Fraction AsComputed(double value)
    {
        ExactValue exact = double.IsFinite(value) ? ExactValue.From(value) : ExactValue.Zero;
        return exact.Exponent >= 0
            ? new Fraction(exact.Mantissa << exact.Exponent, BigInteger.One)
            : new Fraction(exact.Mantissa, BigInteger.One << -exact.Exponent);
    }

    /// <summary>Whether the combination of columns is 0 in every row: tᵀMt = 0, or, what is the same for moments, Mt = 0 where t is not.</summary>
    private static bool IsZero(ScaledColumns columns, (int Index, BigInteger Factor)[] terms)
    {
        foreach ((int i, _) in terms)
        {
            ExactValue sum = ExactValue.Zero;
            foreach ((int k, BigInteger b) in terms)
            {
                sum += columns[i, k].Scale(columns.Power(k)) * new ExactValue(b, 0);
            }
            if (!sum.IsZero)
            {
                return false;
            }
        }
        return true;
    }

    private static AliasEquation Equation(ScaledColumns columns, int j, List<(int Index, Fraction Multiplier)> parts, bool isExact)
    {
        ImmutableArray<AliasPart> terms = [.. parts.Select(part => new AliasPart(columns.Column(part.Index), part.Multiplier.ToDouble()))];
        return new AliasEquation(columns.Column(j), terms, isExact);
    }
}
