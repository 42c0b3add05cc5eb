using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Tests Rβ = r with the covariance in use.</summary>
/// <remarks>
/// Method      e = Rb − r and C = R V Rᵀ are computed without rounding from b and V (or a root of it) as the model holds them, each row
///             of R as whole numbers (F does not change with a row's length); then C = LLᵀ in quad-double, and the statistic is ‖L⁻¹e‖².
/// Cost        q²p² products.
/// Source      Seber and Lee, Linear Regression Analysis, 2nd ed., §4.3; the same as car::linearHypothesis.
/// Fails when  C is singular to the rounding of V (fewer clusters than equations): then the joint test is NaN, with a note. The
///             rounding of V is amplified by the condition number of C, scaled to a unit diagonal; that of a root by its square root.
/// </remarks>
internal static class WaldTest
{
    /// <summary>Tests the equations.</summary>
    /// <param name="text">The hypothesis as written.</param>
    /// <param name="equations">R and r.</param>
    /// <param name="names">Of the coefficients.</param>
    /// <param name="estimates">b.</param>
    /// <param name="covariance">V.</param>
    /// <param name="df">Degrees of freedom of the variance; NaN results when there are none, the normal distribution and χ² when they are infinite.</param>
    /// <param name="level">Of the intervals.</param>
    public static HypothesisTest Run(
        string text,
        HypothesisEquations equations,
        IReadOnlyList<string> names,
        ReadOnlySpan<double> estimates,
        CombinationCovariance covariance,
        double df,
        double level)
    {
        int q = equations.Rows.Count;
        var rows = new WholeRow[q];
        for (int i = 0; i < q; i++)
        {
            rows[i] = WholeRow.Of(equations.Rows[i].Form);
        }
        bool isDefined = df > 0 && rows.All(row => row.Factors.All(f => covariance.IsDefined(f.Coefficient)));
        var distances = new ExactValue[q];
        var results = new HypothesisEquation[q];
        double quantile = isDefined ? StudentT.UpperQuantile((1 - level) / 2, df) : double.NaN;
        ExactValue[][] products = isDefined ? covariance.Of([.. rows.Select(static r => r.Factors)]) : [];
        for (int i = 0; i < q; i++)
        {
            distances[i] = rows[i].Distance(estimates);
            results[i] = Equation(equations.Rows[i], names, rows[i], distances[i], isDefined ? products[i][i] : null, quantile, df);
        }
        var notes = new List<Note>();
        if (equations.Redundant.Count > 0)
        {
            notes.Add(new Note("redundant-hypothesis", $"{string.Join(", ", equations.Redundant.Select(FormulaError.Clean))} {(equations.Redundant.Count == 1 ? "follows" : "follow")} from the equations before, and adds nothing to the test."));
        }
        double statistic = isDefined ? Statistic(distances, products, covariance.LeastPivot, notes) : double.NaN;
        bool hasP = double.IsFinite(statistic);
        return new HypothesisTest
        {
            Text = text,
            Equations = results,
            F = new FTest(statistic / q, q, df, !hasP ? double.NaN : double.IsInfinity(df) ? ChiSquared.UpperTail(statistic, q) : FisherF.UpperTail(statistic / q, q, df)),
            ChiSquared = statistic,
            ChiSquaredP = hasP ? ChiSquared.UpperTail(statistic, q) : double.NaN,
            Notes = notes,
        };
    }

    private static HypothesisEquation Equation(
        (string Text, LinearForm Form) row, IReadOnlyList<string> names, WholeRow whole, ExactValue distance, ExactValue? variance, double quantile, double df)
    {
        var denominator = new ExactValue(whole.Denominator, 0);
        double value = (-row.Form.Constant).ToDouble();
        double estimate = ExactInterval.Quotient(distance - new ExactValue(whole.Constant, 0), denominator).ToDouble();
        double error = variance is not { } v ? double.NaN
            : v.Sign <= 0 ? 0
            : (ExactInterval.Sqrt(new ExactInterval(v)) / new ExactInterval(denominator)).ToDouble();
        double t = error > 0 ? (new ExactInterval(distance) / ExactInterval.Sqrt(new ExactInterval(variance!.Value))).ToDouble() : double.NaN;
        return new HypothesisEquation(
            row.Text,
            HypothesisEquations.Combination(row.Form, names),
            value,
            estimate,
            error,
            t,
            double.IsNaN(t) ? double.NaN : StudentT.TwoSided(t, df),
            Math.FusedMultiplyAdd(-quantile, error, estimate),
            Math.FusedMultiplyAdd(quantile, error, estimate));
    }

    /// <summary>eᵀC⁻¹e.</summary>
    private static double Statistic(ExactValue[] distances, ExactValue[][] products, double leastPivot, List<Note> notes)
    {
        int q = distances.Length;
        if (Enumerable.Range(0, q).Any(i => products[i][i].Sign <= 0))
        {
            bool isExact = Enumerable.Range(0, q).All(i => products[i][i].IsZero) && distances.Any(static d => !d.IsZero);
            return isExact ? double.PositiveInfinity : double.NaN;
        }
        int[] powers = [.. Enumerable.Range(0, q).Select(i => (products[i][i].Magnitude + 2) >> 1)];
        var matrix = new QuadDouble[q][];
        for (int i = 0; i < q; i++)
        {
            matrix[i] = [.. Enumerable.Range(0, q).Select(j => QuadDouble.From(products[i][j].Scale(-powers[i] - powers[j])))];
        }
        var factor = new Cholesky<QuadDouble>(matrix);
        QuadDouble sum = QuadDouble.From(0);
        for (int j = 0; j < q; j++)
        {
            if (!(factor.Advance(j).ToDouble() > leastPivot * q))
            {
                notes.Add(new Note("singular-covariance", "The covariance of the combinations is singular to the rounding of its entries: the equations cannot be tested together. Test fewer of them."));
                return double.NaN;
            }
            factor.Accept(j);
            QuadDouble entry = QuadDouble.From(0);
            ReadOnlySpan<QuadDouble> column = factor.InverseColumn(j);
            for (int i = 0; i <= j; i++)
            {
                entry += column[i] * QuadDouble.From(distances[i].Scale(-powers[i]));
            }
            sum += entry * entry;
        }
        return sum.ToDouble();
    }

    /// <summary>An equation times its common denominator: whole numbers.</summary>
    private sealed record WholeRow((int Coefficient, BigInteger Factor)[] Factors, BigInteger Constant, BigInteger Denominator)
    {
        public static WholeRow Of(LinearForm form)
        {
            BigInteger common = form.Factors.Values.Append(form.Constant).Aggregate(
                BigInteger.One, static (all, f) => all * (f.Denominator / BigInteger.GreatestCommonDivisor(all, f.Denominator)));
            return new WholeRow(
                [.. form.Factors.Select(f => (f.Key, f.Value.Numerator * (common / f.Value.Denominator)))],
                form.Constant.Numerator * (common / form.Constant.Denominator),
                common);
        }

        public ExactValue Distance(ReadOnlySpan<double> estimates)
        {
            var sum = new ExactValue(Constant, 0);
            foreach ((int coefficient, BigInteger factor) in Factors)
            {
                sum += ExactValue.From(estimates[coefficient]) * new ExactValue(factor, 0);
            }
            return sum;
        }
    }
}
