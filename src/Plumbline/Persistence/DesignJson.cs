using System.Text.Json;

namespace Plumbline;

/// <summary>The design state of a model as JSON, and back.</summary>
internal static class DesignJson
{
    private static readonly (string Word, ColumnType Value)[] s_types =
    [
        ("number", ColumnType.Number), ("integer", ColumnType.Integer), ("text", ColumnType.Text),
        ("boolean", ColumnType.Boolean), ("datetime", ColumnType.DateTime),
    ];

    /// <summary>The word for a type.</summary>
    public static string Word(ColumnType type) => s_types.First(t => t.Value == type).Word;

    /// <summary>Writes the member <c>design</c>.</summary>
    public static void Write(Utf8JsonWriter json, FittedDesign? design)
    {
        if (design is null)
        {
            json.WriteNull("design");
            return;
        }
        json.WriteStartObject("design");
        json.WriteStartArray("inputs");
        foreach (FittedInput input in design.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("type", Word(input.Type));
            json.WriteBoolean("predictor", input.IsPredictor);
            json.Number("unit", input.Unit);
            json.WriteString("time_unit", input.TimeUnit);
            json.Number("minimum", input.Minimum);
            json.Number("maximum", input.Maximum);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("kept");
        foreach (int column in design.Kept)
        {
            json.WriteNumberValue(column);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="PlumblineException"><c>damaged-model</c>.</exception>
    public static FittedDesign? Read(JsonField model, string formula, string? weights)
    {
        JsonField design = model["design"];
        return design.IsNull ? null : new FittedDesign
        {
            Formula = formula,
            Weights = weights,
            Inputs =
            [
                .. design["inputs"].Items().Select(static i => new FittedInput(i["name"].Text(), i["type"].OneOf(s_types), i["unit"].Number())
                {
                    IsPredictor = i["predictor"].Flag(),
                    TimeUnit = i["time_unit"].TextOrNull(),
                    Minimum = i["minimum"].Number(),
                    Maximum = i["maximum"].Number(),
                }),
            ],
            Kept = [.. design["kept"].Items().Select(static k => checked((int)k.Whole()))],
        };
    }
}
