using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>A penalized path as JSON, schema <c>plumbline/path/1</c>.</summary>
public static class PathJson
{
    /// <summary>The object as UTF-8, with a line end.</summary>
    /// <param name="fit">The path.</param>
    /// <param name="step">The step chosen.</param>
    /// <param name="choice">By which rule; null when λ was given.</param>
    public static byte[] Render(PenalizedFit fit, int step, LambdaChoice? choice)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return JsonWriting.Document(json =>
        {
            RegularizationPath path = fit.Path;
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/path/1");
            json.WriteString("plumbline", ProductVersion.Text);
            json.WriteString("formula", fit.Formula);
            json.WriteString("source", fit.Source);
            json.Number("alpha", path.Options.Alpha);
            json.WriteBoolean("standardized", path.Options.Standardize);
            json.WriteStartObject("rows");
            json.WriteNumber("read", fit.Rows.Read);
            json.WriteNumber("used", fit.Rows.Used);
            json.WriteNumber("dropped", fit.Rows.Dropped);
            json.WriteEndObject();
            json.Number("tss", path.Tss);
            json.Number("response_deviation", path.ResponseDeviation);
            json.Number("lambda_max", path.LargestLambda);
            if (fit.Validation is { } validation)
            {
                json.WriteStartObject("validation");
                DivisionJson.Write(json, validation.Folds);
                DivisionJson.Rows(json, validation.TrainingRows, validation.ValidationRows);
                json.WriteEndObject();
            }
            json.WriteStartArray("steps");
            for (int k = 0; k < path.Steps.Count; k++)
            {
                Step(json, fit, k);
            }
            json.WriteEndArray();
            Lambdas(json, fit);
            json.WriteNumber("chosen", step);
            json.WriteString("choice", choice switch { null => "given", LambdaChoice.Minimum => "min", LambdaChoice.OneStandardError => "1se", LambdaChoice.Aic => "aic", _ => "bic" });
            json.Notes(fit.Notes);
            json.WriteEndObject();
        });
    }

    private static void Step(Utf8JsonWriter json, PenalizedFit fit, int k)
    {
        PathStep step = fit.Path.Steps[k];
        json.WriteStartObject();
        json.Number("lambda", step.Lambda);
        json.WriteStartArray("coefficients");
        foreach ((string name, double estimate) in fit.Path.Names.Zip(step.Coefficients))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.Number("estimate", estimate);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("nonzero", step.NonZero);
        json.Number("df", step.Df);
        json.Number("duality_gap", step.DualityGap);
        json.Number("rss", step.Rss);
        json.Number("r_squared", step.RSquared);
        json.Number("aic", step.Aic);
        json.Number("bic", step.Bic);
        if (fit.Validation is { } validation)
        {
            json.WriteStartObject("cv");
            json.Number("mean", validation.Scores[k].Mean);
            json.Number("se", validation.Scores[k].StandardError);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("cv");
        }
        json.WriteEndObject();
    }

    private static void Lambdas(Utf8JsonWriter json, PenalizedFit fit)
    {
        double At(LambdaChoice choice) => fit.Path.Steps[fit.StepOf(choice)].Lambda;
        bool isValidated = fit.Validation is not null;
        json.Number("lambda_min", isValidated ? At(LambdaChoice.Minimum) : double.NaN);
        json.Number("lambda_1se", isValidated && !double.IsNaN(fit.Validation!.Scores[0].StandardError) ? At(LambdaChoice.OneStandardError) : double.NaN);
        json.Number("lambda_aic", At(LambdaChoice.Aic));
        json.Number("lambda_bic", At(LambdaChoice.Bic));
    }
}
