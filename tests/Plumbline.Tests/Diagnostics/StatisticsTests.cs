using CsCheck;
using Plumbline.Numerics;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>What the statistics of the checks are by definition, on random small problems.</summary>
public class StatisticsTests
{
    private const double Near = 1e-9;

    /// <summary>A response and k columns, the first of ones, n of each.</summary>
    private static readonly Gen<(double[] Y, double[][] X)> _problem =
        (from k in Gen.Int[1, 3]
         from n in Gen.Int[k + 5, k + 12]
         from x in Gen.Int[-99, 99].Select(static i => i / 64.0).Array[n].Array[k]
         from y in Gen.Int[-99, 99].Select(static i => i / 32.0).Array[n]
         select (y, new[] { Enumerable.Repeat(1.0, n).ToArray() }.Concat(x).ToArray())).Where(static p => Small.IsWellPosed(p.y, p.Item2));

    [Fact]
    public void Influence_of_a_row_is_what_a_fit_without_it_says() =>
        _problem.Sample(problem =>
        {
            (double[] y, double[][] x) = problem;
            int n = y.Length, k = x.Length;
            Small all = Small.Fit(y, x);
            var measures = new InfluenceMeasures(all.Rss, n, k, 1e-20);
            for (int i = 0; i < n; i += 3)
            {
                int[] others = [.. Enumerable.Range(0, n).Where(r => r != i)];
                Small without = Small.Fit([.. others.Select(r => y[r])], [.. x.Select(c => others.Select(r => c[r]).ToArray())]);
                DoubleDouble h = all.Leverage(i), e = all.Residuals[i];
                RowInfluence row = measures.Of(e, 1, h);
                double s = Math.Sqrt(all.Rss.High / (n - k)), sigma = Math.Sqrt(without.Rss.High / (n - k - 1));
                Close(sigma, row.SigmaWithout);
                Close(all.Residuals[i].High / s / Math.Sqrt(1 - h.High), row.Standardized);
                double moved = Enumerable.Range(0, k).Sum(j => x[j][i] * (all.Estimates[j].High - without.Estimates[j].High));
                Close(moved / sigma / Math.Sqrt(h.High), row.Dffits);
                double size = Enumerable.Range(0, n).Sum(r => Math.Pow(Enumerable.Range(0, k).Sum(j => x[j][r] * (all.Estimates[j].High - without.Estimates[j].High)), 2));
                Close(size / k / s / s, row.CooksDistance);
                Close(Math.Pow(sigma / s, 2 * k) * without.Determinant() / all.Determinant(), row.CovarianceRatio);
                var moves = new double[k];
                measures.Dfbetas(moves, e, 1, h, all.Basis(i), all.Root);
                for (int j = 0; j < k; j++)
                {
                    Close((all.Estimates[j].High - without.Estimates[j].High) / sigma / Math.Sqrt(all.Variance(j)), moves[j]);
                }
                // A studentized residual is the t of the row's own indicator.
                Small own = Small.Fit(y, [.. x, [.. Enumerable.Range(0, n).Select(r => r == i ? 1.0 : 0)]]);
                Close(own.Estimates[k].High / Math.Sqrt(own.Rss.High / (n - k - 1) * own.Variance(k)), row.Studentized);
            }
        });

    [Fact]
    public void A_row_of_leverage_1_has_no_measures_and_a_fit_of_one_degree_of_freedom_no_studentized_ones()
    {
        var measures = new InfluenceMeasures(4, 10, 2, 1e-20);
        Assert.Equal(RowInfluence.OfUnitLeverage, measures.Of(0, 1, 1));
        RowInfluence few = new InfluenceMeasures(4, 3, 2, 1e-20).Of(1, 1, 0.5);
        Assert.Equal(double.NaN, few.Studentized);
        Assert.Equal(1 / (2 * Math.Sqrt(0.5)), few.Standardized, 1e-15);
        Assert.Equal(double.NaN, new InfluenceMeasures(4, 3, 2, 1e-20).OutlierP(2, 3));
    }

