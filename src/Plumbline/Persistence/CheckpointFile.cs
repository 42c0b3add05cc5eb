using System.Text.Json;

namespace Plumbline;

/// <summary>A checkpoint of a descent as a file: JSON, schema <c>plumbline/checkpoint/1</c>, doubles in round-trip form so that no bit is lost.</summary>
public static class CheckpointFile
{
    private const string Schema = "plumbline/checkpoint/1";

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; an older file is as it was.</exception>
    public static void Save(DescentCheckpoint checkpoint, string path)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path), temporary = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, JsonWriting.Document(json => Write(json, checkpoint)));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="PlumblineException"><c>file-not-found</c>, <c>file-unreadable</c>; <c>checkpoint</c>: it is none, or damaged.</exception>
    public static DescentCheckpoint Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string shown = FormulaError.Clean(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            var file = new JsonField(document.RootElement, "", shown);
            return file["schema"].Text() == Schema ? Read(file) : throw None(shown, null);
        }
        catch (Exception exception) when (exception is JsonException or PlumblineException { Code: "damaged-model" })
        {
            throw None(shown, exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PlumblineException("file-not-found", $"{shown}: no such file. A checkpoint is written by `plumb train … --checkpoint FILE`.", exception) { File = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlumblineException("file-unreadable", $"{shown} cannot be read: {FormulaError.Clean(exception.Message)}", exception) { File = path };
        }
    }

    private static void Write(Utf8JsonWriter json, DescentCheckpoint checkpoint)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("fingerprint", checkpoint.Fingerprint);
        json.WriteNumber("epoch", checkpoint.Epoch);
        json.WriteNumber("step_of_epoch", checkpoint.StepOfEpoch);
        json.WritePropertyName("state");
        Row(json, checkpoint.State);
        json.WriteNumber("best_epoch", checkpoint.BestEpoch);
        json.Number("best_loss", checkpoint.BestLoss);
        json.WritePropertyName("best");
        Row(json, checkpoint.Best);
        json.WriteStartArray("trace");
        foreach (DescentPoint point in checkpoint.Trace)
        {
            Row(json, [point.Epoch, point.Step, point.Loss, point.ValidationLoss ?? double.NaN, point.ExcessLoss ?? double.NaN, point.GradientNorm ?? double.NaN, point.LearningRate, .. point.Parameters]);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, IReadOnlyList<double> values) => json.Row(values);

    private static DescentCheckpoint Read(JsonField file) => new(
        file["fingerprint"].Text(), (int)file["epoch"].Whole(), file["step_of_epoch"].Whole(), file["state"].Numbers(), (int)file["best_epoch"].Whole(),
        file["best_loss"].Number(), file["best"].Numbers(), [.. file["trace"].Items().Select(static point => Point(point.Numbers()))]);

    private static DescentPoint Point(IReadOnlyList<double> v) =>
        new((int)v[0], (long)v[1], v[2], Known(v[3]), Known(v[4]), Known(v[5]), v[6], [.. v.Skip(7)]);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static PlumblineException None(string shown, Exception? inner) =>
        new("checkpoint", $"{shown} is no checkpoint of a descent, or it is damaged. A checkpoint is written by `plumb train … --checkpoint FILE`.", inner) { File = shown };
}
