using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.CommandLine;
using Plumbline.Reports;

namespace Plumbline.Cli.Check;

/// <summary><c>plumb check DATA... FORMULA</c> or <c>plumb check MODEL DATA...</c>: its arguments and options, and how they become a <see cref="CheckRequest"/>.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly DataAndFormula _arguments = new(
        pipe: "no pipe, since rows are read three times", also: " A model file before them stands for the formula.");

    private readonly Option<string?> _order = Values.Text("--order", "COLUMN", "A column that grows from row to row: the order in which rows may depend on each other. [none]");
    private readonly Option<bool> _inOrder = Values.Flag("--in-order", "The rows stand in an order that means something, though no column tells it.");
    private readonly Option<string?> _split = Values.Text("--split", "COLUMN", "Compare the coefficients between the levels of this column. [the first rows with the rest]");
    private readonly Option<string?> _lags = Values.Text("--lags", "N", "Over how many rows correlation is looked for. [10, or n/5]");
    private readonly Option<string?> _influential = Values.Text("--influential", "N", "How many of the most influential rows are listed. [10]");
    private readonly Option<string?> _rows = Values.Text("--rows", "FILE", "Write residual, leverage and influence of every row, as .csv or .parquet.");
    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _text = Values.Text("--text", "COLUMN[,COLUMN]", "Read these columns as text, whatever they look like: codes, 01 and 1.");
    private readonly Option<string?> _weights = Values.Text("--weights", "COLUMN", "A weight for each row, 0 or more.");
    private readonly Option<string?> _weightKind = Values.Text("--weight-kind", "precision|frequency|sampling", "What they mean: variance σ²/weight; equal rows; 1/probability. [precision]");
    private readonly Option<string?> _contrasts = Values.Text("--contrasts", "treatment|sum|helmert|poly", "How the levels of categories become columns, unless the formula says. [treatment]");
    private readonly CovarianceChoice _covariance = new(isShared: true);
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "The seed of samples and resamples. [1]");
    private readonly Option<string?> _missing = Values.Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most; the result does not depend on it. [all cores]");
    private readonly Option<bool> _edited = Values.Flag("--accept-edited", "Use a model file that was changed after it was written.");
    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Values.Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Values.Text("--digits", "N", "Significant digits of the report, 1 to 17. [6]");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "Write to a file, whole or not at all; .json, .md or .txt choose the form.", "-o");

    public CheckVerb()
        : base("check", "Check the assumptions of a linear regression, and say what to do.")
    {
        _arguments.AddTo(this);
        AddOptions(_order, _inOrder, _split, _lags, _influential, _rows, _where, _text, _weights, _weightKind, _contrasts);
        _covariance.AddTo(this);
        AddOptions(_seed, _missing, _threads, _edited, _json, _markdown, _digits, _output);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb check data/houses.csv \"price ~ sqft_living + age\"", "what is wrong, how much it matters, what to do"),
        ("plumb check sales.csv \"sales ~ price\" --order day --split shop", "rows in time, and shops compared"),
        ("plumb check houses.csv \"price ~ age\" --rows out.parquet", "residual and influence of every row, too"),
        ("plumb check model.json houses.csv", "the model of a file, fitted to the rows again"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => IsModel(line) ? null : _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => CheckRun.Run(Read(line), surroundings);

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is missing or wrong.</exception>
    public CheckRequest Read(ParseResult line)
    {
        bool isModel = IsModel(line);
        IReadOnlyList<string> all = _arguments.All(line);
        (IReadOnlyList<string> data, string formula) = isModel ? ([.. all.Skip(1)], "") : _arguments.Read(line, this);
        RequireUse(line, isModel);
        string? output = line.GetValue(_output), order = line.GetValue(_order), rows = line.GetValue(_rows);
        ulong seed = Seed(line);
        int? influential = this.Whole(line.GetValue(_influential), "--influential", 1, 10_000);
        int threads = this.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0;
        if (rows is not null && output is not null && Path.GetFullPath(rows) == Path.GetFullPath(output))
        {
            throw Mistakes.Usage($"--rows and -o both name '{output}'. Choose two files.", this);
        }
        if (order is not null && line.GetValue(_inOrder))
        {
            throw Mistakes.Usage("--order and --in-order exclude each other: the column tells the order.", this);
        }
        return new CheckRequest
        {
            Model = isModel ? all[0] : null,
            AcceptEdited = line.GetValue(_edited),
            RowsPath = rows,
            MostRows = Math.Max(CheckReportOptions.Default.MostRows, influential ?? 0),
            Checks = new CheckOptions
            {
                Order = order,
                InOrder = line.GetValue(_inOrder),
                Split = line.GetValue(_split),
                Lags = this.Whole(line.GetValue(_lags), "--lags", 1, 10_000),
                MostInfluential = influential ?? CheckOptions.Default.MostInfluential,
                Seed = seed,
                Threads = threads,
            },
            Fit = new FitRequest
            {
                Data = data,
                Formula = formula,
                Where = line.GetValue(_where),
                TextColumns = this.Names(line.GetValue(_text), "--text"),
                Format = this.Format(line.GetValue(_json), line.GetValue(_markdown), output, "a report on checks"),
                Digits = this.Whole(line.GetValue(_digits), "--digits", 1, 17) ?? 6,
                OutputPath = output,
                Options = new FitOptions
                {
                    Missing = this.OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
                    Weights = line.GetValue(_weights),
                    WeightKind = this.WeightKind(line.GetValue(_weightKind), line.GetValue(_weights)),
                    Contrasts = this.Contrasts(line.GetValue(_contrasts)),
                    Covariance = _covariance.Read(line, this, order, seed),
                    Threads = threads,
                },
            },
        };
    }

    /// <summary>A model file stands first, and no formula last.</summary>
    private bool IsModel(ParseResult line) => _arguments.All(line) is [string first, .., string last]
        && Path.GetExtension(first).Equals(".json", StringComparison.OrdinalIgnoreCase)
        && (!last.Contains('~', StringComparison.Ordinal) || File.Exists(last));

    /// <summary>What the model file says already is not said again, and what only it needs is not said without.</summary>
    private void RequireUse(ParseResult line, bool isModel)
    {
        if (!isModel && line.GetValue(_edited))
        {
            throw Mistakes.Usage("--accept-edited is of use with a model file only.", this);
        }
        Option[] ofFit = [_text, _weights, _weightKind, _contrasts, .. _covariance.All, _missing];
        if (isModel && Array.Find(ofFit, o => line.GetResult(o) is { Implicit: false }) is { } twice)
        {
            throw Mistakes.Usage($"{twice.Name} is what the model file says already: leave it out, or give DATA and FORMULA rather than a model file.", this);
        }
        if (line.GetValue(_rows) is { } rows && Path.GetExtension(rows).ToUpperInvariant() is not (".CSV" or ".PARQUET" or ""))
        {
            throw Mistakes.Usage($"--rows '{rows}': rows are written as .csv or .parquet.", this);
        }
    }

    private ulong Seed(ParseResult line) => line.GetValue(_seed) is not { } seed ? CheckOptions.Default.Seed
        : ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
        : throw Mistakes.Usage($"--seed '{seed}': expected a whole number, 0 or more.", this);

    private void AddOptions(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }
}
