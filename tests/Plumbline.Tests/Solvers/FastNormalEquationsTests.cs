using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

public class FastNormalEquationsTests
{
    [Fact]
    public void No_digit_is_claimed_that_is_not_there_at_any_condition()
        => RandomProblem.Gen().Sample(problem => AssertHonest(problem.Data(), true), iter: 400, threads: 1);

    [Fact]
    public void No_digit_is_claimed_that_is_not_there_for_badly_scaled_columns()
        => RandomProblem.Gen(200).Sample(problem => AssertHonest(problem.Data(), true), iter: 100, threads: 1);

    [Fact]
    public void No_digit_is_claimed_that_is_not_there_without_an_intercept()
        => RandomProblem.Gen().Sample(problem => AssertHonest(problem.Data(), false), iter: 200, threads: 1);

    [Theory]
    [InlineData(1000, 9)]
    [InlineData(20_000, 8)]
    public void A_good_problem_keeps_most_of_its_digits(int rows, int least)
    {
        var random = new Random(4);
        double[][] data = [.. Enumerable.Range(0, rows).Select(_ => (a: random.NextDouble() * 50, b: 300 + random.NextDouble())).Select(v => new[] { v.a, v.b, (2 * v.a) - v.b + random.NextDouble() })];
        LeastSquaresSolution fast = AssertHonest(data, true);
        // The intercept lies 300 units from the data: it has two digits less; the residuals are a ten-thousandth of the total.
        Assert.All(fast.Digits.Zip(fast.Kept), d => Assert.True(d.First >= (d.Second == 0 ? least - 2 : least), $"{d} digits"));
        Assert.All(fast.StandardErrorDigits, d => Assert.True(d >= least - 2, $"{d} digits"));
    }

    [Fact]
    public void Statistics_agree_with_the_exact_solver_on_a_good_problem()
    {
        var random = new Random(6);
        double[][] data = [.. Enumerable.Range(0, 500).Select(_ => (a: random.NextDouble() * 50, b: 300 + random.NextDouble())).Select(v => new[] { v.a, v.b, (2 * v.a) - v.b + random.NextDouble() })];
        foreach (bool hasIntercept in (bool[])[true, false])
        {
            LeastSquaresSolution fast = FastNormalEquations.Solve(Sum(data), hasIntercept);
            LeastSquaresSolution exact = NormalEquations.Solve(TestMoments.Of(data), hasIntercept);
            Assert.Equal(exact.Kept.AsEnumerable(), fast.Kept);
            AssertNear(exact.Statistics.RSquared, fast.Statistics.RSquared);
            AssertNear(exact.Statistics.F, fast.Statistics.F);
            AssertNear(exact.Statistics.Sigma, fast.Statistics.Sigma);
            AssertNear(exact.Statistics.LogLikelihood, fast.Statistics.LogLikelihood);
            AssertNear(exact.Condition, fast.Condition);
            for (int i = 0; i < exact.Rank; i++)
            {
                AssertNear(exact.T[i], fast.T[i]);
                AssertNear(exact.InverseDiagonal[i], fast.InverseDiagonal[i]);
                for (int j = 0; j < exact.Rank; j++)
                {
                    AssertNear(exact.Covariance[i][j], fast.Covariance[i][j]);
                }
            }
        }
    }

    [Fact]
    public void A_sum_is_aliased_and_nothing_is_claimed()
    {
        var random = new Random(7);
        double[][] data = [.. Enumerable.Range(0, 300).Select(_ => (a: random.NextDouble() * 50, b: 3 + random.NextDouble())).Select(v => new[] { v.a, v.b, v.a + v.b, random.NextDouble() })];
        LeastSquaresSolution s = FastNormalEquations.Solve(Sum(data), true);
        AliasEquation alias = Assert.Single(s.Aliased);
        Assert.Equal([new AliasPart(1, 1), new AliasPart(2, 1)], alias.Parts);
        Assert.All(s.Digits, d => Assert.Equal(0, d));
    }

    [Fact]
    public void A_constant_column_is_aliased_and_the_claims_stay()
    {
        double[][] data = [.. Enumerable.Range(0, 50).Select(i => new[] { 2.5, i, Math.Sin(i) })];
        LeastSquaresSolution s = AssertHonest(data, true);
        Assert.Equal([new AliasPart(0, 2.5)], Assert.Single(s.Aliased).Parts);
        Assert.All(s.Digits, d => Assert.True(d > 8));
    }

    [Fact]
    public void Small_cases_are_defined_like_the_exact_ones()
    {
        LeastSquaresSolution one = FastNormalEquations.Solve(Sum([[3.0, 5.0]]), true);
        Assert.Equal([5.0], one.Estimates);
        Assert.True(double.IsNaN(one.StandardErrors[0]));
        LeastSquaresSolution none = FastNormalEquations.Solve(Sum([[1.0], [2.0], [4.0]]), false);
        Assert.Equal(0, none.Rank);
        Assert.Equal(21, none.Statistics.Rss, 1e-12);
        LeastSquaresSolution constant = FastNormalEquations.Solve(Sum([[0.1, 0.3], [0.7, 0.3], [0.2, 0.3]]), true);
        Assert.True(double.IsNaN(constant.Statistics.RSquared));
        Assert.Equal(0.3, constant.Estimates[0]);
    }

    /// <summary>Solves from sums in doubles; holds every claim against fractions of the rows themselves.</summary>
    private static LeastSquaresSolution AssertHonest(double[][] rows, bool hasIntercept)
    {
        LeastSquaresSolution s = FastNormalEquations.Solve(Sum(rows), hasIntercept);
        Moments moments = TestMoments.Of(rows);
        IReadOnlyList<int> kept = s.Digits.Any(d => d > 0) ? NormalEquations.Solve(moments, hasIntercept).Kept : s.Kept;
        RationalRegression? exact = RationalRegression.Of(moments, kept);
        if (exact is null || s.Digits.All(d => d is null or 0))
        {
            return s;
        }
        Assert.Equal(kept, s.Kept);
        for (int i = 0; i < s.Rank; i++)
        {
            RationalRegression.AssertClaim($"estimate {i}", s.Estimates[i], s.Digits[i], exact.Estimates[i].ToExact());
            if (moments.Rows > s.Rank)
            {
                RationalRegression.AssertClaim($"standard error {i}", s.StandardErrors[i], s.StandardErrorDigits[i], exact.StandardError(i, moments.Rows - s.Rank));
            }
        }
        return s;
    }

    /// <summary>Sums about the first row, in blocks of 128 rows added to a running total.</summary>
    private static FastMoments Sum(double[][] rows)
    {
        Moments like = TestMoments.Of([rows[0]]);
        int k = rows[0].Length + 1;
        double[] shift = [0, .. rows[0]];
        var total = new double[Moments.PackedLength(k)];
        for (int first = 0; first < rows.Length; first += 128)
        {
            var block = new double[total.Length];
            for (int r = first; r < Math.Min(rows.Length, first + 128); r++)
            {
                double[] z = [1, .. rows[r]];
                for (int i = 0; i < k; i++)
                {
                    for (int j = i; j < k; j++)
                    {
                        block[Moments.PackedIndex(i, j, k)] += (z[i] - shift[i]) * (z[j] - shift[j]);
                    }
                }
            }
            for (int e = 0; e < total.Length; e++)
            {
                total[e] += block[e];
            }
        }
        return new FastMoments(like.Columns, like.Sources, rows.Length, ExactValue.Zero, shift, total);
    }

    private static void AssertNear(double expected, double actual) => Assert.Equal(expected, actual, 1e-7 * Math.Abs(expected));
}
