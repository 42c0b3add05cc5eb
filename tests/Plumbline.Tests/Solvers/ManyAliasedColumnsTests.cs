using CsCheck;

namespace Plumbline.Tests.Solvers;

public class ManyAliasedColumnsTests
{
    /// <summary>Every equation gives its column again in every row, as far as rounded multipliers can.</summary>
    private static void AssertEquationsHold(LeastSquaresSolution solution, double[][] rows)
    {
        foreach (AliasEquation alias in solution.Aliased)
        {
            foreach (double[] row in rows)
            {
                double Value(int column) => column == 0 ? 1 : row[column - 1];
                double sum = 0, size = Math.Abs(Value(alias.Column));
                foreach (AliasPart part in alias.Parts)
                {
                    sum += part.Multiplier * Value(part.Column);
                    size += Math.Abs(part.Multiplier * Value(part.Column));
                }
                Assert.True(Math.Abs(sum - Value(alias.Column)) <= 1e-12 * size, $"column {alias.Column}: {sum} instead of {Value(alias.Column)}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_more_columns_than_rows_the_first_independent_ones_are_kept_and_every_equation_holds(bool areWhole)
    {
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, 120).Select(_ => areWhole ? random.Next(1000) : random.NextDouble() - 0.5).ToArray())];
        LeastSquaresSolution solution = NormalEquations.Solve(TestMoments.Of(rows, unit: areWhole ? 0 : ColumnInfo.DoubleUnit), true);
        Assert.Equal(Enumerable.Range(0, 30), solution.Kept);
        Assert.Equal(Enumerable.Range(30, 90), solution.Aliased.Select(a => a.Column));
        AssertEquationsHold(solution, rows);
    }

    [Fact]
    public void Whole_numbers_with_equations_that_have_no_simple_multipliers_are_aliased_and_kept_after_a_change_of_one()
        => Gen.Int[0, 1_000_000].Sample(seed =>
        {
            // Ten combinations of six hidden columns: from the seventh on each depends on the first six, by fractions of large denominators.
            const int hidden = 6, shown = 10;
            var random = new Random(seed);
            int[][] factors = [.. Enumerable.Range(0, shown).Select(_ => Enumerable.Range(0, hidden).Select(_ => random.Next(-1000, 1000)).ToArray())];
            double[][] rows = [.. Enumerable.Range(0, 25).Select(_ =>
            {
                int[] z = [.. Enumerable.Range(0, hidden).Select(_ => random.Next(10_000))];
                return (double[])[.. factors.Select(f => (double)f.Zip(z, (a, b) => a * b).Sum()), random.NextDouble()];
            })];
            LeastSquaresSolution solution = NormalEquations.Solve(TestMoments.Of(rows, unit: 0), true);
            Assert.Equal(Enumerable.Range(0, hidden + 1), solution.Kept);
            AssertEquationsHold(solution, rows);

            rows[random.Next(rows.Length)][hidden + 1]++;
            solution = NormalEquations.Solve(TestMoments.Of(rows, unit: 0), true);
            Assert.Equal([.. Enumerable.Range(0, hidden + 1), hidden + 2], solution.Kept);
        }, iter: 20, threads: 1);

    [Fact]
    public void The_last_level_of_a_hundred_is_one_less_all_others()
    {
        double[][] rows = [.. Enumerable.Range(0, 300).Select(r => Enumerable.Range(0, 100).Select(c => r % 100 == c ? 1.0 : 0).Append(Math.Sqrt(r)).ToArray())];
        LeastSquaresSolution solution = NormalEquations.Solve(TestMoments.Of(rows, unit: 0), true);
        AliasEquation alias = Assert.Single(solution.Aliased);
        Assert.Equal(100, alias.Column);
        Assert.True(alias.IsExact);
        Assert.Equal([new AliasPart(0, 1), .. Enumerable.Range(1, 99).Select(c => new AliasPart(c, -1))], alias.Parts);
    }
}
