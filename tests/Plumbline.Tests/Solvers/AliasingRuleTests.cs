using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

public class AliasingRuleTests
{
    private static double[][] Rows(int rows, int seed, Func<double, double, double, double[]> row)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => row(random.NextDouble() * 100, (random.NextDouble() - 0.5) * 7, random.NextDouble()))];
    }

    private static void AssertAliased(LeastSquaresSolution s, int column, bool? isExact, params AliasPart[] parts)
    {
        AliasEquation alias = Assert.Single(s.Aliased);
        Assert.Equal(column, alias.Column);
        Assert.Equal(parts, alias.Parts);
        Assert.Equal(isExact ?? alias.IsExact, alias.IsExact);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public void A_rounded_sum_is_aliased_to_its_terms(int rows)
    {
        double[][] data = Rows(rows, 1, (a, b, y) => [a, b, a + b, y]);
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data), true), 3, false, new AliasPart(1, 1), new AliasPart(2, 1));
    }

    [Fact]
    public void The_last_of_the_columns_in_an_equation_is_aliased()
    {
        var random = new Random(3);
        double[][] data = [.. Enumerable.Range(0, 50).Select(_ => (above: (double)random.Next(500, 4000), below: (double)random.Next(0, 1500))).Select(h => new[] { h.above + h.below, h.above, h.below, random.Next(100_000) })];
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data, unit: 0), true), 3, true, new AliasPart(1, 1), new AliasPart(2, -1));
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data), true), 3, true, new AliasPart(1, 1), new AliasPart(2, -1));
    }

    [Fact]
    public void Fahrenheit_is_nine_fifths_of_Celsius_and_32()
    {
        double[][] data = Rows(80, 2, (c, x, y) => [c, x, (1.8 * c) + 32, y]);
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data), true), 3, null, new AliasPart(0, 32), new AliasPart(1, 1.8));
    }

    [Fact]
    public void Days_are_seconds_over_86400()
    {
        double[][] data = Rows(80, 4, (a, b, y) => [1.6e9 + Math.Round(a * 1e5), (1.6e9 + Math.Round(a * 1e5)) / 86400, y]);
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data), true), 2, null, new AliasPart(1, 1.0 / 86400));
    }

    [Fact]
    public void A_duplicate_is_aliased_exactly()
    {
        double[][] data = Rows(20, 5, (a, b, y) => [a, b, a, y]);
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data), true), 3, true, new AliasPart(1, 1));
    }

    [Fact]
    public void Columns_that_really_differ_in_the_last_bits_are_kept()
    {
        double[][] data = Rows(40, 6, (a, b, y) => [a + 100, (a + 100) * (1 + Math.ScaleB(Math.Round(b), -46)), y]);
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(data), true);
        Assert.Equal(3, s.Rank);
        NormalEquationsTests.AssertRight(TestMoments.Of(data), true);
    }

    [Fact]
    public void Whole_numbers_that_differ_by_one_in_one_row_are_kept()
    {
        double[][] data = [.. Enumerable.Range(0, 30).Select(i => new[] { 4e15 + (i * i * 1e9), 4e15 + (i * i * 1e9) + (i == 7 ? 1 : 0), Math.Sqrt(i) })];
        Assert.Equal(3, NormalEquations.Solve(TestMoments.Of(data, unit: 0), true).Rank);
        NormalEquationsTests.AssertRight(TestMoments.Of(data, unit: 0), true);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Powers_of_time_stamps_are_fitted(int degree)
    {
        var random = new Random(8);
        double[] t = [.. Enumerable.Range(0, 60).Select(i => 1.7e9 + (3600 * i) + random.NextDouble())];
        double[] y = [.. t.Select(_ => random.NextDouble())];
        Moments moments = TestMoments.Polynomial(t, y, degree);
        LeastSquaresSolution s = NormalEquations.Solve(moments, true);
        Assert.Equal(degree + 1, s.Rank);
        NormalEquationsTests.AssertRight(moments, true);
    }

    [Fact]
    public void A_sum_that_went_through_15_digit_text_is_kept_with_a_warning()
    {
        static double Text(double x) => double.Parse(x.ToString("G15"));
        double[][] data = Rows(200, 9, (a, b, y) => [Text(a), Text(b), Text(a + b), y]);
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(data), true);
        NearAlias near = Assert.Single(s.NearlyAliased);
        Assert.Equal(3, near.Column);
        Assert.InRange(near.Ratio, 2, 20);
        Assert.Empty(s.Aliased);
    }

    [Fact]
    public void Float32_sums_are_aliased_when_the_source_says_so()
    {
        double[][] data = Rows(60, 10, (a, b, y) => [(float)a, (float)b, (float)((float)a + (float)b), y]);
        AssertAliased(NormalEquations.Solve(TestMoments.Of(data, ColumnInfo.SingleUnit), true), 3, false, new AliasPart(1, 1), new AliasPart(2, 1));
        Assert.Equal(4, NormalEquations.Solve(TestMoments.Of(data), true).Rank);
    }

    [Fact]
    public void Planted_equations_with_small_whole_multipliers_are_found_again()
        => Gen.Select(Gen.Int[2, 4], Gen.Int[0, 1_000_000]).Sample((p, seed) =>
        {
            var random = new Random(seed);
            int[] multipliers = [.. Enumerable.Range(0, p).Select(_ => random.Next(-4, 5))];
            double[][] rows = [.. Enumerable.Range(0, 25).Select(_ =>
            {
                double[] x = [.. Enumerable.Range(0, p).Select(_ => (double)random.Next(10_000))];
                return (double[])[.. x, x.Zip(multipliers, (v, m) => v * m).Sum() + 5, random.NextDouble()];
            })];
            AliasPart[] expected = [new AliasPart(0, 5), .. multipliers.Select((m, i) => new AliasPart(i + 1, m)).Where(part => part.Multiplier != 0)];
            AssertAliased(NormalEquations.Solve(TestMoments.Of(rows, unit: 0), true), p + 1, true, expected);
        }, iter: 40, threads: 1);
}
