using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>A selection of terms as JSON, schema <c>plumbline/selection/1</c>.</summary>
public static class SelectionJson
{
    /// <summary>The object as UTF-8, with a line end.</summary>
    public static byte[] Render(SelectionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/selection/1");
            json.WriteString("plumbline", ProductVersion.Text);
            json.WriteString("formula", result.Formula);
            json.WriteString("source", result.Model.Source);
            json.WriteString("method", result.Method == SelectionMethod.Stepwise ? "stepwise" : "subset");
            json.WriteString("criterion", result.Options.Criterion switch
            {
                SelectionCriterion.Aic => "aic",
                SelectionCriterion.Bic => "bic",
                SelectionCriterion.ValidationError => "min",
                _ => "1se",
            });
            json.WriteNumber("examined", result.Examined);
            json.WriteStartArray("steps");
            foreach (SelectionStep step in result.Steps)
            {
                json.WriteStartObject();
                json.WriteString("added", step.Added);
                json.WriteString("dropped", step.Dropped);
                Members(json, step.Model);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("sizes");
            foreach ((int k, SubsetModel model) in result.Sizes.Index())
            {
                json.WriteStartObject();
                Members(json, model);
                if (result.Validation is { } validation)
                {
                    json.WriteStartObject("cv");
                    json.Number("mean", validation.Scores[k].Mean);
                    json.Number("se", validation.Scores[k].StandardError);
                    json.WriteEndObject();
                    json.WriteNumber("agreeing_folds", validation.Agreeing[k]);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (result.Validation is { } division)
            {
                json.WriteStartObject("validation");
                DivisionJson.Write(json, division.Folds);
                DivisionJson.Rows(json, division.TrainingRows, division.ValidationRows);
                json.WriteEndObject();
                if (division.Test is { } test)
                {
                    json.WritePropertyName("test");
                    EvaluationJson.Fold(json, test);
                }
            }
            json.WriteStartObject("selected");
            Members(json, result.Best);
            json.WriteEndObject();
            json.WriteStartArray("coefficients");
            foreach (Coefficient c in result.Model.Coefficients)
            {
                json.WriteStartObject();
                json.WriteString("name", c.Name);
                json.Number("estimate", c.Estimate);
                json.Number("std_error", c.StandardError);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.Notes(result.Model.Notes);
            json.WriteEndObject();
        });
    }

    private static void Members(Utf8JsonWriter json, SubsetModel model)
    {
        json.WriteStartArray("terms");
        foreach (string term in model.Terms)
        {
            json.WriteStringValue(term);
        }
        json.WriteEndArray();
        json.WriteString("formula", model.Formula);
        json.WriteNumber("rank", model.Rank);
        json.Number("rss", model.Rss);
        json.Number("adj_r_squared", model.AdjustedRSquared);
        json.Number("mallows_cp", model.MallowsCp);
        json.Number("aic", model.Aic);
        json.Number("bic", model.Bic);
    }
}
