using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Plumbline;

/// <summary>The trainings of a tuning as a file, one JSON object a line: added as they are done, taken over when the tuning goes on.</summary>
public static class TuningFile
{
    /// <summary>Adds a training.</summary>
    /// <param name="path">The file, made when it is not there.</param>
    /// <param name="record">The training.</param>
    public static void Append(string path, TuningRecord record)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(record);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", record.Fingerprint);
            json.WriteString("formula", record.Setting.Formula);
            json.WriteString("learning_rate", record.Setting.LearningRate.ToString("R", CultureInfo.InvariantCulture));
            json.WriteNumber("batch", record.Setting.Batch);
            json.WriteNumber("optimizer", (int)record.Setting.Optimizer);
            json.WriteNumber("schedule", (int)record.Setting.Schedule);
            json.WriteString("l2", record.Setting.L2.ToString("R", CultureInfo.InvariantCulture));
            json.WriteNumber("epochs", record.Epochs);
            if (record.Losses is { } losses)
            {
                json.WriteBase64String("losses", MemoryMarshal.AsBytes(losses.ToArray().AsSpan()));
            }
            json.WriteEndObject();
        }
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.Write("\n"u8);     // after a line that was cut off
            }
        }
        file.Write(buffer.WrittenSpan);
        file.Write("\n"u8);
    }

    /// <summary>Reads the trainings of a file. A line that was cut off is left out: it counts as not done.</summary>
    /// <param name="path">The file; none when it is not there.</param>
    /// <exception cref="PlumblineException">Code <c>checkpoint</c>: the file holds something else.</exception>
    public static IReadOnlyList<TuningRecord> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            return [];
        }
        string[] lines = File.ReadAllText(path, Encoding.UTF8).Split('\n');
        var records = new List<TuningRecord>();
        bool isCut = false;
        for (int n = 0; n < lines.Length; n++)
        {
            if (lines[n].Length == 0)
            {
                continue;
            }
            try
            {
                using var line = JsonDocument.Parse(lines[n]);
                records.Add(Record(line.RootElement));
            }
            catch (JsonException)
            {
                isCut = true;
            }
            catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw NoTraining(path, n + 1);
            }
        }
        if (isCut && records.Count == 0)
        {
            throw NoTraining(path, 1);
        }
        return records;
    }

    private static PlumblineException NoTraining(string path, int line) =>
        new("checkpoint", $"Line {line} is no training of a tuning. Name the file that the tuning wrote.") { File = path, Line = line };

    private static TuningRecord Record(JsonElement line)
    {
        double Number(string name) => double.Parse(line.GetProperty(name).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
        var setting = new TuningSetting(
            line.GetProperty("formula").GetString()!,
            Number("learning_rate"),
            line.GetProperty("batch").GetInt32(),
            (DescentOptimizer)line.GetProperty("optimizer").GetInt32(),
            (DescentSchedule)line.GetProperty("schedule").GetInt32(),
            Number("l2"));
        double[]? losses = line.TryGetProperty("losses", out JsonElement bytes) ? MemoryMarshal.Cast<byte, double>(bytes.GetBytesFromBase64()).ToArray() : null;
        return new TuningRecord(line.GetProperty("fingerprint").GetString()!, setting, line.GetProperty("epochs").GetInt32(), losses);
    }
}
