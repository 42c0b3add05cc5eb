using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Plumbline;

/// <summary>
/// The model file: one JSON object, schema <c>plumbline/fit/1</c>, with all that a fit found and, under <c>model</c>, all that
/// prediction and verification need. Kilobytes, no row in it. It is also what <c>plumb fit --json</c> prints.
/// A checksum of its content tells whether it was changed since.
/// </summary>
public static class ModelFile
{
    /// <summary>The schema, as the file names it.</summary>
    public const string Schema = "plumbline/fit/1";

    private const string Family = "plumbline/fit/";
    private const int Format = 1;               // of what stands under "model"
    private const long LargestFile = 1L << 30;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>The model as a file: UTF-8, indented, with a line end.</summary>
    public static byte[] Write(LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        byte[] bare = JsonWriting.Document(json => Write(json, model, checksum: null));
        return JsonWriting.Document(json => Write(json, model, ContentChecksum.Of(bare)));
    }

    /// <summary>Writes the model to a file, whole or not at all: an older file of that name is replaced in one step.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing has changed.</exception>
    public static void Save(this LinearModel model, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".plumbline-{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, Write(model));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="acceptEdited">Whether a file that was changed after it was written is read all the same; the model then has the note <c>edited-model</c>.</param>
    /// <exception cref="PlumblineException">
    /// <c>file-not-found</c>, <c>file-unreadable</c>, and those of <see cref="Read"/>.
    /// </exception>
    public static LinearModel Load(string path, bool acceptEdited = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string shown = FormulaError.Clean(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                throw NotAModel(shown, "it is larger than any model");
            }
            return Read(File.ReadAllBytes(path), path, acceptEdited);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PlumblineException("file-not-found", $"{shown}: no such file. A model file is written by `plumb fit … -o model.json`, or by `model.Save(path)`.", exception) { File = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlumblineException("file-unreadable", $"{shown} cannot be read: {FormulaError.Clean(exception.Message)}", exception) { File = path };
        }
    }

    /// <summary>Reads the content of a model file.</summary>
    /// <param name="content">UTF-8.</param>
    /// <param name="name">What the file is called, for messages.</param>
    /// <param name="acceptEdited">As for <see cref="Load"/>.</param>
    /// <exception cref="PlumblineException">
    /// <c>not-a-model</c>: it is something else; <c>newer-model</c>: a newer version wrote it; <c>damaged-model</c>: it is cut off, or
    /// a member is missing or of the wrong kind; <c>edited-model</c>: it was changed after it was written.
    /// </exception>
    public static LinearModel Read(ReadOnlyMemory<byte> content, string name, bool acceptEdited = false)
    {
        string shown = FormulaError.Clean(name);
        if (content.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }
        using JsonDocument document = Parse(content, shown);
        JsonElement root = document.RootElement;
        string? schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out JsonElement s) && s.ValueKind == JsonValueKind.String ? s.GetString() : null;
        if (schema is null || !schema.StartsWith("plumbline/", StringComparison.Ordinal))
        {
            throw NotAModel(shown, "it is JSON, but does not name a schema of Plumbline");
        }
        if (!schema.StartsWith(Family, StringComparison.Ordinal))
        {
            throw NotAModel(shown, $"its schema is '{FormulaError.Clean(schema)}'");
        }
        var file = new JsonField(root, "", shown);
        bool hasState = root.TryGetProperty("model", out JsonElement state);
        bool isNewer = schema != Schema || (hasState && state.ValueKind == JsonValueKind.Object && file["model"]["format"].Whole() > Format);
        if (isNewer)
        {
            string version = root.TryGetProperty("plumbline", out JsonElement v) && v.ValueKind == JsonValueKind.String ? FormulaError.Clean(v.GetString()!) : "unknown";
            throw new PlumblineException(
                "newer-model",
                $"{shown} was written by Plumbline {version} in a form that this version, {ProductVersion.Text}, does not know. Update Plumbline, or fit the model again.")
            {
                File = name,
            };
        }
        if (!hasState)
        {
            throw NotAModel(shown, "it is the report of a fit without the state that prediction needs");
        }
        bool isEdited = file[ContentChecksum.Member].Text() != ContentChecksum.Of(content.Span);
        if (isEdited && !acceptEdited)
        {
            throw new PlumblineException(
                "edited-model",
                $"{shown} was changed after it was written: its content does not have its checksum. Fit the model again, take an unchanged copy, or say that the change is meant (--accept-edited).")
            {
                File = name,
            };
        }
        LinearModel model = FitReading.Read(file);
        return !isEdited ? model : model with
        {
            Notes = [.. model.Notes, new Note("edited-model", $"{shown} was changed after it was written: its numbers are not what the fit found.")],
        };
    }

    private static void Write(Utf8JsonWriter json, LinearModel model, string? checksum)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        FitJson.Write(json, model);
        json.WriteStartObject("model");
        json.WriteNumber("format", Format);
        json.WriteString("response", model.Response);
        json.WriteString("where", model.Where);
        DesignJson.Write(json, model.Design);
        json.WriteString("moments", model.MomentsChecksum);
        if (model.InverseRoot.IsEmpty && model.Rank > 0)
        {
            json.WriteNull("inverse_root");
        }
        else
        {
            json.WriteStartArray("inverse_root");
            foreach (IReadOnlyList<double> column in model.InverseRoot)
            {
                json.Row(column);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        if (checksum is not null)
        {
            json.WriteString(ContentChecksum.Member, checksum);
        }
        json.WriteEndObject();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> content, string shown)
    {
        ReadOnlySpan<byte> start = content.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] != (byte)'{')
        {
            throw NotAModel(shown, start.IsEmpty ? "it is empty"
                : MomentsFile.IsMoments(start) ? "it holds moments, and `plumb fit` makes a model of them" : "it is not a JSON object");
        }
        if (!Utf8.IsValid(content.Span))
        {
            throw new PlumblineException("damaged-model", $"{shown} is not UTF-8: bytes of it were changed. Take an unchanged copy, or fit the model again.") { File = shown };
        }
        try
        {
            return JsonDocument.Parse(content, s_strict);
        }
        catch (JsonException exception)
        {
            long line = (exception.LineNumber ?? 0) + 1;
            string what = IsBeginning(content.Span) ? $"ends too early, in line {line}: a part of the file is missing" : $"is not JSON in line {line}";
            throw new PlumblineException("damaged-model", $"{shown} {what}. Take an unchanged copy, or fit the model again.", exception) { File = shown, Line = line };
        }
    }

    /// <summary>Whether more text could make JSON of it.</summary>
    private static bool IsBeginning(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }
            return reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static PlumblineException NotAModel(string shown, string why) => new(
        "not-a-model", $"{shown} is no model file: {why}. A model file is written by `plumb fit … -o model.json`, or by `model.Save(path)`.")
    {
        File = shown,
    };
}
