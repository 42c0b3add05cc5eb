using CsCheck;

namespace Plumbline.Tests.Selection;

public class DenseLeastSquaresTests
{
    private static readonly Gen<(double[][] Columns, double[] Y)> _problems =
        from rows in Gen.Int[6, 30]
        from columns in Gen.Int[1, 4]
        from values in Gen.Double[-3, 3].Array[rows * (columns + 1)]
        select (Enumerable.Range(0, columns).Select(j => values[(j * rows)..((j + 1) * rows)]).ToArray(), values[(columns * rows)..]);

    [Fact]
    public void Without_penalty_it_is_the_exact_fit() => _problems.Sample(problem =>
    {
        (double[][] columns, double[] y) = problem;
        Table table = columns.Index().Aggregate(new Table(), (t, c) => t.With($"x{c.Index}", c.Item)).With("y", y);
        LinearModel exact = LinearRegression.Fit($"y ~ {string.Join(" + ", columns.Select((_, j) => $"x{j}"))}", table);
        double[] found = DenseLeastSquares.Factor(columns, y.Length, intercept: true, lambda: 0).Solve(y);
        if (exact.Condition < 1e4)
        {
            for (int j = 0; j < found.Length; j++)
            {
                Assert.Equal(exact.Coefficients[j].Estimate, found[j], 1e-9 * (1 + Math.Abs(exact.Coefficients[j].Estimate)));
            }
        }
    });

    [Fact]
    public void The_gradient_of_the_penalized_loss_is_zero_at_the_solution() => Gen.Select(_problems, Gen.Double[0.001, 10]).Sample((problem, lambda) =>
    {
        (double[][] columns, double[] y) = problem;
        int n = y.Length;
        double[] found = DenseLeastSquares.Factor(columns, n, intercept: true, lambda).Solve(y);
        double[] residuals = [.. y.Select((value, i) => value - found[0] - columns.Select((c, j) => c[i] * found[j + 1]).Sum())];
        Assert.Equal(0, residuals.Sum() / n, 1e-11);
        for (int j = 0; j < columns.Length; j++)
        {
            double mean = columns[j].Average(), sd = Math.Sqrt(columns[j].Average(v => (v - mean) * (v - mean)));
            double gradient = (-columns[j].Zip(residuals, (v, r) => (v - mean) / sd * r).Sum() / n) + (lambda * found[j + 1] * sd);
            Assert.Equal(0, gradient, 1e-10);
        }
    });

    [Fact]
    public void The_smoother_gives_the_prediction() => Gen.Select(_problems, Gen.Double[0, 2]).Sample((problem, lambda) =>
    {
        (double[][] columns, double[] y) = problem;
        var factor = DenseLeastSquares.Factor(columns, y.Length, intercept: true, lambda);
        double[] found = factor.Solve(y);
        double[] point = [.. columns.Select((_, j) => 0.5 - j)];
        double predicted = found[0] + point.Select((v, j) => v * found[j + 1]).Sum();
        double smoothed = factor.Smoother(point).Zip(y, static (s, v) => s * v).Sum();
        Assert.Equal(predicted, smoothed, 1e-8 * (1 + found.Sum(Math.Abs)));
    });

    [Fact]
    public void A_column_that_others_determine_gets_no_coefficient()
    {
        double[] a = [1, 2, 3, 4, 5], b = [2, 1, 4, 3, 5], both = [3, 3, 7, 7, 10], constant = [7, 7, 7, 7, 7];
        var factor = DenseLeastSquares.Factor([a, constant, b, both], 5, intercept: true, lambda: 0);
        Assert.Equal(2, factor.Rank);
        double[] found = factor.Solve([.. a.Zip(b, static (x, z) => 1 + (2 * x) - z)]);
        Assert.Equal(1, found[0], 1e-13);
        Assert.Equal(2, found[1], 1e-13);
        Assert.Equal(0.0, found[2]);
        Assert.Equal(-1, found[3], 1e-13);
        Assert.Equal(0.0, found[4]);
    }
}
