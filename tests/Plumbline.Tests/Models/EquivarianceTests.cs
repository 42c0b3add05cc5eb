using CsCheck;

namespace Plumbline.Tests;

/// <summary>Shifting and scaling predictors and response changes the coefficients as it must.</summary>
public class EquivarianceTests
{
    private static readonly Gen<(double[] X, double[] Y, int N, int P)> _problem =
        Gen.Select(Gen.Int[5, 30], Gen.Int[1, 4]).SelectMany((n, p) => Gen.Select(
            Gen.Double[-100, 100].Array[n * p], Gen.Double[-1000, 1000].Array[n], (x, y) => (x, y, n, p)));

    [Fact]
    public void Scaling_by_powers_of_two_is_exact() =>
        Gen.Select(_problem, Gen.Int[-40, 40], Gen.Int[-40, 40]).Sample((problem, a, b) =>
        {
            LinearModel model = LeastSquares.Solve(problem.X, problem.Y);
            double[] x = [.. problem.X.Select((v, n) => n % problem.P == 0 ? Math.ScaleB(v, a) : v)];
            LinearModel scaled = LeastSquares.Solve(x, [.. problem.Y.Select(v => Math.ScaleB(v, b))]);
            for (int j = 0; j < model.Coefficients.Count; j++)
            {
                int power = b - (j == 1 ? a : 0);
                Assert.Equal(Math.ScaleB(model.Coefficients[j].Estimate, power), scaled.Coefficients[j].Estimate);
                Assert.Equal(Math.ScaleB(model.Coefficients[j].StandardError, power), scaled.Coefficients[j].StandardError);
                Assert.Equal(model.Coefficients[j].T, scaled.Coefficients[j].T);
                Assert.Equal(model.Coefficients[j].P, scaled.Coefficients[j].P);
            }
            Assert.Equal(model.RSquared, scaled.RSquared);
            Assert.Equal(Math.ScaleB(model.Sigma, b), scaled.Sigma);
        });

    [Fact]
    public void Shifting_by_whole_numbers_moves_the_intercept_only() =>
        Gen.Select(Gen.Int[-1000, 1000].Array[8, 40], Gen.Int[-100000, 100000], Gen.Int[-100000, 100000], Gen.Int[1, 1 << 20])
            .Where(static t => t.Item1.Distinct().Count() > 2)
            .Sample((x, shiftX, shiftY, seed) =>
            {
                var random = new Random(seed);
                double[] y = [.. x.Select(v => (3 * v) + random.Next(-50, 50))];
                double[] plain = [.. x.Select(static v => (double)v)];
                LinearModel model = LeastSquares.Solve(plain, y);
                LinearModel moved = LeastSquares.Solve([.. plain.Select(v => v + shiftX)], [.. y.Select(v => v + shiftY)]);
                Assert.Equal(model.Coefficients[1].Estimate, moved.Coefficients[1].Estimate);
                Assert.Equal(model.Coefficients[1].StandardError, moved.Coefficients[1].StandardError);
                Assert.Equal(model.Rss, moved.Rss);
                Assert.Equal(model.Tss, moved.Tss);
                double expected = model.Coefficients[0].Estimate + shiftY - (shiftX * model.Coefficients[1].Estimate);
                double scale = Math.Abs(model.Coefficients[0].Estimate) + Math.Abs((double)shiftY) + Math.Abs(shiftX * model.Coefficients[1].Estimate);
                Assert.True(Math.Abs(expected - moved.Coefficients[0].Estimate) <= 2e-15 * scale);
            });

    [Fact]
    public void Row_major_and_column_major_are_the_same_matrix() => _problem.Sample(problem =>
    {
        double[] columnMajor = [.. Enumerable.Range(0, problem.P).SelectMany(j => Enumerable.Range(0, problem.N).Select(i => problem.X[(i * problem.P) + j]))];
        LinearModel rows = LeastSquares.Solve(problem.X, problem.Y);
        LinearModel columns = LeastSquares.Solve(columnMajor, problem.Y, MatrixLayout.ColumnMajor);
        Assert.Equal(rows.Coefficients.Select(static c => c.Estimate), columns.Coefficients.Select(static c => c.Estimate));
        Assert.Equal(rows.Coefficients.Select(static c => c.StandardError), columns.Coefficients.Select(static c => c.StandardError));
    });
}
