using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

public class NormalEquationsTests
{
    [Fact]
    public void Every_digit_claimed_is_right_at_any_condition()
        => RandomProblem.Gen().Sample(problem => AssertRight(TestMoments.Of(problem.Data()), true), iter: 300, threads: 1);

    [Fact]
    public void Every_digit_claimed_is_right_for_badly_scaled_columns()
        => RandomProblem.Gen(500).Sample(problem => AssertRight(TestMoments.Of(problem.Data()), true), iter: 100, threads: 1);

    [Fact]
    public void Every_digit_claimed_is_right_without_an_intercept()
        => RandomProblem.Gen().Sample(problem => AssertRight(TestMoments.Of(problem.Data()), false), iter: 100, threads: 1);

    [Fact]
    public void Every_digit_claimed_is_right_for_whole_numbers_where_zeros_and_ties_occur()
        => Gen.Select(Gen.Int[2, 6], Gen.Int[1, 3], Gen.Int[0, 1_000_000]).Sample((extra, p, seed) =>
        {
            var random = new Random(seed);
            double[][] rows = [.. Enumerable.Range(0, extra + p).Select(_ => Enumerable.Range(0, p + 1).Select(_ => (double)random.Next(-2, 3)).ToArray())];
            AssertRight(TestMoments.Of(rows, unit: 0), true);
        }, iter: 300, threads: 1);

    [Fact]
    public void Scaling_a_predictor_by_a_power_of_two_scales_its_results_and_nothing_else()
        => Gen.Select(RandomProblem.Gen(), Gen.Int[-40, 40]).Sample((problem, power) =>
        {
            double[][] rows = problem.Data();
            LeastSquaresSolution before = NormalEquations.Solve(TestMoments.Of(rows), true);
            foreach (double[] row in rows)
            {
                row[0] = Math.ScaleB(row[0], power);
            }
            LeastSquaresSolution after = NormalEquations.Solve(TestMoments.Of(rows), true);
            Assert.Equal(before.Kept.AsEnumerable(), after.Kept);
            Assert.Equal(before.Statistics, after.Statistics);
            for (int i = 0; i < before.Rank; i++)
            {
                int shift = before.Kept[i] == 1 ? -power : 0;
                Assert.Equal(Math.ScaleB(before.Estimates[i], shift), after.Estimates[i]);
                Assert.Equal(Math.ScaleB(before.StandardErrors[i], shift), after.StandardErrors[i]);
                Assert.Equal(before.T[i], after.T[i]);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void Permuting_predictors_permutes_the_results()
        => RandomProblem.Gen().Where(p => p.Near > 1e-12).Sample(problem =>
        {
            double[][] rows = problem.Data();
            int p = problem.Predictors;
            LeastSquaresSolution before = NormalEquations.Solve(TestMoments.Of(rows), true);
            LeastSquaresSolution after = NormalEquations.Solve(TestMoments.Of([.. rows.Select(row => row[..p].Reverse().Append(row[p]).ToArray())]), true);
            Assert.Equal(p + 1, before.Rank);
            Assert.Equal(p + 1, after.Rank);
            Assert.Equal(before.Statistics, after.Statistics);
            for (int i = 1; i <= p; i++)
            {
                Assert.Equal(before.Estimates[i], after.Estimates[p + 1 - i]);
                Assert.Equal(before.StandardErrors[i], after.StandardErrors[p + 1 - i]);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void An_exact_fit_has_residual_sum_of_squares_exactly_0()
    {
        double[][] rows = [.. Enumerable.Range(0, 9).Select(i => new double[] { i, i * i, 0.1 * 0 + (3 * i) - (0.5 * i * i) + 7 })];
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(rows, 0), true);
        Assert.True(s.Statistics.IsExactFit);
        Assert.Equal(0, s.Statistics.Rss);
        Assert.Equal(double.PositiveInfinity, s.Statistics.F);
        Assert.Equal(1, s.Statistics.RSquared);
        Assert.Equal([7, 3, -0.5], s.Estimates);
        Assert.Equal([0, 0, 0], s.StandardErrors);
        Assert.All(s.StandardErrorDigits, d => Assert.Null(d));
        Assert.All(s.T, t => Assert.True(double.IsNaN(t)));
        Assert.True(double.IsNaN(s.Statistics.LogLikelihood) && double.IsNaN(s.Statistics.Aic) && double.IsNaN(s.Statistics.Bic));
    }

    [Fact]
    public void An_exact_fit_with_coefficients_that_are_no_doubles_is_still_found()
    {
        // y = x/3 + z/7 exactly: x a multiple of 3, z of 7.
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, 12).Select(_ => (x: 3.0 * random.Next(1000), z: 7.0 * random.Next(1000))).Select(v => new[] { v.x, v.z, (v.x / 3) + (v.z / 7) })];
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(rows, 0), true);
        Assert.True(s.Statistics.IsExactFit);
        Assert.Equal([0, 1.0 / 3, 1.0 / 7], s.Estimates);
        Assert.Null(s.Digits[0]);
    }

    /// <summary>Solves, and checks rank, every claim and every other number against fractions.</summary>
    internal static void AssertRight(Moments moments, bool hasIntercept)
    {
        LeastSquaresSolution s = NormalEquations.Solve(moments, hasIntercept);
        RationalRegression? exact = RationalRegression.Of(moments, s.Kept);
        Assert.NotNull(exact);
        long df = moments.Rows - s.Rank;
        Assert.Equal(exact.Rss.IsZero, s.Statistics.IsExactFit);
        Assert.Equal(exact.Rss.ToDouble(), s.Statistics.Rss);
        for (int i = 0; i < s.Rank; i++)
        {
            ExactValue truth = exact.Estimates[i].ToExact();
            RationalRegression.AssertClaim($"estimate {i}", s.Estimates[i], s.Digits[i], truth);
            Assert.Equal(truth.ToDouble(), s.Estimates[i]);
            Assert.True(s.Digits[i] is null or >= 15);
            Assert.Equal(exact.InverseDiagonal[i].ToDouble(), s.InverseDiagonal[i], Relative(1e-15, s.InverseDiagonal[i]));
            if (df > 0)
            {
                ExactValue error = exact.StandardError(i, df);
                RationalRegression.AssertClaim($"standard error {i}", s.StandardErrors[i], s.StandardErrorDigits[i], error);
                Assert.Equal(error.ToDouble(), s.StandardErrors[i]);
                Assert.True(s.StandardErrorDigits[i] is null or >= 15);
            }
            else
            {
                Assert.True(double.IsNaN(s.StandardErrors[i]));
            }
        }
    }

    private static double Relative(double tolerance, double value) => tolerance * Math.Abs(value);
}
