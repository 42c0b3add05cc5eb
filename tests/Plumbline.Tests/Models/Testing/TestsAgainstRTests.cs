using System.Text.Json;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Testing;

/// <summary>Anova, nested models, hypotheses, likelihood: on real data, against R.</summary>
public class TestsAgainstRTests
{
    public static TheoryData<string> Models() => [.. TestGolden.All.Select(static m => m.Id)];

    /// <summary>R's HC3 errors of longley are 1e-8 off those of rational arithmetic (Golden/lm/judge.json).</summary>
    public static TheoryData<string> RobustModels() => [.. TestGolden.All.Where(static m => m.Id != "longley").Select(static m => m.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Anova_of_each_type_is_that_of_R(string id)
    {
        var golden = TestGolden.Of(id);
        foreach (JsonProperty type in golden.R.GetProperty("anova").EnumerateObject())
        {
            AnovaTable table = golden.Run(new TestOptions { Anova = (AnovaType)int.Parse(type.Name) }).Anova!;
            AnovaRow[] rows = [.. table.Terms, table.Residuals];
            Assert.Equal(TestGolden.Texts(type.Value, "terms"), rows.Select(static r => r.Term), StringComparer.Ordinal);
            Check("df", type.Value, rows.Select(static r => (double)r.Df));
            Check("ss", type.Value, rows.Select(static r => r.SumOfSquares));
            Check("f", type.Value, rows.Select(static r => r.F));
            CheckP(TestGolden.Values(type.Value, "p"), [.. rows.Select(static r => r.P)], [.. rows.Select(static r => r.F)]);
            Assert.All(rows, static r => Assert.True(r.Digits >= 15, r.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Nested_models_are_compared_as_R_does(string id)
    {
        var golden = TestGolden.Of(id);
        foreach (JsonElement r in golden.R.GetProperty("against").EnumerateArray())
        {
            NestedComparison own = golden.Run(new TestOptions { Against = r.GetProperty("formula").GetString() }).Against!;
            Check("rss", r, [own.SmallerRss, own.LargerRss]);
            Check("df", r, [own.SmallerDfResidual, own.LargerDfResidual]);
            Check("ss", r, [own.SumOfSquares]);
            Check("q", r, [own.F.Df1]);
            Check("f", r, [own.F.Value]);
            Check("log_likelihood", r, [own.SmallerLogLikelihood, own.LargerLogLikelihood]);
            Check("lr", r, [own.LikelihoodRatio]);
            CheckP(TestGolden.Values(r, "p"), [own.F.P], [own.F.Value]);
            CheckP(TestGolden.Values(r, "lr_p"), [own.LikelihoodRatioP], [own.LikelihoodRatio]);
            if (r.TryGetProperty("wald", out _))
            {
                Check("wald", r, [own.Wald]);
                CheckP(TestGolden.Values(r, "wald_p"), [own.WaldP], [own.Wald]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Linear_hypotheses_are_tested_as_car_does(string id)
    {
        var golden = TestGolden.Of(id);
        JsonElement.ArrayEnumerator all = golden.R.GetProperty("hypotheses").EnumerateArray();
        IReadOnlyList<HypothesisTest> tests = golden.Run(new TestOptions { Hypotheses = [.. all.Select(static r => r.GetProperty("text").GetString()!)] }).Hypotheses;
        foreach ((HypothesisTest own, JsonElement r) in tests.Zip(all))
        {
            double[] errors = TestGolden.Values(r, "std_error");
            Check("value", r, own.Equations.Select(static e => e.Estimate - e.Value), errors);     // car gives Rb − r
            Check("std_error", r, own.Equations.Select(static e => e.StandardError));
            Check("q", r, [own.F.Df1]);
            Check("f", r, [own.F.Value]);
            Check("chisq", r, [own.ChiSquared]);
            CheckP(TestGolden.Values(r, "p"), [own.F.P], [own.F.Value]);
            CheckP(TestGolden.Values(r, "chisq_p"), [own.ChiSquaredP], [own.ChiSquared]);
        }
    }

    [Theory]
    [MemberData(nameof(RobustModels))]
    public void Robust_hypotheses_follow_the_covariance_in_use(string id)
    {
        var golden = TestGolden.Of(id);
        JsonElement.ArrayEnumerator all = golden.R.GetProperty("hypotheses").EnumerateArray();
        TestOptions tests = new() { Hypotheses = [.. all.Select(static r => r.GetProperty("text").GetString()!)] };
        FitOptions robust = golden.Options with { Covariance = new CovarianceOptions { Estimator = CovarianceEstimator.HC3, Convention = CovarianceConvention.Sandwich } };
        IReadOnlyList<HypothesisTest> own = ModelTests.Run(golden.Formula, golden.Data, tests, robust).Hypotheses;
        foreach ((HypothesisTest test, JsonElement r) in own.Zip(all))
        {
            Check("hc3_f", r, [test.F.Value]);
            CheckP(TestGolden.Values(r, "hc3_p"), [test.F.P], [test.F.Value]);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Likelihood_and_profiles_are_those_of_models_with_the_coefficient_held(string id)
    {
        var golden = TestGolden.Of(id);
        JsonElement.ArrayEnumerator all = golden.R.GetProperty("profile").EnumerateArray();
        TestResults results = golden.Run(new TestOptions { Profiles = [.. all.Select(static r => r.GetProperty("name").GetString()!)] });
        Check("log_likelihood", golden.R, [results.Likelihood.LogLikelihood]);
        Check("parameters", golden.R, [results.Likelihood.Parameters]);
        Check("variance", golden.R, [results.Likelihood.MaximumLikelihoodVariance, results.Likelihood.UnbiasedVariance]);
        foreach ((LikelihoodProfile own, JsonElement r) in results.Profiles.Zip(all))
        {
            Coefficient c = results.Model.Coefficients.Single(c => c.Name == own.Name);
            var curve = new ProfileCurve(c.Estimate, c.StandardError, results.Model.DfResidual, results.Model.Observations, results.Model.LogLikelihood);
            Check("log_likelihood", r, TestGolden.Values(r, "values").Select(v => curve.At(v).LogLikelihood));
            // The search for the ends loses half the digits of the likelihood: it stops where that is flat to its rounding.
            Agreement.Check("interval", TestGolden.Values(r, "interval"), [own.Lower, own.Upper], Agreement.Programs, [c.StandardError, c.StandardError]);
            Assert.Equal(own.LogLikelihood - own.Cut, curve.At(own.Lower).LogLikelihood, 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Intervals_of_another_level_are_those_of_confint(string id)
    {
        var golden = TestGolden.Of(id);
        LinearModel model = ModelTests.Run(golden.Formula, golden.Data, TestOptions.Default, golden.Options with { Level = 0.9 }).Model;
        double[] errors = [.. model.Coefficients.Select(static c => c.StandardError)];
        Check("lower90", golden.R, model.Coefficients.Select(static c => c.Lower), errors);
        Check("upper90", golden.R, model.Coefficients.Select(static c => c.Upper), errors);
    }

    private static void Check(string name, JsonElement r, IEnumerable<double> own, double[]? scale = null) =>
        Agreement.Check(name, TestGolden.Values(r, name), own, Agreement.Programs, scale);

    /// <summary>A relative error of a statistic is magnified in a small p by as much as the statistic is large.</summary>
    private static void CheckP(double[] r, double[] own, double[] statistic)
    {
        for (int i = 0; i < r.Length; i++)
        {
            Agreement.Check($"p {i}", r[i], own[i], Agreement.Programs * Math.Max(1, double.IsFinite(statistic[i]) ? statistic[i] / 100 : 1));
        }
    }
}
