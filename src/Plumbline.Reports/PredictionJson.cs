using System.Globalization;
using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>Predictions as one JSON object, schema <c>plumbline/predict/1</c>, written piece by piece. Dispose it when all is written.</summary>
public sealed class PredictionJson : IDisposable
{
    private readonly Utf8JsonWriter _json;
    private readonly Stream _stream;

    /// <summary>Writes what is known before the first row.</summary>
    /// <param name="stream">Takes the text; it is not closed.</param>
    /// <param name="model">The model that predicts.</param>
    /// <param name="data">Where the rows come from.</param>
    /// <param name="options">How it predicts.</param>
    public PredictionJson(Stream stream, LinearModel model, string data, PredictionOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        _stream = stream;
        _json = JsonWriting.To(stream);
        _json.WriteStartObject();
        _json.WriteString("schema", "plumbline/predict/1");
        _json.WriteString("plumbline", ProductVersion.Text);
        _json.WriteString("formula", model.Formula);
        _json.WriteString("response", model.Response);
        _json.WriteString("source", data);
        _json.WriteString("interval", Word(options.Interval));
        _json.Number("level", options.Level);
        _json.WriteStartArray("rows");
    }

    /// <summary>The word for an interval.</summary>
    public static string Word(PredictionInterval interval) => interval switch
    {
        PredictionInterval.Confidence => "confidence",
        PredictionInterval.Prediction => "prediction",
        _ => "none",
    };

    /// <summary>Writes some rows.</summary>
    public void Add(ReadOnlySpan<Prediction> rows)
    {
        foreach (ref readonly Prediction row in rows)
        {
            // A row a line: the writer's own indentation would give each number one.
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"\n    {{\"row\": {row.Row}, \"estimate\": {JsonWriting.Text(row.Estimate)}, \"std_error\": {JsonWriting.Text(row.StandardError)}, \"lower\": {JsonWriting.Text(row.Lower)}, \"upper\": {JsonWriting.Text(row.Upper)}}}");
            _json.WriteRawValue(line, skipInputValidation: true);
        }
        _json.Flush();
    }

    /// <summary>Writes what is known after the last row, and ends the document.</summary>
    public void End(PredictionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        _json.WriteEndArray();
        _json.WriteStartObject("counts");
        _json.WriteNumber("read", summary.Rows.Read);
        _json.WriteNumber("predicted", summary.Rows.Used);
        _json.WriteStartObject("without_prediction");
        _json.WriteNumber("total", summary.Rows.Dropped);
        _json.WriteStartObject("by_column");
        foreach ((string column, long count) in summary.Rows.DroppedByColumn)
        {
            _json.WriteNumber(column, count);
        }
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (summary.Scores is { } scores)
        {
            _json.WriteStartObject("scores");
            _json.WriteNumber("rows", scores.Rows);
            _json.Number("rmse", scores.Rmse);
            _json.Number("mae", scores.Mae);
            _json.Number("r_squared", scores.RSquared);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteNull("scores");
        }
        _json.Notes(summary.Notes);
        _json.WriteEndObject();
        _json.Flush();
        _stream.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