    [Fact]
    public void A_weight_of_4_is_a_row_times_2() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0.05, 0.9]).Sample((e, h) =>
        {
            var measures = new InfluenceMeasures(60, 20, 3, 1e-20);
            Assert.Equal(measures.Of(2 * e, 1, h), measures.Of(e, 4, h));
        });

    [Fact]
    public void A_variance_inflation_factor_is_that_of_the_regression_on_the_other_columns() =>
        _problem.Where(static p => p.X.Length > 2).Sample(problem =>
        {
            double[][] x = problem.X;
            var measures = new CollinearityMeasures(Small.Fit(problem.Y, x).Root, centered: true);
            for (int j = 1; j < x.Length; j++)
            {
                double rest = Small.Fit(x[j], [.. x.Where((_, i) => i != j)]).Rss.High, mean = x[j].Average();
                Close(x[j].Sum(v => (v - mean) * (v - mean)) / rest, measures.Inflation([j]));
            }
            Close(1, measures.Inflation([.. Enumerable.Range(1, x.Length - 1)]));
        });

    [Fact]
    public void Directions_are_the_singular_vectors_of_the_columns_scaled_to_length_1() =>
        _problem.Sample(problem =>
        {
            double[][] x = problem.X;
            ConditionDirection[] directions = new CollinearityMeasures(Small.Fit(problem.Y, x).Root, centered: false).Directions();
            double[] values = [.. directions.Select(d => Math.Sqrt(Enumerable.Range(0, x[0].Length).Sum(r => Math.Pow(x.Select((c, j) => c[r] / Length(c) * d.Vector[j]).Sum(), 2))))];
            Close(x.Length, values.Sum(static v => v * v));
            for (int d = 0; d < values.Length; d++)
            {
                Close(values[0] / values[d], directions[d].Index);
                Close(1, directions.Sum(direction => direction.Shares[d]));
            }
        });

    [Fact]
    public void Near_dependence_of_known_columns_has_their_equation_and_their_index()
    {
        // x3 = x1 + x2 but for d: the direction (1, 1, −1) of equally long columns is left with d/√3 or so.
        double[] x1 = [1, -1, 0, 0, 1, -1, 0, 0], x2 = [0, 0, 1, -1, 0, 0, -1, 1], noise = [1, 1, -1, -1, -1, -1, 1, 1];
        double[] x3 = [.. x1.Select((v, i) => v + x2[i] + (1e-6 * noise[i]))], one = [.. x1.Select(static _ => 1.0)];
        ConditionDirection last = new CollinearityMeasures(Small.Fit(noise, [one, x1, x2, x3]).Root, centered: true).Directions()[^1];
        double scale = last.Vector[0] / Length(x1);
        Assert.Equal(1, last.Vector[1] / Length(x2) / scale, 1e-6);
        Assert.Equal(-1, last.Vector[2] / Length(x3) / scale, 1e-6);
        Assert.All(last.Shares, static s => Assert.InRange(s, 0.999999, 1));
        Assert.InRange(last.Index, 1e5, 1e7);
    }

    [Fact]
    public void The_normal_law_of_d_has_the_mean_and_the_variance_of_the_exact_one() =>
        // On the eigenvalues: the mean is their average, the variance 2(Σλ² − n·mean²)/(n(n + 2)), n of them.
        _problem.Sample(problem =>
        {
            (double[] y, double[][] x) = problem;
            Small fit = Small.Fit(y, x);
            double[][] basis = [.. Enumerable.Range(0, x.Length).Select(k => Enumerable.Range(0, y.Length).Select(i => fit.Basis(i)[k].High).ToArray())];
            double[] values = DurbinWatson.Eigenvalues(basis, y.Length);
            double n = values.Length, mean = values.Average(), variance = 2 * (values.Sum(static v => v * v) - (n * mean * mean)) / (n * (n + 2));
            double[][] applied = [.. basis.Select(Differenced)];
            double trace = basis.Select((b, i) => Product(b, applied[i])).Sum(), second = applied.Sum(a => Product(a, a));
            double square = basis.Sum(b => applied.Sum(a => Math.Pow(Product(b, a), 2)));
            DurbinWatsonP normal = DurbinWatson.Normal(1.5, y.Length, x.Length, trace, second, square), exact = DurbinWatson.Exact(1.5, values);
            Close(Normal.LowerTail((1.5 - mean) / Math.Sqrt(variance)), normal.Positive);
            Close(1, exact.Positive + exact.Negative);
            Assert.InRange(exact.Positive - normal.Positive, -0.1, 0.1);
        });

    [Fact]
    public void Without_two_degrees_of_freedom_d_has_no_law()
    {
        Assert.Empty(DurbinWatson.Eigenvalues([[0.6, 0.8, 0], [0, 0, 1]], 3));
        Assert.Equal(double.NaN, DurbinWatson.Exact(2, []).Positive);
        Assert.Equal(double.NaN, DurbinWatson.Normal(2, 3, 2, 1, 1, 1).TwoSided);
        Assert.Equal(double.NaN, DurbinWatson.Statistic(0, 0));
    }

    [Fact]
    public void An_auxiliary_regression_that_explains_nothing_has_p_1_and_one_that_cannot_be_made_is_undefined()
    {
        Assert.Equal((0.0, 1.0), (AuxiliaryTests.Studentized(5, 5, 20, 3).Statistic, AuxiliaryTests.Studentized(5, 5, 20, 3).P));
        Assert.Equal(TestValue.Undefined, AuxiliaryTests.Studentized(0, 0, 20, 3));
        Assert.Equal(TestValue.Undefined, AuxiliaryTests.Studentized(5, 3, 20, 1));
        Assert.Equal(TestValue.Undefined, AuxiliaryTests.Chow(5, 3, 8, 4, 8));
        Assert.Equal(TestValue.Undefined, AuxiliaryTests.Reset(5, 3, 8, 4, 0));
        Assert.Equal((double.PositiveInfinity, 0.0), (AuxiliaryTests.Reset(5, 0, 20, 4, 2).Statistic, AuxiliaryTests.Reset(5, 0, 20, 4, 2).P));
        Assert.Equal(TestValue.Undefined, LjungBox.Test([0, 0], 10));
        Assert.Equal(TestValue.Undefined, LjungBox.Test([1, 0.5, 0.2], 2));
    }

    private static double[] Differenced(double[] v) =>
        [.. v.Select((x, i) => (i > 0 ? x - v[i - 1] : 0) + (i < v.Length - 1 ? x - v[i + 1] : 0))];

    private static double Product(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();

    private static double Length(double[] v) => Math.Sqrt(Product(v, v));

    private static void Close(double expected, double actual) => Agreement.Check("", expected, actual, Near, 1e-4);
}
