using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline;

/// <summary>
/// How Plumbline writes JSON: doubles in shortest round-trip form, null where a quantity is not defined,
/// infinities as the strings "Infinity" and "-Infinity". Written by hand on <see cref="Utf8JsonWriter"/>: no reflection.
/// </summary>
internal static class JsonWriting
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // "a + b" stays readable; control characters are still escaped
    };

    /// <summary>Writes one document and a line end.</summary>
    public static byte[] Document(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            write(json);
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A writer to a stream, for a document that is written piece by piece.</summary>
    public static Utf8JsonWriter To(Stream stream) => new(stream, Options);

    /// <summary>Writes the property <c>notes</c>.</summary>
    public static void Notes(this Utf8JsonWriter json, IReadOnlyList<Note> notes)
    {
        json.WriteStartArray("notes");
        foreach (Note note in notes)
        {
            json.WriteStartObject();
            json.WriteString("code", note.Code);
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes the property <c>rows</c>: what became of the rows.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="rows">The counts.</param>
    /// <param name="observations">The number of observations, where the document tells it.</param>
    public static void Rows(this Utf8JsonWriter json, RowCounts rows, long? observations = null)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("read", rows.Read);
        json.WriteNumber("used", rows.Used);
        if (observations is { } count)
        {
            json.WriteNumber("observations", count);
        }
        json.WriteStartObject("dropped");
        json.WriteNumber("total", rows.Dropped);
        json.WriteStartObject("by_column");
        foreach ((string column, long dropped) in rows.DroppedByColumn)
        {
            json.WriteNumber(column, dropped);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a property with a double.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsNaN(value))
        {
            json.WriteNull(name);
        }
        else if (double.IsInfinity(value))
        {
            json.WriteString(name, value > 0 ? "Infinity" : "-Infinity");
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }

    /// <summary>Writes a property with a count, or null.</summary>
    public static void Count(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } count)
        {
            json.WriteNumber(name, count);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes a row of a matrix on one line.</summary>
    public static void Row(this Utf8JsonWriter json, IReadOnlyList<double> values)
    {
        StringBuilder row = new("[");
        for (int i = 0; i < values.Count; i++)
        {
            row.Append(i == 0 ? "" : ", ").Append(Text(values[i]));
        }
        json.WriteRawValue(row.Append(']').ToString(), skipInputValidation: true);
    }

    /// <summary>A double as it stands in a document.</summary>
    public static string Text(double value) =>
        double.IsNaN(value) ? "null"
        : double.IsPositiveInfinity(value) ? "\"Infinity\""
        : double.IsNegativeInfinity(value) ? "\"-Infinity\""
        : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
