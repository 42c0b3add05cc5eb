using CsCheck;
using Plumbline.Layers;

namespace Plumbline.Tests.Descent;

public class LossSurfaceTests
{
    private static readonly double[] _grid = [-3, -0.5, 0, 1, 2.5];

    /// <summary>The mean of ½(ŷ − y)², row by row.</summary>
    private static double Direct(double[][] x, double[] y, double[] b) =>
        y.Select((value, row) => 0.5 * Math.Pow(b[0] + x.Select((column, j) => column[row] * b[j + 1]).Sum() - value, 2)).Average();

    private static (double[][] X, double[] Y, Moments Moments) Data(ulong seed, int rows = 40, int columns = 3)
    {
        var random = new NormalGenerator(seed);
        double[][] x = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => random.Next()).ToArray())];
        double[] y = [.. Enumerable.Range(0, rows).Select(row => 1 + x[0][row] - (2 * x[1][row]) + random.Next())];
        using var builder = new MomentsBuilder([.. Enumerable.Range(1, columns).Select(j => $"x{j}"), "y"]);
        builder.Add(new RowBlock(0, rows, [.. x.Append(y).Select(c => new NumberColumn(c, null, 0, rows))]));
        return (x, y, builder.Build());
    }

    [Fact]
    public void The_surface_is_the_loss_of_the_rows_wherever_one_looks() =>
        Gen.ULong.Sample(seed =>
        {
            (double[][] x, double[] y, Moments moments) = Data(seed);
            LinearModel model = LinearRegression.Fit(moments);
            double[] b = [.. model.Coefficients.Select(c => c.Estimate)];
            LossSurface surface = LossSurface.Of(moments, "x1", "x3");
            double[,] grid = surface.Grid(_grid, _grid);
            for (int r = 0; r < _grid.Length; r++)
            {
                for (int s = 0; s < _grid.Length; s++)
                {
                    double direct = Direct(x, y, [b[0], _grid[r], b[2], _grid[s]]);
                    Assert.Equal(direct, grid[r, s], 1e-12 * direct);
                }
            }
            Assert.Equal(surface.Minimum, surface.At(surface.FirstAtMinimum, surface.SecondAtMinimum));
        }, iter: 20);

    [Fact]
    public void The_profile_is_the_least_loss_that_the_other_coefficients_allow() =>
        Gen.ULong.Sample(seed =>
        {
            (double[][] x, double[] y, Moments moments) = Data(seed);
            LossSurface surface = LossSurface.Of(moments, "(Intercept)", "x2", OtherCoefficients.Profiled);
            foreach (double first in _grid)
            {
                foreach (double second in _grid)
                {
                    // What is left to fit when two coefficients are held.
                    double[] rest = [.. y.Select((value, row) => value - first - (second * x[1][row]))];
                    double rss = LeastSquares.Solve([.. x[0], .. x[2]], rest, MatrixLayout.ColumnMajor, intercept: false).Rss;
                    Assert.Equal(rss / (2 * y.Length), surface.At(first, second), 1e-12 * rss);
                }
            }
        }, iter: 20);

    [Fact]
    public void A_contour_has_its_loss_and_the_axes_are_those_of_the_Hessian() =>
        Gen.ULong.Sample(seed =>
        {
            LossSurface surface = LossSurface.Of(Data(seed).Moments, "x1", "x2", OtherCoefficients.Profiled);
            foreach ((double first, double second) in surface.Contour(0.25, 12))
            {
                Assert.Equal(0.25, surface.Excess(first, second), 1e-12);
            }
            (double a, double b, double c) = surface.Hessian;
            foreach (BowlAxis axis in surface.Axes)
            {
                Assert.Equal(1, (axis.First * axis.First) + (axis.Second * axis.Second), 1e-14);
                Assert.Equal(axis.Curvature * axis.First, (a * axis.First) + (b * axis.Second), 1e-12);
                Assert.Equal(axis.Curvature * axis.Second, (b * axis.First) + (c * axis.Second), 1e-12);
            }
            Assert.True(surface.Axes[0].Curvature >= surface.Axes[1].Curvature);
        }, iter: 50);

    [Fact]
    public void The_gradient_leads_from_anywhere_to_the_one_minimum()
    {
        LossSurface surface = LossSurface.Of(Data(5).Moments, "x1", "x2");
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var random = new NormalGenerator(seed);
            (double first, double second) = (10 * random.Next(), 10 * random.Next());
            for (int step = 0; step < 400; step++)
            {
                (double g, double h) = surface.Gradient(first, second);
                first -= g / surface.Axes[0].Curvature;
                second -= h / surface.Axes[0].Curvature;
            }
            Assert.Equal(surface.FirstAtMinimum, first, 1e-12);
            Assert.Equal(surface.SecondAtMinimum, second, 1e-12);
        }
    }

    [Fact]
    public void A_deep_net_has_no_bowl_and_several_ends_and_a_linear_one_has_a_bowl_and_one_end()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(n => (n / 10.0) - 3)];
        double[] y = [.. x.Select(v => Math.Sin(2 * v))];
        (double[] ends, double dent) Run(Func<Sequential> make)
        {
            var losses = new List<double>();
            double most = 0;
            for (ulong seed = 1; seed <= 10; seed++)
            {
                Sequential network = make();
                network.Initialize(seed);
                var data = new DataLoader(x, y, 1, batch: x.Length);
                losses.Add(new Trainer(network, new SquaredLoss(), new Adam(0.02)).Fit(data, 1500).Epochs[^1].Loss);
                most = Math.Max(most, new NetSurface(network, new SquaredLoss(), data.All(), seed).NonConvexity());
            }
            return ([.. losses], most);
        }

        (double[] linear, double flat) = Run(() => new Sequential(new Dense(1, 1, 1)));
        Assert.True(linear.Max() - linear.Min() < 1e-6, string.Join(' ', linear));
        Assert.InRange(flat, 0, 1e-12);
        (double[] deep, double dented) = Run(() => new Sequential(new Dense(1, 4, 1), new Tanh(), new Dense(4, 4, 0.5), new Tanh(), new Dense(4, 1, 0.5)));
        Assert.True(deep.Max() > 3 * deep.Min(), string.Join(' ', deep));
        Assert.True(dented > 1e-3, $"{dented}");
    }

    [Fact]
    public void A_name_that_is_none_of_a_coefficient_is_answered()
    {
        Moments moments = Data(1).Moments;
        PlumblineException error = Assert.Throws<PlumblineException>(() => LossSurface.Of(moments, "x1", "X3 "));
        Assert.Equal("no-coefficient", error.Code);
        Assert.Contains("Did you mean x3?", error.Message, StringComparison.Ordinal);
        Assert.Equal("no-coefficient", Assert.Throws<PlumblineException>(() => LossSurface.Of(moments, "x1", "x1")).Code);
    }
}
