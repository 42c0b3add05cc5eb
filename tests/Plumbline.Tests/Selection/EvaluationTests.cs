using Plumbline.Tests.Solvers;
using Xunit;

namespace Plumbline.Tests.Selection;

public class EvaluationTests
{
    private const double Agreement = 1e-10;

    [Theory]
    [InlineData("y ~ x + z + f")]
    [InlineData("y ~ 0 + poly(x, 3) + scale(z):f")]
    [InlineData("log(y) ~ x + offset(z)")]
    public void Errors_are_those_of_the_predictions_row_by_row(string formula)
    {
        FoldTests.Row[] rows = FoldTests.Rows(200, 21);
        Evaluation evaluation = ModelEvaluation.Evaluate(formula, FoldTests.TableOf(rows), new FoldOptions { Folds = 5, Group = "g" });
        double sum = 0, trained = 0;
        for (int g = 0; g < 5; g++)
        {
            FoldTests.Row[] validation = [.. rows.Where(r => r.Group == g)];
            LinearModel model = LinearRegression.Fit(formula, FoldTests.TableOf([.. rows.Where(r => r.Group != g)]));
            double part = Squares(model, validation, formula), mean = validation.Average(r => Response(r, formula));
            FoldEvaluation fold = evaluation.Folds.Single(f => Math.Abs(f.ValidationError - (part / validation.Length)) < part * Agreement);
            double tss = validation.Sum(r => Math.Pow(Response(r, formula) - (model.HasIntercept ? Offset(r, formula) + mean - validation.Average(v => Offset(v, formula)) : 0), 2));
            Assert.Equal(1 - (part / tss), fold.RSquared, Agreement);
            Assert.Equal(model.Rss / fold.TrainingRows, fold.TrainingError, model.Rss * Agreement);
            sum += part;
            trained += model.Rss;
        }
        Assert.Equal(sum / 200, evaluation.Validation.Mean, sum * Agreement);
        Assert.Equal(trained / 800, evaluation.Training.Mean, trained * Agreement);
    }

    [Theory]
    [InlineData("y ~ x + z + f", null)]
    [InlineData("y ~ poly(x, 3) + scale(z)", "w")]
    [InlineData("y ~ 0 + x:f + offset(z)", "w")]
    public void Leaving_one_out_in_closed_form_is_leaving_each_out(string formula, string? weights)
    {
        FoldTests.Row[] rows = FoldTests.Rows(40, 22);
        var options = new FitOptions { Weights = weights };
        double press = 0, lengths = 0, weight = 0;
        foreach (FoldTests.Row left in rows)
        {
            LinearModel model = LinearRegression.Fit(formula, FoldTests.TableOf([.. rows.Where(r => r != left)]), options);
            double error = left.Y - model.Predict(FoldTests.TableOf([left])).Rows[0].Estimate, w = weights is null ? 1 : left.W;
            press += w * error * error;
            lengths += w * Math.Abs(error);
            weight += w;
        }
        LeaveOneOutResult result = LeaveOneOut.Evaluate(formula, FoldTests.TableOf(rows), options);
        Assert.Equal(press, result.Press, press * Agreement);
        Assert.Equal(press / weight, result.Score.Mean, press * Agreement);
        Assert.Equal(lengths / weight, result.MeanAbsoluteError, lengths * Agreement);
        Assert.Equal(result, LeaveOneOut.Evaluate(formula, FoldTests.TableOf([.. rows.Reverse()]), options with { Threads = 3 }) with { Model = result.Model, Notes = result.Notes });
    }

    [Fact]
    public void Frequencies_stand_for_equal_rows()
    {
        FoldTests.Row[] rows = FoldTests.Rows(30, 23);
        LeaveOneOutResult counted = LeaveOneOut.Evaluate("y ~ x + z", FoldTests.TableOf(rows), new FitOptions { Weights = "w", WeightKind = WeightKind.Frequency });
        LeaveOneOutResult written = LeaveOneOut.Evaluate("y ~ x + z", FoldTests.TableOf([.. rows.SelectMany(static r => Enumerable.Repeat(r, (int)r.W))]));
        Assert.Equal(written.Press, counted.Press, written.Press * Agreement);
        Assert.Equal(written.Score.StandardError, counted.Score.StandardError, written.Score.StandardError * Agreement);
    }

