using System.Text.Json;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The design state of a model as JSON. <see cref="DesignReading"/> reads it.</summary>
internal static class DesignJson
{
    /// <summary>The words for types of columns.</summary>
    public static readonly (string Word, ColumnType Value)[] Types =
    [
        ("number", ColumnType.Number), ("integer", ColumnType.Integer), ("text", ColumnType.Text),
        ("boolean", ColumnType.Boolean), ("datetime", ColumnType.DateTime),
    ];

    /// <summary>The words for kinds of variables.</summary>
    public static readonly (string Word, VariableKind Value)[] Kinds =
    [
        ("number", VariableKind.Number), ("category", VariableKind.Category), ("polynomial", VariableKind.Polynomial),
        ("powers", VariableKind.Powers), ("scale", VariableKind.Scale),
    ];

    /// <summary>Writes the member <c>design</c>.</summary>
    public static void Write(Utf8JsonWriter json, FittedDesign? design)
    {
        if (design is null)
        {
            json.WriteNull("design");
            return;
        }
        json.WriteStartObject("design");
        json.WriteString("response", design.Response);
        Texts(json, "offsets", design.Offsets);
        json.WriteString("contrasts", design.Contrasts is { } contrasts ? Contrasts.Name(contrasts) : null);
        json.WriteStartArray("inputs");
        foreach (FittedInput input in design.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Column.Name);
            json.WriteString("type", Types.First(t => t.Value == input.Column.Type).Word);
            json.Number("unit", input.Column.Unit);
            json.WriteString("time_unit", input.Column.TimeUnit);
            json.Number("least", input.Least);
            json.Number("largest", input.Largest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("variables");
        foreach (FittedVariable variable in design.Variables)
        {
            Variable(json, variable);
        }
        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (FittedColumn column in design.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            FitJson.Pieces(json, column.Pieces);
            json.WriteNumber("term", column.Term);
            json.WriteStartArray("factors");
            foreach (FittedFactor factor in column.Factors)
            {
                json.WriteStartObject();
                json.WriteNumber("variable", factor.Variable);
                json.WriteNumber("element", factor.Element);
                json.WriteBoolean("indicator", factor.IsIndicator);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Texts(json, "terms", design.Terms);
        json.WriteEndObject();
    }

    // Only what its kind has.
    private static void Variable(Utf8JsonWriter json, FittedVariable variable)
    {
        json.WriteStartObject();
        json.WriteString("name", variable.Name);
        json.WriteString("expression", variable.Expression);
        json.WriteString("kind", Kinds.First(k => k.Value == variable.Kind).Word);
        switch (variable.Kind)
        {
            case VariableKind.Category:
                json.WriteString("contrast", Contrasts.Name(variable.Contrast));
                json.WriteString("base", variable.Base);
                json.WriteStartArray("levels");
                foreach ((string level, long rows) in variable.Levels.Zip(variable.LevelRows))
                {
                    json.WriteStartObject();
                    json.WriteString("level", level);
                    json.WriteNumber("rows", rows);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                if (variable.Listed is { } listed)
                {
                    Texts(json, "listed", listed);
                }
                else
                {
                    json.WriteNull("listed");
                }
                break;
            case VariableKind.Powers:
                json.WriteNumber("degree", variable.Degree);
                break;
            case VariableKind.Polynomial:
                json.WriteNumber("degree", variable.Degree);
                goto case VariableKind.Scale;
            case VariableKind.Scale:
                Constants(json, "centers", variable.Centers);
                Constants(json, "norms", variable.Norms);
                break;
            default:
                break;
        }
        json.WriteEndObject();
    }

    // Each as its nearest double and what that leaves.
    private static void Constants(Utf8JsonWriter json, string name, IReadOnlyList<DoubleDouble> values)
    {
        json.WriteStartArray(name);
        foreach (DoubleDouble value in values)
        {
            json.Row([value.High, value.Low]);
        }
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
