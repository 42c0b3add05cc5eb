using Plumbline.Tests.Solvers;
using Xunit;

namespace Plumbline.Tests.Selection;

public class PenalizedRegressionTests
{
    private const double Agreement = 1e-9;

    [Fact]
    public void Cross_validated_errors_agree_with_glmnet()
    {
        Table diabetes = GoldenPaths.Table("diabetes");
        diabetes = diabetes.With("fold", [.. Enumerable.Range(0, diabetes.Rows).Select(static i => (double)(i % 10))]);
        (double Lambda, double Mean, double Error)[] expected = [.. GoldenPaths.CrossValidation()];
        PenalizedFit fit = PenalizedRegression.Fit(
            "y ~ . - fold", diabetes, new PathOptions { Lambdas = [.. expected.Select(static e => e.Lambda)] }, new FoldOptions { Group = "fold" });
        Assert.Equal(5, expected.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k].Mean, fit.Validation!.Scores[k].Mean, expected[k].Mean * Agreement);
            Assert.Equal(expected[k].Error, fit.Validation.Scores[k].StandardError, expected[k].Error * Agreement);
        }
        Assert.Equal(expected.Index().MinBy(static e => e.Item.Mean).Index, fit.StepOf(LambdaChoice.Minimum));
    }

    [Theory]
    [InlineData("y ~ x + z + f", 1)]
    [InlineData("y ~ poly(x, 3) + scale(z) + f", 0.5)]
    [InlineData("log(y) ~ 0 + x + z + offset(z)", 0)]
    public void The_validation_error_is_that_of_the_predictions_row_by_row(string formula, double alpha)
    {
        FoldTests.Row[] rows = FoldTests.Rows(200, 11);
        var path = new PathOptions { Alpha = alpha, Lambdas = [0.1, 0.01, 0] };
        PenalizedFit fit = PenalizedRegression.Fit(formula, FoldTests.TableOf(rows), path, new FoldOptions { Folds = 5, Group = "g" });
        for (int k = 0; k < 3; k++)
        {
            double sum = 0;
            for (int g = 0; g < 5; g++)
            {
                LinearModel model = PenalizedRegression.Fit(formula, FoldTests.TableOf([.. rows.Where(r => r.Group != g)]), path).ToModel(k);
                FoldTests.Row[] validation = [.. rows.Where(r => r.Group == g)];
                sum += model.Predict(FoldTests.TableOf(validation)).Rows.Zip(validation, (p, r) => Math.Pow(p.Estimate - (formula.StartsWith("log", StringComparison.Ordinal) ? Math.Log(r.Y) : r.Y), 2)).Sum();
            }
            Assert.Equal(sum / 200, fit.Validation!.Scores[k].Mean, sum / 200 * Agreement);
        }
    }

    [Fact]
    public void The_one_standard_error_rule_takes_the_largest_lambda_within_it()
    {
        PenalizedFit fit = PenalizedRegression.Fit("y ~ .", GoldenPaths.Table("diabetes"), null, new FoldOptions { Seed = 3 });
        int least = fit.StepOf(LambdaChoice.Minimum), chosen = fit.StepOf(LambdaChoice.OneStandardError);
        IReadOnlyList<ValidationScore> scores = fit.Validation!.Scores;
        double bound = scores[least].Mean + scores[least].StandardError;
        Assert.True(chosen < least);
        Assert.True(scores[chosen].Mean <= bound);
        Assert.True(scores[chosen - 1].Mean > bound);
        Assert.Equal(scores.Min(static s => s.Mean), scores[least].Mean);
        Assert.Equal(fit.Path.Steps.Min(static s => s.Aic), fit.Path.Steps[fit.StepOf(LambdaChoice.Aic)].Aic);
        Assert.Equal(fit.Path.Steps.Min(static s => s.Bic), fit.Path.Steps[fit.StepOf(LambdaChoice.Bic)].Bic);
    }

    [Fact]
    public void A_column_that_is_constant_in_a_fold_is_told_and_a_level_that_is_absent_counts_as_the_base()
    {
        FoldTests.Row[] rows = FoldTests.Rows(100, 12);
        Table table = FoldTests.TableOf(rows).With("rare", (string?[])[.. rows.Select(static (r, i) => r.Group == 0 && i < 20 ? "here" : "base")]);
        PenalizedFit fit = PenalizedRegression.Fit("y ~ x + rare", table, new PathOptions { Lambdas = [0.1] }, new FoldOptions { Folds = 5, Group = "g" });
        Note note = Assert.Single(fit.Notes, static n => n.Code == "constant-in-fold");
        Assert.Contains("1 of 5 folds", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_step_predicts_and_survives_its_file()
    {
        Table diabetes = GoldenPaths.Table("diabetes");
        PenalizedFit fit = PenalizedRegression.Fit("y ~ .", diabetes);
        int step = fit.StepOf(LambdaChoice.Bic);
        LinearModel model = fit.ToModel(step, LambdaChoice.Bic);
        LinearModel read = ModelFile.Read(ModelFile.Write(model), "model.json");
        Assert.Equal(model.Penalty, read.Penalty);
        Assert.Equal(model.Predict(diabetes).Rows.Select(static p => p.Estimate), read.Predict(diabetes).Rows.Select(static p => p.Estimate));
        Assert.Equal("bic", read.Penalty!.Choice);
        Assert.All(read.Coefficients, static c => Assert.True(double.IsNaN(c.StandardError)));
        Assert.Contains(read.Notes, static n => n.Code == "penalized");
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => read.Predict(diabetes, new PredictionOptions { Interval = PredictionInterval.Confidence })).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => read.Verify(diabetes)).Code);
    }

    [Fact]
    public void Choosing_by_validation_needs_one()
    {
        PenalizedFit fit = PenalizedRegression.Fit("y ~ x", FoldTests.TableOf(FoldTests.Rows(50, 1)));
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => fit.StepOf(LambdaChoice.Minimum)).Code);
        PenalizedFit held = PenalizedRegression.Fit("y ~ x", FoldTests.TableOf(FoldTests.Rows(50, 1)), null, new FoldOptions { Holdout = 0.3 });
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => held.StepOf(LambdaChoice.OneStandardError)).Code);
        Assert.InRange(held.StepOf(LambdaChoice.Minimum), 0, 99);
    }

    [Fact]
    public void Factors_and_bounds_are_for_terms_too()
    {
        Table table = FoldTests.TableOf(FoldTests.Rows(100, 3));
        PenalizedFit free = PenalizedRegression.Fit("y ~ x + f", table, new PathOptions { Lambdas = [1e6], Factors = new Dictionary<string, double>(StringComparer.Ordinal) { ["f"] = 0 } });
        LinearModel fit = LinearRegression.Fit("y ~ f", table);
        Assert.Equal(["(Intercept)", "x", "f[b]", "f[c]", "f[d]"], free.Path.Names);
        Assert.Equal(fit.Coefficients[2].Estimate, free.Path.Steps[0].Coefficients[3], 1e-13);
        Assert.Equal(0, free.Path.Steps[0].Coefficients[1]);
    }

    [Fact]
    public void Errors_of_ridge_are_those_of_its_formulas()
    {
        RidgeErrors errors = PenalizedRegression.Fit("y ~ .", GoldenPaths.Table("diabetes"), new PathOptions { Alpha = 0, Lambdas = [0.3] }).RidgeErrors(0);
        foreach (((string name, double error, double posterior), int j) in GoldenPaths.RidgeErrors().Select(static (e, j) => (e, j)))
        {
            Assert.Equal(name, errors.Names[j]);
            Assert.Equal(error, errors.StandardErrors[j], error * Agreement);
            Assert.Equal(posterior, errors.PosteriorDeviations[j], posterior * Agreement);
        }
        Assert.Equal("option", Assert.Throws<PlumblineException>(static () => PenalizedRegression.Fit("y ~ .", GoldenPaths.Table("diabetes")).RidgeErrors(0)).Code);
    }

    [Fact]
    public void Without_a_penalty_errors_of_ridge_are_those_of_least_squares()
    {
        Table table = FoldTests.TableOf(FoldTests.Rows(80, 14));
        RidgeErrors errors = PenalizedRegression.Fit("y ~ poly(x, 2) + f", table, new PathOptions { Alpha = 0, Lambdas = [0] }).RidgeErrors(0);
        LinearModel fit = LinearRegression.Fit("y ~ poly(x, 2) + f", table);
        for (int j = 0; j < fit.Rank; j++)
        {
            Assert.Equal(fit.Coefficients[j].StandardError, errors.StandardErrors[j], fit.Coefficients[j].StandardError * 1e-13);
            Assert.Equal(fit.Coefficients[j].StandardError, errors.PosteriorDeviations[j], fit.Coefficients[j].StandardError * 1e-13);
        }
        Assert.Equal(fit.Sigma, errors.Sigma, fit.Sigma * 1e-13);
    }
}
