using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>Partial residuals in the object of the checks.</summary>
internal static class PartialResidualsJson
{
    /// <summary>The curves: a term each, a bin a row.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PartialResidualCurve> curves)
    {
        json.WriteStartArray("partial_residuals");
        foreach (PartialResidualCurve curve in curves)
        {
            json.WriteStartObject();
            json.WriteString("term", curve.Term);
            json.WriteString("column", curve.Column);
            json.WriteStartArray("bins");
            foreach (PartialResidualBin bin in curve.Bins)
            {
                json.WriteStartObject();
                json.Number("lower", bin.Lower);
                json.Number("upper", bin.Upper);
                json.Number("rows", bin.Rows);
                json.Number("mean", bin.Mean);
                json.Number("component", bin.Component);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Those of a row, by term.</summary>
    public static void Write(Utf8JsonWriter json, InfluenceRow row, LinearModel model)
    {
        json.WriteStartObject("partial_residuals");
        IReadOnlyList<string> terms = model.Design?.Terms ?? [];
        for (int t = 0; t < row.PartialResiduals.Length && t < terms.Count; t++)
        {
            json.Number(terms[t], row.PartialResiduals[t]);
        }
        json.WriteEndObject();
    }
}
