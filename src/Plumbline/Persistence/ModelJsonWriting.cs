using System.Text.Json;

namespace Plumbline;

/// <summary>The parts of a model that stand in several documents: its weights, its estimates, an F test.</summary>
internal static class ModelJsonWriting
{
    /// <summary>Writes the property <c>weights</c>: their kind and column, for frequencies also how many rows they stand for; null without.</summary>
    public static void Weights(this Utf8JsonWriter json, LinearModel model)
    {
        if (model.WeightsColumn is not { } column)
        {
            json.WriteNull("weights");
            return;
        }
        json.WriteStartObject("weights");
        json.WriteString("kind", model.WeightKind switch { WeightKind.Frequency => "frequency", WeightKind.Sampling => "sampling", _ => "precision" });
        json.WriteString("column", column);
        if (model.WeightKind == WeightKind.Frequency)
        {
            json.WriteNumber("observations", model.Observations);
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the properties of an estimate and its inference, into an object that was begun.</summary>
    public static void Estimate(this Utf8JsonWriter json, Coefficient coefficient)
    {
        json.Number("estimate", coefficient.Estimate);
        json.Number("std_error", coefficient.StandardError);
        json.Number("t", coefficient.T);
        json.Number("df", coefficient.Df);
        json.Number("p", coefficient.P);
        json.Number("lower", coefficient.Lower);
        json.Number("upper", coefficient.Upper);
    }

    /// <summary>Writes the property <c>f</c>.</summary>
    public static void F(this Utf8JsonWriter json, FTest f)
    {
        json.WriteStartObject("f");
        json.Number("value", f.Value);
        json.Number("df1", f.Df1);
        json.Number("df2", f.Df2);
        json.Number("p", f.P);
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>matrix</c>: the covariance of the coefficients, a row on a line.</summary>
    public static void Matrix(this Utf8JsonWriter json, LinearModel model)
    {
        json.WriteStartArray("matrix");
        foreach (IReadOnlyList<double> row in model.Covariance)
        {
            json.Row(row);
        }
        json.WriteEndArray();
    }
}
