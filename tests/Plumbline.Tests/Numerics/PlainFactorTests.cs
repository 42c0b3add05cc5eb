using CsCheck;
using Plumbline.Numerics;
using Xunit;

namespace Plumbline.Tests.Numerics;

public class PlainFactorTests
{
    private static readonly Gen<(int Size, int Seed)> s_problems = Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1_000_000]);

    [Fact]
    public void What_it_solves_is_the_solution_for_the_chosen_rows_and_columns()
    {
        var factor = new PlainFactor();         // one for all sizes: its memory is used again
        s_problems.Sample(
            problem =>
            {
                (double[][] matrix, double[] extra, int[] chosen, double[] b) = Problem(problem.Size, problem.Seed);
                Assert.True(factor.Factor(matrix, chosen, extra, 1e-9));
                Assert.Equal(chosen.Length, factor.Size);
                double[] x = [.. b];
                factor.Solve(x);
                for (int i = 0; i < chosen.Length; i++)
                {
                    double sum = extra[chosen[i]] * x[i];
                    for (int j = 0; j < chosen.Length; j++)
                    {
                        sum += matrix[chosen[i]][chosen[j]] * x[j];
                    }
                    Assert.Equal(b[i], sum, 1e-11 * problem.Size);
                }
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void A_column_that_others_determine_is_refused()
    {
        // The third is (first + second)/√2.
        double c = Math.Sqrt(0.5);
        double[][] matrix = [[1, 0, c], [0, 1, c], [c, c, 1]];
        var factor = new PlainFactor();
        Assert.False(factor.Factor(matrix, [0, 1, 2], new double[3], 1e-9));
        Assert.True(factor.Factor(matrix, [0, 2], new double[3], 1e-9));
        Assert.True(factor.Factor(matrix, [0, 1, 2], [0, 0, 0.5], 1e-9));
    }

    [Fact]
    public void Not_a_number_is_refused()
    {
        double[][] matrix = [[1, double.NaN], [double.NaN, 1]];
        Assert.False(new PlainFactor().Factor(matrix, [0, 1], new double[2], 0));
    }

    // Correlations of random columns with a common part, some of which are chosen.
    private static (double[][] Matrix, double[] Extra, int[] Chosen, double[] B) Problem(int size, int seed)
    {
        var random = new Random(seed);
        double[][] columns = [.. Enumerable.Range(0, size).Select(_ =>
        {
            double[] column = [.. Enumerable.Range(0, size + 20).Select(_ => random.NextDouble() - 0.4)];
            double length = Math.Sqrt(column.Sum(static v => v * v));
            return column.Select(v => v / length).ToArray();
        })];
        double[][] matrix = [.. columns.Select(a => columns.Select(b => a.Zip(b, static (x, y) => x * y).Sum()).ToArray())];
        int[] chosen = [.. Enumerable.Range(0, size).Where(_ => random.Next(3) > 0)];
        return (matrix, [.. columns.Select(_ => random.Next(2) * random.NextDouble())], chosen, [.. chosen.Select(_ => random.NextDouble() - 0.5)]);
    }
}
