using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Predict;

/// <summary><c>plumb predict MODEL DATA</c>: its arguments and options.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string?> _model = Values.Argument("MODEL", "A model file: 'plumb fit … -o model.json' writes it.");
    private readonly Argument<string?> _data = Values.Argument("DATA", "The rows: a file, a directory or glob, or -, as for fit.");

    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Predict only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _interval = Values.Text("--interval", "none|confidence|prediction", "For the mean, or for one new response. [none]");
    private readonly Option<string?> _level = Values.Text("--level", "LEVEL", "The level of the interval. [0.95]");
    private readonly Option<string?> _unseen = Values.Text("--unseen", "error|missing|base", "A level that the fit did not have: fail, no prediction, or as the base level. [error]");
    private readonly Option<bool> _edited = Values.Flag("--accept-edited", "Use a model file that was changed after it was written.");
    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "Write to a file, whole or not at all; .csv, .json or .parquet.", "-o");

    public PredictVerb()
        : base("predict", "Predict the response of rows with a fitted model.")
    {
        Arguments.Add(_model);
        Arguments.Add(_data);
        foreach (Option option in (ReadOnlySpan<Option>)[_where, _interval, _level, _unseen, _edited, _json, _output])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb predict model.json houses.csv", "row, estimate, std_error as CSV"),
        ("plumb predict model.json new.parquet --interval prediction -o out.parquet", "with prediction intervals, as Parquet"),
    ];

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => PredictRun.Run(Read(line), surroundings);

    private PredictRequest Read(ParseResult line)
    {
        string? model = line.GetValue(_model);
        string? data = line.GetValue(_data);
        if (string.IsNullOrEmpty(model) || string.IsNullOrEmpty(data))
        {
            string missing = string.IsNullOrEmpty(model) ? "MODEL and DATA are" : "DATA is";
            throw Mistakes.Usage($"{missing} missing. Expected: plumb predict model.json data.csv.", this);
        }
        string? output = line.GetValue(_output);
        return new PredictRequest
        {
            Model = model,
            Data = data,
            Where = line.GetValue(_where),
            Options = new PredictionOptions
            {
                Interval = this.OneOf(
                    line.GetValue(_interval), "--interval", ("none", PredictionInterval.None), ("confidence", PredictionInterval.Confidence), ("prediction", PredictionInterval.Prediction)),
                Level = this.Level(line.GetValue(_level)),
                Unseen = this.OneOf(line.GetValue(_unseen), "--unseen", ("error", UnseenLevels.Fail), ("missing", UnseenLevels.Missing), ("base", UnseenLevels.Base)),
            },
            Format = Format(line.GetValue(_json), output),
            OutputPath = output,
            AcceptEdited = line.GetValue(_edited),
        };
    }

    private PredictFormat Format(bool json, string? output) => output is null || json
        ? json ? PredictFormat.Json : PredictFormat.Csv
        : Path.GetExtension(output).ToUpperInvariant() switch
        {
            ".CSV" or "" => PredictFormat.Csv,
            ".JSON" => PredictFormat.Json,
            ".PARQUET" => PredictFormat.Parquet,
            _ => throw Mistakes.Usage($"-o '{output}': predictions are written as .csv, .json or .parquet.", this),
        };
}
