namespace Plumbline.Tests.Testing;

/// <summary>Where sums of squares are exactly 0, terms are aliased, fits are exact, and models cannot be compared.</summary>
public class AnovaEdgeTests
{
    private static readonly Table s_data = new Table("small")
        .With("y", [3.0, 5, 4, 8, 6, 9, 7, 11])
        .With("a", [-1.0, -1, -1, -1, 1, 1, 1, 1])
        .With("b", [-1.0, -1, 1, 1, -1, -1, 1, 1])
        .With("flat", [1.0, -1, -1, 1, -1, 1, 1, -1])
        .With("twice", [-2.0, -2, -2, -2, 2, 2, 2, 2])
        .With("exact", [1.0, 1, 3, 3, 2, 2, 4, 4])
        .With("holes", [1.0, 2, double.NaN, 4, 5, 6, double.NaN, 7]);

    [Fact]
    public void A_term_without_effect_has_a_sum_of_squares_of_exactly_zero()
    {
        Table data = s_data.With("zero", [3.0, 5, 5, 3, 7, 9, 9, 7]);
        foreach (AnovaType type in Enum.GetValues<AnovaType>())
        {
            AnovaRow b = Anova("zero ~ a + b", data, type).Terms.Single(static t => t.Term == "b");
            Assert.Equal((1, 0.0, 0.0, 1.0, (int?)null), (b.Df, b.SumOfSquares, b.F, b.P, b.Digits));
        }
    }

    [Fact]
    public void A_tiny_effect_does_not_drown_in_the_residuals()
    {
        // b adds 2⁻²⁰ to an estimate that is 0: a sum of squares of 8·2⁻⁴⁰ beside residuals of 8e12, which doubles cannot tell apart.
        double step = Math.ScaleB(1, -20);
        double[] y = [.. new double[] { 1e6, -1e6, 1e6, -1e6, 1e6, -1e6, 1e6, -1e6 }.Select((v, i) => v + (i % 4 < 2 ? -step : step))];
        AnovaRow b = Anova("tiny ~ b", s_data.With("tiny", y), AnovaType.Sequential).Terms[0];
        Assert.Equal(8 * step * step, b.SumOfSquares);
        Assert.Equal(16, b.Digits);
    }

    [Theory]
    [InlineData(AnovaType.Sequential, 1, 0)]
    [InlineData(AnovaType.Hierarchical, 0, 0)]
    [InlineData(AnovaType.Partial, 0, 0)]
    public void A_term_that_others_determine_has_no_degrees_of_freedom(AnovaType type, long a, long twice)
    {
        AnovaTable table = Anova("y ~ a + b + twice", s_data, type);
        Assert.Equal(a, Row(table, "a").Df);
        Assert.Equal(twice, Row(table, "twice").Df);
        AnovaRow aliased = Row(table, "twice");
        Assert.Equal((0.0, double.NaN, double.NaN, double.NaN), (aliased.SumOfSquares, aliased.MeanSquare, aliased.F, aliased.P));
        Assert.Equal(1, Row(table, "b").Df);
        Assert.Equal(5, table.Residuals.Df);
    }

    [Fact]
    public void Of_an_exact_fit_F_is_infinite_and_p_undefined()
    {
        AnovaTable table = Anova("exact ~ a + b + flat", s_data, AnovaType.Sequential);
        Assert.Equal(0, table.Residuals.SumOfSquares);
        Assert.Equal((double.PositiveInfinity, double.NaN), (table.Terms[0].F, table.Terms[0].P));
        Assert.Equal((0.0, double.NaN), (table.Terms[2].SumOfSquares, table.Terms[2].F));
        NestedComparison nested = Compare("exact ~ a + b", "exact ~ a", s_data);
        Assert.Equal((double.PositiveInfinity, double.NaN, double.NaN), (nested.F.Value, nested.F.P, nested.LikelihoodRatio));
        LikelihoodProfile profile = LinearRegression.Fit("exact ~ a + b", s_data).Profile("a");
        Assert.Empty(profile.Points);
        Assert.Equal(double.NaN, profile.Lower);
        HypothesisTest test = LinearRegression.Fit("exact ~ a + b", s_data).TestHypothesis("a = 0");
        Assert.Equal((double.PositiveInfinity, double.NaN), (test.F.Value, test.F.P));
        Assert.Equal(double.NaN, LinearRegression.Fit("exact ~ a + b", s_data).TestHypothesis("a = 0.5").F.Value);
    }

    [Fact]
    public void Without_residual_degrees_of_freedom_nothing_is_tested()
    {
        Table data = new Table("two").With("y", [1.0, 2]).With("x", [1.0, 3]);
        AnovaTable table = Anova("y ~ x", data, AnovaType.Hierarchical);
        Assert.Equal((0, double.NaN), (table.Residuals.Df, table.Residuals.MeanSquare));
        Assert.Equal((0.5, double.NaN, double.NaN), (table.Terms[0].SumOfSquares, table.Terms[0].F, table.Terms[0].P));
        HypothesisTest test = LinearRegression.Fit("y ~ x", data).TestHypothesis("x = 1");
        Assert.Equal((0.5, double.NaN, double.NaN), (test.Equations[0].Estimate, test.Equations[0].StandardError, test.F.Value));
    }

    [Fact]
    public void The_mean_alone_has_no_terms()
    {
        Assert.Empty(Anova("y ~ 1", s_data, AnovaType.Hierarchical).Terms);
        Assert.Equal("(Intercept)", Assert.Single(Anova("y ~ 1", s_data, AnovaType.Partial).Terms).Term);
    }

