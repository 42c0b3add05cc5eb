using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>Tests of a model as one JSON object, schema <c>plumbline/test/1</c>: keys are stable, new ones may be added.</summary>
public static class TestJson
{
    /// <summary>The object as UTF-8, indented, with a line end.</summary>
    /// <param name="results">The model and its tests.</param>
    public static byte[] Render(TestResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return JsonWriting.Document(json => Write(json, results));
    }

    private static void Write(Utf8JsonWriter json, TestResults results)
    {
        LinearModel model = results.Model;
        json.WriteStartObject();
        json.WriteString("schema", "plumbline/test/1");
        json.WriteString("plumbline", ProductVersion.Text);
        json.WriteString("formula", model.Formula);
        json.WriteString("source", model.Source);
        json.Weights(model);
        json.WriteNumber("rows", model.Rows.Used);
        json.WriteNumber("df_residual", model.DfResidual);
        json.Number("level", model.Level);
        Coefficients(json, model);
        Likelihood(json, results.Likelihood);
        Anova(json, results);
        TestComparisonJson.Write(json, results.Against);
        json.WriteStartArray("hypotheses");
        foreach (HypothesisTest test in results.Hypotheses)
        {
            TestComparisonJson.Write(json, test);
        }
        json.WriteEndArray();
        json.WriteStartArray("profiles");
        foreach (LikelihoodProfile profile in results.Profiles)
        {
            Profile(json, profile);
        }
        json.WriteEndArray();
        json.Notes(model.Notes);
        json.WriteEndObject();
    }

    internal static void Coefficients(Utf8JsonWriter json, LinearModel model)
    {
        json.WriteStartArray("coefficients");
        foreach (Coefficient c in model.Coefficients)
        {
            json.WriteStartObject();
            json.WriteString("name", c.Name);
            json.Estimate(c);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("covariance");
        json.WriteString("kind", model.CovarianceKind);
        json.Matrix(model);
        json.WriteEndObject();
    }

    private static void Likelihood(Utf8JsonWriter json, GaussianLikelihood likelihood)
    {
        json.WriteStartObject("likelihood");
        json.Number("log_likelihood", likelihood.LogLikelihood);
        json.WriteNumber("parameters", likelihood.Parameters);
        json.Number("variance_maximum_likelihood", likelihood.MaximumLikelihoodVariance);
        json.Number("variance_unbiased", likelihood.UnbiasedVariance);
        json.WriteEndObject();
    }

    private static void Anova(Utf8JsonWriter json, TestResults results)
    {
        if (results.Anova is not { } table)
        {
            json.WriteNull("anova");
            return;
        }
        json.WriteStartObject("anova");
        json.WriteNumber("type", (int)table.Type);
        json.WriteString("contrasts", results.AnovaContrasts);
        json.WriteStartArray("terms");
        foreach (AnovaRow row in table.Terms)
        {
            json.WriteStartObject();
            json.WriteString("term", row.Term);
            Sums(json, row);
            json.Number("f", row.F);
            json.Number("p", row.P);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("residuals");
        Sums(json, table.Residuals);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Sums(Utf8JsonWriter json, AnovaRow row)
    {
        json.WriteNumber("df", row.Df);
        json.Number("sum_of_squares", row.SumOfSquares);
        json.Count("digits", row.Digits);
        json.Number("mean_square", row.MeanSquare);
    }

    private static void Profile(Utf8JsonWriter json, LikelihoodProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("name", profile.Name);
        json.Number("estimate", profile.Estimate);
        json.Number("log_likelihood", profile.LogLikelihood);
        json.Number("level", profile.Level);
        json.Number("cut", profile.Cut);
        json.Number("lower", profile.Lower);
        json.Number("upper", profile.Upper);
        json.WriteStartArray("points");
        foreach (ProfilePoint point in profile.Points)
        {
            json.WriteStartObject();
            json.Number("value", point.Value);
            json.Number("log_likelihood", point.LogLikelihood);
            json.Number("signed_root", point.SignedRoot);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