    [Fact]
    public void A_row_that_alone_determines_a_coefficient_cannot_be_left_out()
    {
        Table table = FoldTests.TableOf(FoldTests.Rows(20, 24)).With("only", [.. Enumerable.Range(0, 20).Select(static i => i == 3 ? 1.0 : 0)]);
        LeaveOneOutResult result = LeaveOneOut.Evaluate("y ~ x + only", table);
        Assert.True(double.IsNaN(result.Score.Mean));
        Assert.Contains(result.Notes, static n => n.Code == "leverage-one");
        Assert.Equal(1, result.LargestLeverage, 1e-15);
    }

    [Fact]
    public void The_last_point_of_the_learning_curve_is_the_cross_validation()
    {
        Evaluation evaluation = ModelEvaluation.Evaluate("y ~ .", GoldenPaths.Table("diabetes"), new FoldOptions { Folds = 6 }, curve: true);
        Assert.Equal(5, evaluation.Curve.Count);
        Assert.Equal(evaluation.Validation, evaluation.Curve[^1].Validation);
        Assert.True(evaluation.Curve[0].Validation.Mean > evaluation.Curve[^1].Validation.Mean);
        Assert.True(evaluation.Curve[0].TrainingError < evaluation.Curve[^1].TrainingError);
        Assert.Equal("option", Assert.Throws<PlumblineException>(static () => ModelEvaluation.Evaluate("y ~ .", GoldenPaths.Table("diabetes"), new FoldOptions { Holdout = 0.2 }, curve: true)).Code);
    }

    [Fact]
    public void Words_tell_overfitting_from_a_model_that_generalizes()
    {
        Table few = FoldTests.TableOf(FoldTests.Rows(20, 25));
        Assert.Contains("the model overfits.", ModelEvaluation.Evaluate("y ~ poly(x, 9)", few, new FoldOptions { Folds = 5 }).Verdict, StringComparison.Ordinal);
        Assert.Contains("it may be chance", ModelEvaluation.Evaluate("y ~ x", FoldTests.TableOf(FoldTests.Rows(30, 27)), new FoldOptions { Folds = 5 }).Verdict, StringComparison.Ordinal);
        Assert.Contains("does not overfit", ModelEvaluation.Evaluate("y ~ x", FoldTests.TableOf(FoldTests.Rows(2000, 26))).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_without_coefficient_is_told_whether_in_all_rows_or_in_a_fold()
    {
        FoldTests.Row[] rows = FoldTests.Rows(60, 25);
        Table data = FoldTests.TableOf(rows);
        Note whole = Assert.Single(ModelEvaluation.Evaluate("y ~ x + I(2*x)", data, new FoldOptions { Folds = 3 }).Notes);
        Assert.Equal("aliased", whole.Code);
        Note fold = Assert.Single(ModelEvaluation.Evaluate("y ~ x + I(g * (g - 1) * (g - 2) * (g - 3))", data, new FoldOptions { Folds = 5, Group = "g" }).Notes);
        Assert.Equal("constant-in-fold", fold.Code);
    }

    [Fact]
    public void Test_rows_judge_the_fit_of_all_others()
    {
        Table table = FoldTests.TableOf(FoldTests.Rows(200, 27));
        var division = new FoldOptions { Holdout = 0.2, Test = 0.2, Seed = 5 };
        Evaluation evaluation = ModelEvaluation.Evaluate("y ~ x + z", table, division);
        FoldMoments folds = DesignMoments.ReadFolds("y ~ x + z", table, division);
        Assert.Equal((120L, 40L), (evaluation.Folds[0].TrainingRows, evaluation.Folds[0].ValidationRows));
        Assert.Equal((160L, 40L), (evaluation.Test!.TrainingRows, evaluation.Test.ValidationRows));
        Assert.Equal(folds.Development.Fit().Rss / 160, evaluation.Test.TrainingError, 1e-12);
        Assert.True(double.IsNaN(evaluation.Validation.StandardError));
    }

    private static double Response(FoldTests.Row row, string formula) => formula.StartsWith("log", StringComparison.Ordinal) ? Math.Log(row.Y) : row.Y;

    private static double Offset(FoldTests.Row row, string formula) => formula.Contains("offset", StringComparison.Ordinal) ? row.Z : 0;

    private static double Squares(LinearModel model, FoldTests.Row[] rows, string formula) =>
        model.Predict(FoldTests.TableOf(rows)).Rows.Zip(rows, (p, r) => Math.Pow(p.Estimate - Response(r, formula), 2)).Sum();
}
