using CsCheck;
using Plumbline.Numerics;
using Xunit;

namespace Plumbline.Tests.Solvers;

public class PenalizedPathTests
{
    private const double Tight = 1e-12;         // relative to the size of the terms

    private static readonly double[] s_alphas = [1, 0.5, 0.1, 0];

    private static readonly Gen<(RandomProblem Problem, PathOptions Options, bool Intercept)> s_problems = Gen.Select(
        RandomProblem.Gen(8), Gen.Int[0, 3].Select(static k => s_alphas[k]), Gen.Bool, Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 3],
        static (problem, alpha, standardize, intercept, bounds, factor) => (
            problem,
            new PathOptions
            {
                Alpha = alpha,
                Standardize = standardize,
                Count = 12,
                LowerOfAll = bounds is 1 or 3 ? 0 : double.NegativeInfinity,
                UpperOfAll = bounds >= 2 ? 0.25 : double.PositiveInfinity,
                Factors = new Dictionary<string, double>(StringComparer.Ordinal) { ["x1"] = factor },
            },
            intercept));

    [Fact]
    public void Every_step_fulfils_the_conditions_of_a_minimum() =>
        s_problems.Sample(static p => AssertMinimum(TestMoments.Of(p.Problem.Data()), p.Options, p.Intercept), iter: 400, threads: 1);

    [Fact]
    public void So_it_does_for_whole_numbers_where_columns_repeat_and_rows_are_few() =>
        Gen.Select(Gen.Int[3, 8], Gen.Int[1, 9], Gen.Int[0, 1_000_000], Gen.Int[0, 3].Select(static k => s_alphas[k])).Sample(static (n, p, seed, alpha) =>
        {
            var random = new Random(seed);
            double[][] rows = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, p + 1).Select(j => j == p ? i + random.NextDouble() : random.Next(-1, 2)).ToArray())];
            AssertMinimum(TestMoments.Of(rows, unit: 0), new PathOptions { Alpha = alpha, Count = 10 }, true);
        }, iter: 400, threads: 1);

    [Fact]
    public void The_gap_is_proven_below_1e_minus_12_up_to_a_condition_of_1e11() =>
        s_problems.Where(static p => p.Problem.Near > 5e-12).Sample(static p =>
        {
            RegularizationPath path = RegularizationPath.Of(TestMoments.Of(p.Problem.Data()), p.Options, p.Intercept);
            Assert.All(path.Steps, static step => Assert.InRange(step.DualityGap, 0, 1e-12));
        }, iter: 400, threads: 1);

    [Fact]
    public void Without_a_penalty_it_is_the_least_squares_fit_to_the_bit() =>
        RandomProblem.Gen(8).Sample(static problem =>
        {
            Moments moments = TestMoments.Of(problem.Data());
            PathStep step = RegularizationPath.Of(moments, new PathOptions { Lambdas = [0] }).Steps[0];
            LinearModel fit = LinearRegression.Fit(moments);
            for (int j = 0; j < fit.Coefficients.Count; j++)
            {
                int at = moments.Columns.Index().First(c => c.Item.Name == fit.Coefficients[j].Name).Index;
                Assert.Equal(fit.Coefficients[j].Estimate, step.Coefficients[at]);
            }
            Assert.Equal(fit.RSquared, step.RSquared, Tight);
        }, iter: 100, threads: 1);

    [Fact]
    public void An_aliased_column_gets_0_without_a_penalty_and_its_share_with_ridge()
    {
        double[][] rows = [.. Enumerable.Range(0, 20).Select(static i => (double[])[i % 7, 2 * (i % 7), (3 * i % 11) + (i % 7)])];
        Moments moments = TestMoments.Of(rows, unit: 0);
        RegularizationPath ridge = RegularizationPath.Of(moments, new PathOptions { Alpha = 0, Lambdas = [0.5, 0] });
        Assert.Equal(ridge.Steps[0].Coefficients[1], 2 * ridge.Steps[0].Coefficients[2], 1e-14);
        Assert.NotEqual(0, ridge.Steps[0].Coefficients[2]);
        Assert.Equal(0, ridge.Steps[1].Coefficients[2]);
        Assert.Equal(LinearRegression.Fit(moments).Coefficients[1].Estimate, ridge.Steps[1].Coefficients[1], 1e-14);
    }

    [Fact]
    public void At_the_largest_lambda_nothing_enters_and_just_below_it_something_does()
    {
        Moments moments = GoldenPaths.Moments("diabetes");
        RegularizationPath path = RegularizationPath.Of(moments);
        Assert.Equal(100, path.Steps.Count);
        Assert.Equal(path.LargestLambda, path.Steps[0].Lambda);
        Assert.Equal(path.LargestLambda * 1e-4, path.Steps[^1].Lambda, path.LargestLambda * 1e-16);
        RegularizationPath near = RegularizationPath.Of(moments, new PathOptions { Lambdas = [path.LargestLambda * (1 - 1e-9), path.LargestLambda * (1 + 1e-9)] });
        Assert.Equal(0, near.Steps[0].NonZero);
        Assert.Equal(1, near.Steps[1].NonZero);
    }

    [Fact]
    public void A_path_has_the_same_bits_whether_it_started_at_the_top_or_not()
    {
        Moments moments = GoldenPaths.Moments("houses");
        RegularizationPath path = RegularizationPath.Of(moments, new PathOptions { Count = 30 });
        foreach (PathStep step in path.Steps)
        {
            Assert.Equal(step.Coefficients, RegularizationPath.Of(moments, new PathOptions { Lambdas = [step.Lambda] }).Steps[0].Coefficients);
        }
    }

    [Fact]
    public void Degrees_of_freedom_of_ridge_are_those_of_the_singular_values()
    {
        // Two standardized columns with correlation c: eigenvalues 1 ± c, df = Σ e/(e + λ).
        double[][] rows = [[1, 1, 3], [1, -1, 1], [-1, 1, 2], [-1, -1, 7], [1, 1, 0], [-1, -1, 1]];
        const double c = 1.0 / 3, lambda = 0.25;
        PathStep step = RegularizationPath.Of(TestMoments.Of(rows, unit: 0), new PathOptions { Alpha = 0, Lambdas = [lambda] }).Steps[0];
        Assert.Equal(((1 + c) / (1 + c + lambda)) + ((1 - c) / (1 - c + lambda)), step.Df, 1e-15);
    }

    [Fact]
    public void Aic_and_bic_without_a_penalty_are_those_of_least_squares()
    {
        Moments moments = GoldenPaths.Moments("swiss");
        LinearModel fit = LinearRegression.Fit(moments);
        PathStep step = RegularizationPath.Of(moments, new PathOptions { Lambdas = [0] }).Steps[0];
        Assert.Equal(5, step.Df);
        Assert.Equal(fit.Aic, step.Aic, 1e-12 * fit.Aic);
        Assert.Equal(fit.Bic, step.Bic, 1e-12 * fit.Bic);
    }

    [Fact]
    public void Penalties_of_other_programs_convert_and_come_back()
    {
        Assert.Equal(new Penalty(0.3, 1), Penalty.FromGlmnet(0.3, 1, 7));
        Assert.Equal(new Penalty(0.3 / 4, 0), Penalty.FromGlmnet(0.3, 0, 4));
        Assert.Equal(new Penalty(1.5 + 0.375, 0.8), Penalty.FromSpark(3, 0.5, 4));
        Assert.Equal(new Penalty(0.02, 0), Penalty.FromScikitLearnRidge(2, 100));
        Assert.Equal(new Penalty(0.1, 0.5), Penalty.FromScikitLearn(0.1, 0.5));
        Assert.Equal(0.09, Penalty.FromMlNet(0.3).Lambda, 1e-16);
        Assert.Equal(0.3, Penalty.FromMlNet(0.3).ToMlNet(), 1e-16);
        Assert.Equal(2, Penalty.FromScikitLearnRidge(2, 100).ToScikitLearnRidge(100), 1e-15);
        (double lambda, double alpha) = Penalty.FromGlmnet(0.7, 0.25, 3).ToGlmnet(3);
        Assert.Equal(0.7, lambda, 1e-15);
        Assert.Equal(0.25, alpha, 1e-15);
        Assert.Equal((0.1, 0.5), new Penalty(0.1, 0.5).ToScikitLearn());
        Assert.Equal("option", Assert.Throws<PlumblineException>(static () => Penalty.Lasso(1).ToMlNet()).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(static () => Penalty.FromGlmnet(1, 0.5, 0)).Code);
    }

    [Theory]
    [InlineData("λ is -1")]
    [InlineData("α is 1.5")]
    [InlineData("list of λ is empty")]
    [InlineData("penalty factor of `x` is -1")]
    [InlineData("lower bound of `x` is 1")]
    [InlineData("upper bound of `every coefficient` is -1")]
    [InlineData("number of values of λ is 0")]
    [InlineData("ratio of the least λ to the largest is 1")]
    public void An_option_out_of_range_is_told(string part)
    {
        static Dictionary<string, double> X(double value) => new(StringComparer.Ordinal) { ["x"] = value };
        PathOptions options = part[..3] switch
        {
            "λ i" => new PathOptions { Lambdas = [0.1, -1] },
            "α i" => new PathOptions { Alpha = 1.5 },
            "lis" => new PathOptions { Lambdas = [] },
            "pen" => new PathOptions { Factors = X(-1) },
            "low" => new PathOptions { Lower = X(1) },
            "upp" => new PathOptions { UpperOfAll = -1 },
            "num" => new PathOptions { Count = 0 },
            _ => new PathOptions { Ratio = 1 },
        };
        PlumblineException error = Assert.Throws<PlumblineException>(() => RegularizationPath.Of(GoldenPaths.Moments("swiss"), options));
        Assert.Equal("option", error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_fitted_is_told()
    {
        static string Code(double[][] rows, PathOptions? options = null) =>
            Assert.Throws<PlumblineException>(() => RegularizationPath.Of(TestMoments.Of(rows), options)).Code;
        Assert.Equal("constant-response", Code([[1, 5], [2, 5], [4, 5]]));
        Assert.Equal("shape", Code([[5], [6]]));
        Assert.Equal("no-coefficient", Code([[1, 5], [2, 6], [4, 5]], new PathOptions { Factors = new Dictionary<string, double>(StringComparer.Ordinal) { ["x9"] = 2 } }));
        RegularizationPath path = RegularizationPath.Of(TestMoments.Of([[1, 0.1, 5], [2, 0.1, 6], [4, 0.1, 5]]));
        Assert.Equal(["x2"], path.Constant);
        Assert.All(path.Steps, static step => Assert.Equal(0, step.Coefficients[2]));
    }

    /// <summary>The derivative of the loss along each coefficient, exactly, is what the penalty and the bounds can hold.</summary>
    private static void AssertMinimum(Moments m, PathOptions options, bool intercept)
    {
        int response = m.Columns.Count - 1, first = intercept ? 1 : 0;
        RegularizationPath path = RegularizationPath.Of(m, options, intercept);
        ExactValue Centered(int i, int j) => intercept ? (m[i, j] * m[0, 0]) - (m[0, i] * m[0, j]) : m[i, j] * m[0, 0];
        double weight = m[0, 0].ToDouble();
        double Length(int j) => Math.Sqrt(Centered(j, j).ToDouble()) / weight;
        foreach (PathStep step in path.Steps)
        {
            double size = Length(response) + Enumerable.Range(1, response - 1).Sum(j => Math.Abs(step.Coefficients[j - 1 + first]) * Length(j));
            for (int j = 1; j < response; j++)
            {
                ExactValue slope = Centered(j, response);
                for (int k = 1; k < response; k++)
                {
                    slope -= ExactValue.From(step.Coefficients[k - 1 + first]) * Centered(j, k);
                }
                if (Centered(j, j).IsZero || path.Constant.Contains(m.Columns[j].Name, StringComparer.Ordinal))
                {
                    Assert.Equal(0, step.Coefficients[j - 1 + first]);
                    continue;
                }
                double scale = options.Standardize ? Math.Sqrt(((m[j, j] * m[0, 0]) - (m[0, j] * m[0, j])).ToDouble()) / weight : 1;
                double factor = options.Factors.GetValueOrDefault(m.Columns[j].Name, 1) * step.Lambda;
                double b = step.Coefficients[j - 1 + first];
                double derivative = (slope.ToDouble() / weight / weight) - (factor * (1 - options.Alpha) * scale * scale * b);
                double length = factor * options.Alpha * scale, slack = Tight * (size + Math.Abs(factor * scale * b)) * Length(j);
                double least = b > 0 ? length : -length, most = b < 0 ? -length : length;
                least = b <= options.LowerOfAll ? double.NegativeInfinity : least;
                most = b >= options.UpperOfAll ? double.PositiveInfinity : most;
                Assert.InRange(b, options.LowerOfAll, options.UpperOfAll);
                Assert.InRange(derivative, least - slack, most + slack);
            }
        }
    }
}