    [Fact]
    public void The_intercept_is_a_column_as_any_other_between_models()
    {
        NestedComparison nested = Compare("y ~ a + b", "y ~ 0 + a + b", s_data);
        Assert.Equal((1.0, "y ~ 0 + a + b"), (nested.F.Df1, nested.Smaller));
        Assert.Equal(Row(Anova("y ~ a + b", s_data, AnovaType.Partial), "(Intercept)").SumOfSquares, nested.SumOfSquares);
    }

    [Theory]
    [InlineData("y ~ a", "y ~ b", "not-nested", "`y ~ b` is not part of `y ~ a`: its column `b` is no combination")]
    [InlineData("y ~ a + b", "y ~ a + flat + a:flat", "not-nested", "`y ~ a + b` is not part of `y ~ a + flat + a:flat`: its column `b`")]
    [InlineData("y ~ a + b", "y ~ I(a + b) + I(a - b)", "not-nested", "are the same model")]
    [InlineData("y ~ a", "y ~ twice + a", "not-nested", "are the same model")]
    [InlineData("y ~ a", "log(y) ~ a + b", "different-response", "have different responses, `y` and `log(y)`")]
    [InlineData("y ~ a", "y ~ a + holes", "different-rows", "`y ~ a` has 2 more, because the other needs values that are missing there (holes: 2)")]
    [InlineData("y ~ a", "y ~ a + lenght", "unknown-column", "lenght")]
    public void Models_that_cannot_be_compared_are_told_why(string formula, string against, string code, string says)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => Compare(formula, against, s_data));
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_both_formulas_leave_out_are_no_difference()
    {
        NestedComparison nested = Compare("y ~ a + holes", "y ~ holes", s_data);
        Assert.Equal((4, 3), (nested.SmallerDfResidual, nested.LargerDfResidual));
    }

    [Fact]
    public void A_column_that_misses_values_where_another_does_is_no_difference_either() =>
        Assert.Equal(1.0, Compare("y ~ holes", "y ~ holes + more", s_data.With("more", [1.0, 4, double.NaN, 2, 7, 6, double.NaN, 3])).F.Df1);

    [Fact]
    public void Only_exact_arithmetic_compares_models()
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => ModelTests.Run("y ~ a", s_data, TestOptions.Default, new FitOptions { Arithmetic = Arithmetic.Fast }));
        Assert.Equal("option", error.Code);
    }

    [Fact]
    public void Robust_errors_have_no_sums_of_squares_and_sampling_weights_no_likelihood()
    {
        FitOptions robust = new() { Covariance = new CovarianceOptions { Estimator = CovarianceEstimator.HC0 } }, sampling = new() { Weights = "exact", WeightKind = WeightKind.Sampling };
        foreach ((FitOptions options, string kind) in (ReadOnlySpan<(FitOptions, string)>)[(robust, "HC0"), (sampling, "HC1")])
        {
            foreach (TestOptions tests in (ReadOnlySpan<TestOptions>)[new TestOptions { Anova = AnovaType.Partial }, new TestOptions { Against = "y ~ 1" }])
            {
                PlumblineException error = Assert.Throws<PlumblineException>(() => ModelTests.Run("y ~ a", s_data, tests, options));
                Assert.Equal("option", error.Code);
                Assert.Contains($"{kind} errors go with hypotheses", error.Message, StringComparison.Ordinal);
            }
        }
        LikelihoodProfile classical = LinearRegression.Fit("y ~ a + b", s_data).Profile("a"), same = LinearRegression.Fit("y ~ a + b", s_data, robust).Profile("a");
        Assert.Equal(classical.Lower, same.Lower, 1e-14);
        LinearModel survey = LinearRegression.Fit("y ~ a", s_data, sampling);
        Assert.Equal("no-likelihood", Assert.Throws<PlumblineException>(() => survey.Profile("a")).Code);
        Assert.Equal((double.NaN, double.NaN), (survey.Likelihood().LogLikelihood, survey.Likelihood().MaximumLikelihoodVariance));
    }

    [Fact]
    public void Frequencies_are_the_rows_written_out()
    {
        Table data = s_data.With("times", [1.0, 2, 1, 3, 1, 1, 2, 1]);
        int[] rows = [.. Enumerable.Range(0, 8).SelectMany(i => Enumerable.Repeat(i, (int)((double[])[1.0, 2, 1, 3, 1, 1, 2, 1])[i]))];
        double[] y = [3.0, 5, 4, 8, 6, 9, 7, 11];
        Table written = new Table("written").With("y", [.. rows.Select(i => y[i])]).With("a", [.. rows.Select(i => i < 4 ? -1.0 : 1)]).With("b", [.. rows.Select(i => i % 4 < 2 ? -1.0 : 1)]);
        TestOptions tests = new() { Anova = AnovaType.Hierarchical, Against = "y ~ b", Profiles = ["a"] };
        TestResults one = ModelTests.Run("y ~ a * b", data, tests, new FitOptions { Weights = "times", WeightKind = WeightKind.Frequency }), other = ModelTests.Run("y ~ a * b", written, tests);
        Assert.Equal(other.Anova!.Terms, one.Anova!.Terms);
        Assert.Equal(other.Against, one.Against);
        Assert.Equal(other.Profiles[0].Points, one.Profiles[0].Points);
    }

    private static AnovaTable Anova(string formula, Table data, AnovaType type) => ModelTests.Run(formula, data, new TestOptions { Anova = type }).Anova!;

    private static NestedComparison Compare(string formula, string against, Table data) => ModelTests.Run(formula, data, new TestOptions { Against = against }).Against!;

    private static AnovaRow Row(AnovaTable table, string term) => table.Terms.Single(t => t.Term == term);
}
