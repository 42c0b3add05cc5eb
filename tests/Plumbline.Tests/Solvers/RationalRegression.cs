using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

/// <summary>Least squares by Gaussian elimination on fractions: slow, obvious, exact.</summary>
internal sealed record RationalRegression(Rational[] Estimates, Rational[] InverseDiagonal, Rational Rss)
{
    /// <summary>The solution for the given predictors; null when they are dependent.</summary>
    public static RationalRegression? Of(Moments moments, IReadOnlyList<int> predictors)
    {
        int p = predictors.Count, response = moments.Columns.Count - 1;
        var rows = new Rational[p][];
        for (int i = 0; i < p; i++)
        {
            rows[i] = new Rational[(2 * p) + 1];
            for (int j = 0; j < p; j++)
            {
                rows[i][j] = Rational.From(moments[predictors[i], predictors[j]]);
                rows[i][p + 1 + j] = Rational.From(i == j ? 1 : 0.0);
            }
            rows[i][p] = Rational.From(moments[predictors[i], response]);
        }
        for (int k = 0; k < p; k++)
        {
            int pivot = Array.FindIndex(rows, k, row => !row[k].IsZero);
            if (pivot < 0)
            {
                return null;
            }
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            rows[k] = Array.ConvertAll(rows[k], x => x.DividedBy(rows[k][k]));
            for (int i = 0; i < p; i++)
            {
                if (i != k && !rows[i][k].IsZero)
                {
                    Rational factor = rows[i][k];
                    rows[i] = [.. rows[i].Select((x, j) => x - (factor * rows[k][j]))];
                }
            }
        }
        Rational[] b = [.. rows.Select(row => row[p])];
        Rational rss = Rational.From(moments[response, response]);
        for (int i = 0; i < p; i++)
        {
            rss -= b[i] * Rational.From(moments[predictors[i], response]);
        }
        return new RationalRegression(b, [.. rows.Select((row, i) => row[p + 1 + i])], rss);
    }

    /// <summary>The standard error to 300 bits.</summary>
    public ExactValue StandardError(int i, long df)
        => ExactMath.SqrtDown((Rss * InverseDiagonal[i]).DividedBy(Rational.From((double)df)).ToExact(), 300);

    /// <summary>Fails when a claim is more than the truth, by the definition of a correct digit and nothing else.</summary>
    public static void AssertClaim(string what, double value, int? digits, ExactValue truth)
    {
        if (digits is not { } d)
        {
            Assert.True(double.IsNaN(value) || (value == 0 && truth.IsZero), $"{what}: no digits for {value:R}");
            return;
        }
        if (d == 0)
        {
            return;
        }
        Assert.False(truth.IsZero, $"{what}: {d} digits claimed for {value:R} when the truth is 0");
        Rational exact = Rational.From(truth).Abs();
        Rational error = (Rational.From(value) - Rational.From(truth)).Abs();
        Rational tenth = Power(-d);
        Assert.True(error.IsAtMost(exact * tenth), $"{what}: {d} digits claimed for {value:R}, truth {truth.ToDouble():R}: relative error {error.DividedBy(exact).ToDouble():E2}");
        int decade = 0;
        while (Power(decade + 1).IsAtMost(exact))
        {
            decade++;
        }
        while (!Power(decade).IsAtMost(exact))
        {
            decade--;
        }
        Assert.True((error + error).IsAtMost(Power(decade - d + 1)), $"{what}: {d} digits claimed for {value:R}, more than half a unit off");
    }

    private static Rational Power(int e) => e >= 0
        ? new Rational(System.Numerics.BigInteger.Pow(10, e), 1)
        : new Rational(1, System.Numerics.BigInteger.Pow(10, -e));
}
