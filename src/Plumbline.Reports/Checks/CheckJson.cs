using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>The checks of a model as one JSON object, schema <c>plumbline/check/1</c>: keys are stable, new ones may be added.</summary>
public static class CheckJson
{
    /// <summary>The object as UTF-8, indented, with a line end.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="command">The command that led to the model; null for what the model knows of it.</param>
    public static byte[] Render(ModelCheck check, FitCommand? command = null)
    {
        ArgumentNullException.ThrowIfNull(check);
        return JsonWriting.Document(json => Write(json, check, command ?? FitCommand.Of(check.Model)));
    }

    private static void Write(Utf8JsonWriter json, ModelCheck check, FitCommand command)
    {
        LinearModel model = check.Model;
        json.WriteStartObject();
        json.WriteString("schema", "plumbline/check/1");
        json.WriteString("plumbline", ProductVersion.Text);
        json.WriteString("formula", model.Formula);
        json.WriteString("source", model.Source);
        json.Weights(model);
        json.Rows(check.Rows);
        json.WriteNumber("df_residual", model.DfResidual);
        json.Number("sigma", model.Sigma);
        json.WriteStartArray("assumptions");
        foreach (ModelAssumption assumption in CheckReportBuilder.Order(check))
        {
            bool isChecked = check.Checks.Any(c => c.Assumption == assumption);
            json.WriteStartObject();
            json.WriteString("assumption", CheckWords.Key(assumption));
            json.WriteString("verdict", isChecked ? CheckWords.Of(check.VerdictOn(assumption)) : null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("checks");
        foreach (AssumptionCheck one in check.Checks)
        {
            Check(json, one, command);
        }
        json.WriteEndArray();
        Collinearity(json, check);
        json.WriteStartArray("influence");
        foreach (InfluenceRow row in check.Influence)
        {
            Influence(json, row, model);
        }
        json.WriteEndArray();
        PartialResidualsJson.Write(json, check.PartialResiduals);
        TestJson.Coefficients(json, model);
        json.Notes([.. check.Notes.Concat(model.Notes).Distinct()]);
        json.WriteEndObject();
    }

    private static void Check(Utf8JsonWriter json, AssumptionCheck check, FitCommand command)
    {
        json.WriteStartObject();
        json.WriteString("name", check.Name);
        json.WriteString("assumption", CheckWords.Key(check.Assumption));
        json.Number("statistic", check.Statistic);
        json.WritePropertyName("df");
        json.Row(check.Df);
        json.Number("p", check.P);
        json.WriteString("method", check.Method);
        json.WriteString("verdict", CheckWords.Of(check.Verdict));
        json.WriteString("effect", check.Effect);
        json.Number("effect_size", check.EffectSize);
        json.WriteStartObject("measure");
        json.WriteString("what", check.EffectMeasure);
        json.Number("value", check.EffectValue);
        json.WriteEndObject();
        Remedy(json, check.Remedy, command);
        json.WriteEndObject();
    }

    private static void Remedy(Utf8JsonWriter json, CheckRemedy? remedy, FitCommand command)
    {
        if (remedy is null)
        {
            json.WriteNull("remedy");
            return;
        }
        json.WriteStartObject("remedy");
        json.WriteString("changes", CheckWords.Key(remedy.Kind));
        json.WriteString("value", remedy.Value);
        json.WriteString("command", command.Trying(remedy));
        json.WriteString("text", remedy.Text);
        json.WriteStartArray("numbers");
        foreach (RemedyNumber number in remedy.Numbers)
        {
            json.WriteStartObject();
            json.WriteString("what", number.What);
            json.Number("before", number.Before);
            json.Number("after", number.After);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Collinearity(Utf8JsonWriter json, ModelCheck check)
    {
        json.WriteStartArray("vif");
        foreach (TermInflation term in check.Inflation)
        {
            json.WriteStartObject();
            json.WriteString("term", term.Term);
            json.WriteNumber("df", term.Df);
            json.Number("gvif", term.Gvif);
            json.Number("error_inflation", term.ErrorInflation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("near_dependences");
        foreach (NearDependence near in check.NearDependences)
        {
            json.WriteStartObject();
            json.WriteString("column", near.Column);
            json.WriteStartObject("equals");
            foreach (AliasTerm term in near.Terms)
            {
                json.Number(term.Name, term.Multiplier);
            }
            json.WriteEndObject();
            json.Number("condition_index", near.ConditionIndex);
            json.Number("residual_share", near.ResidualShare);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Influence(Utf8JsonWriter json, InfluenceRow row, LinearModel model)
    {
        json.WriteStartObject();
        json.WriteNumber("row", row.Row);
        json.Number("response", row.Response);
        json.Number("fitted", row.Fitted);
        json.Number("residual", row.Residual);
        json.Number("leverage", row.Leverage);
        json.Number("standardized", row.Standardized);
        json.Number("studentized", row.Studentized);
        json.Number("outlier_p", row.OutlierP);
        json.Number("cooks_distance", row.CooksDistance);
        json.Number("dffits", row.Dffits);
        json.Number("covariance_ratio", row.CovarianceRatio);
        json.WriteStartObject("dfbetas");
        for (int j = 0; j < row.Dfbetas.Length; j++)
        {
            json.Number(model.Coefficients[j].Name, row.Dfbetas[j]);
        }
        json.WriteEndObject();
        PartialResidualsJson.Write(json, row, model);
        json.WriteEndObject();
    }
}
