using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>An evaluation as JSON, schema <c>plumbline/evaluate/1</c>.</summary>
public static class EvaluationJson
{
    /// <summary>The object as UTF-8, with a line end.</summary>
    public static byte[] Render(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return JsonWriting.Document(json =>
        {
            Head(json, evaluation.Formula, evaluation.Source, evaluation.Rows);
            json.WriteStartObject("division");
            DivisionJson.Write(json, evaluation.Division);
            json.WriteEndObject();
            json.WriteStartArray("folds");
            foreach (FoldEvaluation fold in evaluation.Folds)
            {
                Fold(json, fold);
            }
            json.WriteEndArray();
            Score(json, "training", evaluation.Training);
            Score(json, "validation", evaluation.Validation);
            json.Number("r_squared", evaluation.RSquared);
            if (evaluation.Test is { } test)
            {
                json.WritePropertyName("test");
                Fold(json, test);
            }
            json.WriteStartArray("curve");
            foreach (LearningPoint point in evaluation.Curve)
            {
                json.WriteStartObject();
                json.Number("training_rows", point.TrainingRows);
                json.Number("training_mse", point.TrainingError);
                Score(json, "validation", point.Validation);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("verdict", evaluation.Verdict);
            json.Notes(evaluation.Notes);
            json.WriteEndObject();
        });
    }

    /// <summary>The object as UTF-8, with a line end.</summary>
    public static byte[] Render(LeaveOneOutResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonWriting.Document(json =>
        {
            Head(json, result.Model.Formula, result.Model.Source, result.Model.Rows);
            json.WriteStartObject("division");
            json.WriteString("kind", "leave-one-out");
            json.WriteEndObject();
            json.Number("training_mse", result.TrainingError);
            Score(json, "validation", result.Score);
            json.Number("mae", result.MeanAbsoluteError);
            json.Number("r_squared", result.RSquared);
            json.Number("press", result.Press);
            json.Number("largest_leverage", result.LargestLeverage);
            json.Notes(result.Notes);
            json.WriteEndObject();
        });
    }

    private static void Head(Utf8JsonWriter json, string formula, string source, RowCounts rows)
    {
        json.WriteStartObject();
        json.WriteString("schema", "plumbline/evaluate/1");
        json.WriteString("plumbline", ProductVersion.Text);
        json.WriteString("formula", formula);
        json.WriteString("source", source);
        json.WriteStartObject("rows");
        json.WriteNumber("read", rows.Read);
        json.WriteNumber("used", rows.Used);
        json.WriteNumber("dropped", rows.Dropped);
        json.WriteEndObject();
    }

    internal static void Fold(Utf8JsonWriter json, FoldEvaluation fold)
    {
        json.WriteStartObject();
        json.WriteNumber("training_rows", fold.TrainingRows);
        json.WriteNumber("validation_rows", fold.ValidationRows);
        json.Number("training_mse", fold.TrainingError);
        json.Number("validation_mse", fold.ValidationError);
        json.Number("r_squared", fold.RSquared);
        json.WriteEndObject();
    }

    private static void Score(Utf8JsonWriter json, string name, ValidationScore score)
    {
        json.WriteStartObject(name);
        json.Number("mse", score.Mean);
        json.Number("se", score.StandardError);
        json.Number("rmse", score.Rmse);
        json.WriteEndObject();
    }
}
