using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline;

/// <summary>The header of a moments file: what the sums are sums of, as JSON. <see cref="MomentsHeaderReading"/> reads it.</summary>
internal static class MomentsHeader
{
    /// <summary>The schema, as the header names it.</summary>
    public const string Schema = "plumbline/moments/1";

    /// <summary>The header.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="layout">The order of their sums.</param>
    /// <param name="checksum">What they are.</param>
    /// <param name="more">Further members.</param>
    public static byte[] Write(DesignMoments moments, MomentsLayout layout, string checksum, Action<Utf8JsonWriter>? more = null) =>
        JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            Members(json, moments, layout, checksum);
            more?.Invoke(json);
            json.WriteEndObject();
        });

    private static void Members(Utf8JsonWriter json, DesignMoments moments, MomentsLayout layout, string checksum)
    {
        Design design = moments.Design;
        json.WriteString("schema", Schema);
        json.WriteString("plumbline", moments.Version);
        json.WriteString("formula", design.Formula.Text);
        json.WriteString("contrasts", design.Contrasts is { } contrasts ? Contrasts.Name(contrasts) : null);
        json.WriteString("arithmetic", "exact");
        Weights(json, moments);
        json.Rows(moments.Rows, moments.Observations);
        Columns(json, moments);
        Texts(json, "parts", layout.Parts);
        json.WriteStartArray("categories");
        foreach ((string key, int category) in layout.Categories.Zip(layout.CategoryAt))
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            Texts(json, "levels", moments.Levels.Categories[category].Texts);
            Numbers(json, "rows", moments.Levels.Categories[category].Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Sums(json, layout);
        Origins(json, "sources", moments.History.Added);
        Origins(json, "removed", moments.History.Removed);
        json.Notes(design.Notes);
        json.WriteString(ContentChecksum.Member, checksum);
    }

    private static void Weights(Utf8JsonWriter json, DesignMoments moments)
    {
        if (moments.Design.Weights is not { } column)
        {
            json.WriteNull("weights");
            return;
        }
        json.WriteStartObject("weights");
        json.WriteString("kind", WeightKinds.Name(moments.WeightKind));
        json.WriteString("column", column);
        json.WriteEndObject();
    }

    private static void Columns(Utf8JsonWriter json, DesignMoments moments)
    {
        json.WriteStartArray("columns");
        foreach (FittedInput input in moments.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Column.Name);
            json.WriteString("type", DesignJson.Types.First(t => t.Value == input.Column.Type).Word);
            json.Number("unit", input.Column.Unit);
            json.WriteString("time_unit", input.Column.TimeUnit);
            json.WriteString("evidence", input.Column.Evidence);
            json.Number("least", input.Least);
            json.Number("largest", input.Largest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Sums(Utf8JsonWriter json, MomentsLayout layout)
    {
        json.WriteStartObject("sums");
        Numbers(json, "dense", layout.Dense);
        if (layout.Unweighted is { } unweighted)
        {
            Numbers(json, "unweighted", unweighted);
        }
        else
        {
            json.WriteNull("unweighted");
        }
        json.WriteStartArray("cells");
        foreach (LayoutCells cells in layout.Cells)
        {
            json.WriteStartObject();
            Numbers(json, "categories", cells.Categories);
            json.WritePropertyName("products");
            json.WriteRawValue($"[{string.Join(", ", cells.Products.Select(static p => $"[{p.A}, {p.B}]"))}]");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Origins(Utf8JsonWriter json, string name, IReadOnlyList<RowsOrigin> origins)
    {
        json.WriteStartArray(name);
        foreach (RowsOrigin origin in origins)
        {
            json.WriteStartObject();
            json.WriteString("name", origin.Name);
            json.WriteString("where", origin.Where);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // A line for all: there may be a hundred thousand.
    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", texts.Select(static t => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(t)}\""))}]", skipInputValidation: true);
    }

    private static void Numbers<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> numbers)
        where T : struct
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", numbers)}]", skipInputValidation: true);
    }
}
