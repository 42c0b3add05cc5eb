using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>Bias and variance as JSON, schema <c>plumbline/tradeoff/1</c>.</summary>
public static class TradeoffJson
{
    /// <summary>Against a known truth: the object as UTF-8, with a line end.</summary>
    public static byte[] Render(BiasVarianceResult result, TradeoffTruth truth)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(truth);
        return JsonWriting.Document(json =>
        {
            Start(json, "truth");
            json.WriteString("function", truth.Function);
            json.WriteString("noise", truth.Noise);
            json.WritePropertyName("range");
            json.Row([truth.Low, truth.High]);
            json.WriteNumber("sets", result.Options.Sets);
            json.WriteNumber("seed", result.Options.Seed);
            json.WriteBoolean("fixed_design", result.Options.FixedDesign);
            json.WriteStartArray("parts");
            foreach (BiasVariancePart part in result.Parts)
            {
                Part(json, part, ReferenceEquals(part, result.Best));
            }
            json.WriteEndArray();
            json.Notes([]);
            json.WriteEndObject();
        });
    }

    /// <summary>On data: the object as UTF-8, with a line end.</summary>
    public static byte[] Render(ResampledResult result, string formula)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(formula);
        return JsonWriting.Document(json =>
        {
            Start(json, "data");
            json.WriteString("formula", formula);
            json.WriteString("source", result.Source);
            json.WriteString("resampling", result.Options.Resampling == Resampling.Bootstrap ? "bootstrap" : "splits");
            json.WriteString("weights", result.Options.Fit.Weights);
            json.WriteNumber("rounds", result.Options.Rounds);
            json.WriteNumber("seed", result.Options.Seed);
            json.WriteStartObject("rows");
            json.WriteNumber("used", result.RowsUsed);
            json.WriteNumber("held_out", result.TestRows);
            json.WriteEndObject();
            json.WriteStartArray("parts");
            foreach (ResampledPart part in result.Parts)
            {
                json.WriteStartObject();
                json.WriteString("learner", part.Learner);
                json.WriteString("formula", part.Formula);
                json.Number("lambda", part.Lambda);
                json.WriteNumber("rows", part.TrainingRows);
                Estimate(json, "bias_and_noise", part.BiasAndNoise);
                Estimate(json, "variance", part.Variance);
                Estimate(json, "loss", part.ExpectedLoss);
                json.Number("identity_gap", part.IdentityGap);
                json.WriteNumber("deficient", part.Deficient);
                Verdict(json, part.Excess, part.Verdict, ReferenceEquals(part, result.Best));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.Notes(result.Notes);
            json.WriteEndObject();
        });
    }

    private static void Start(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("schema", "plumbline/tradeoff/1");
        json.WriteString("plumbline", ProductVersion.Text);
        json.WriteString("against", kind);
    }

    private static void Part(Utf8JsonWriter json, BiasVariancePart part, bool isBest)
    {
        json.WriteStartObject();
        json.WriteString("learner", part.Learner);
        json.WriteNumber("rows", part.Rows);
        Estimate(json, "bias_squared", part.BiasSquared);
        Estimate(json, "variance", part.Variance);
        json.Number("noise", part.Noise);
        Estimate(json, "mse", part.MeanSquaredError);
        json.Number("bias_squared_corrected", part.BiasSquaredCorrected);
        Estimate(json, "observed_error", part.ObservedError);
        json.Number("observed_noise", part.ObservedNoise);
        json.Number("observed_cross", part.ObservedCross);
        json.Number("identity_gap", part.IdentityGap);
        Closed(json, part.ClosedForm);
        Verdict(json, part.Excess, part.Verdict, isBest);
        json.WriteStartArray("points");
        foreach (BiasVariancePoint point in part.Points)
        {
            json.WriteStartObject();
            json.WritePropertyName("x");
            json.Row(point.X);
            json.Number("truth", point.Truth);
            json.Number("mean_prediction", point.MeanPrediction);
            json.Number("bias_squared", point.BiasSquared);
            json.Number("variance", point.Variance);
            json.Number("noise", point.Noise);
            json.Number("mse", point.MeanSquaredError);
            Closed(json, point.ClosedForm);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Closed(Utf8JsonWriter json, ClosedForm? closed)
    {
        if (closed is null)
        {
            json.WriteNull("closed_form");
            return;
        }
        json.WriteStartObject("closed_form");
        json.Number("bias_squared", closed.BiasSquared);
        json.Number("variance", closed.Variance);
        json.Number("mse", closed.MeanSquaredError);
        json.WriteEndObject();
    }

    private static void Estimate(Utf8JsonWriter json, string name, MonteCarlo estimate)
    {
        json.WriteStartObject(name);
        json.Number("value", estimate.Value);
        json.Number("std_error", estimate.StandardError);
        json.WriteEndObject();
    }

    private static void Verdict(Utf8JsonWriter json, MonteCarlo excess, FitVerdict verdict, bool isBest)
    {
        Estimate(json, "excess", excess);
        json.WriteString("verdict", TradeoffWords.Of(verdict));
        json.WriteBoolean("best", isBest);
    }
}
