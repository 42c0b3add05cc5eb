using System.Text;
using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>
/// What R's predict.lm says of models on its own data sets, at rows near and far (Golden/r/predict.json and
/// predict-categories.json, made by the scripts of the same names).
/// </summary>
public class PredictionGoldenTests
{
    /// <summary>R solves in doubles by QR: on ordinary data it keeps 12 digits.</summary>
    private const double Agreement = 1e-12;

    /// <summary>Where R loses digits: raw powers, and longley, whose columns have a condition number of 1e9.</summary>
    private const double Loose = 1e-9;

    private static readonly PredictionGolden _numbers = new("predict.json");
    private static readonly PredictionGolden _categories = new("predict-categories.json");

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, _numbers.Count)];

    public static TheoryData<int> Categories() => [.. Enumerable.Range(0, _categories.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Predictions_are_what_R_says(int index)
    {
        JsonElement r = _numbers.Model(index);
        string data = r.GetProperty("data").GetString()!;
        LinearModel model = LinearRegression.Fit(
            r.GetProperty("formula").GetString()!, _numbers.Table("data", data), new FitOptions { Weights = r.GetProperty("weights").GetString() });
        double tolerance = model.Condition > 1e3 ? Loose : Agreement;
        _numbers.Check(index, model, tolerance);
        PredictionScores scores = model.Predict(_numbers.Table("new", data)).Summary.Scores!;
        Assert.Equal(r.GetProperty("scored").GetInt64(), scores.Rows);
        PredictionGolden.Close(r.GetProperty("rmse").GetDouble(), scores.Rmse, tolerance * 100, "rmse");
        PredictionGolden.Close(r.GetProperty("mae").GetDouble(), scores.Mae, tolerance * 100, "mae");
        PredictionGolden.Close(r.GetProperty("r_squared").GetDouble(), scores.RSquared, tolerance * 100, "r_squared");
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void Predictions_with_categories_polynomials_and_offsets_are_what_R_says_also_from_a_file(int index)
    {
        JsonElement r = _categories.Model(index);
        LinearModel model = LinearRegression.Fit(r.GetProperty("formula").GetString()!, _categories.Table("data", r.GetProperty("data").GetString()!));
        double tolerance = model.Condition > 1e3 ? Loose : Agreement * 10;
        _categories.Check(index, model, tolerance);
        byte[] file = ModelFile.Write(model);
        LinearModel again = ModelFile.Read(file, "m.json");
        _categories.Check(index, again, tolerance);
        Assert.Equal(Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(ModelFile.Write(again)));
    }

    [Fact]
    public void With_a_robust_covariance_errors_and_intervals_follow_it()
    {
        var options = new FitOptions { Covariance = CovarianceOptions.Parse("HC3") };
        LinearModel model = ModelFile.Read(ModelFile.Write(LinearRegression.Fit("mpg ~ wt + hp", _numbers.Table("data", "mtcars"), options)), "m.json");
        Table rows = _numbers.Table("new", "mtcars");
        Prediction[] confidence = [.. model.Predict(rows, new PredictionOptions { Interval = PredictionInterval.Confidence }).Rows.Take(3)];
        Prediction[] prediction = [.. model.Predict(rows, new PredictionOptions { Interval = PredictionInterval.Prediction }).Rows.Take(3)];
        JsonElement r = _numbers.Robust;
        for (int i = 0; i < 3; i++)
        {
            PredictionGolden.Close(r.GetProperty("estimate")[i].GetDouble(), confidence[i].Estimate, Agreement, "estimate");
            PredictionGolden.Close(r.GetProperty("std_error")[i].GetDouble(), confidence[i].StandardError, Loose, "std_error");
            PredictionGolden.Close(r.GetProperty("lower")[i].GetDouble(), confidence[i].Lower, Loose, "lower");
            PredictionGolden.Close(r.GetProperty("upper")[i].GetDouble(), confidence[i].Upper, Loose, "upper");
            PredictionGolden.Close(r.GetProperty("prediction_upper")[i].GetDouble(), prediction[i].Upper, Loose, "prediction_upper");
        }
    }

    [Fact]
    public void A_level_that_the_fit_did_not_have_is_an_error_or_missing_or_the_base()
    {
        Table iris = _categories.Table("data", "iris");
        LinearModel model = LinearRegression.Fit("Sepal.Length ~ Species", iris);
        Table rows = new Table().With("Species", ["virginica", "viginica", "setosa"]);
        PlumblineException error = Assert.Throws<PlumblineException>(() => model.Predict(rows));
        Assert.Equal("unseen-level", error.Code);
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("virginica", error.Message, StringComparison.Ordinal);

        Predictions missing = model.Predict(rows, new PredictionOptions { Unseen = UnseenLevels.Missing });
        Assert.Equal([false, true, false], missing.Rows.Select(static p => double.IsNaN(p.Estimate)));
        Assert.Equal(1, missing.Summary.Rows.Dropped);
        Assert.Contains(missing.Summary.Notes, static n => n.Code == "unseen-levels" && n.Text.Contains("counts as missing", StringComparison.Ordinal));

        Predictions same = model.Predict(rows, new PredictionOptions { Unseen = UnseenLevels.Base });
        Assert.Equal(same.Rows[2].Estimate, same.Rows[1].Estimate);
        Assert.Contains(same.Summary.Notes, static n => n.Code == "unseen-levels" && n.Text.Contains("as the base level", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quote\" back\\slash", "[red]x[/]")]
    [InlineData("a\nb\r\u001b[31m", "<b>&amp;")]
    [InlineData("", "größe 面積 🏠 ' -- ; |")]
    public void Levels_come_back_as_they_were(string one, string other)
    {
        Table table = new Table().With("f", [one, other, one, other]).With("y", [1.0, 2, 3, 5]);
        LinearModel model = LinearRegression.Fit("y ~ f", table);
        byte[] file = ModelFile.Write(model);
        Assert.DoesNotContain(Encoding.UTF8.GetString(file), static c => c != '\n' && char.IsControl(c));
        LinearModel again = ModelFile.Read(file, "m.json");
        Assert.Equal(model.Design!.Variables[0].Levels, again.Design!.Variables[0].Levels, StringComparer.Ordinal);
        Assert.Equal(model.Predict(table).Rows, again.Predict(table).Rows);
    }
}
