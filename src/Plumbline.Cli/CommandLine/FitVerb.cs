using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>
/// <c>plumb fit DATA... FORMULA</c>: its arguments and options, and how they become a <see cref="FitRequest"/>.
/// Values are taken as text and read here, so that a wrong one is answered with what was expected.
/// </summary>
internal sealed class FitVerb : Verb
{
    private readonly DataAndFormula _arguments = new();

    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _text = Values.Text("--text", "COLUMN[,COLUMN]", "Read these columns as text, whatever they look like: codes, 01 and 1.");
    private readonly Option<string?> _weights = Values.Text("--weights", "COLUMN", "A weight for each row, 0 or more.");
    private readonly Option<string?> _weightKind = Values.Text("--weight-kind", "precision|frequency|sampling", "What they mean: variance σ²/weight; equal rows; 1/probability. [precision]");
    private readonly Option<string?> _contrasts = Values.Text("--contrasts", "treatment|sum|helmert|poly", "How the levels of categories become columns, unless the formula says. [treatment]");
    private readonly Option<string?> _level = Values.Text("--level", "LEVEL", "The level of the confidence intervals. [0.95]");
    private readonly CovarianceChoice _covariance = new();
    private readonly DatabaseChoice _database = new();
    private readonly Option<string?> _missing = Values.Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _arithmetic = Values.Text("--arithmetic", "exact|fast", "exact proves its digits; fast estimates them. [exact]");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most; the result does not depend on it. [all cores]");
    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Values.Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Values.Text("--digits", "N", "Significant digits of the report, 1 to 17, never more than are right. [6]");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "Write to a file, whole or not at all; .json, .md or .txt choose the form.", "-o");

    public FitVerb()
        : base("fit", "Fit a linear regression by least squares.")
    {
        _arguments.AddTo(this);
        AddOptions(_where, _text, _weights, _weightKind, _contrasts, _level);
        _covariance.AddTo(this);
        AddOptions(_missing, _arithmetic, _threads);
        _database.AddTo(this);
        AddOptions(_json, _markdown, _digits, _output);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb fit data/houses.csv \"price ~ sqft_living + age\"", "a table of coefficients"),
        ("plumb fit data/houses.csv \"price ~ .\" --where \"price > 0\" --json", "all numeric columns, for a script"),
        ("plumb fit data/houses.csv \"price ~ age\" --cov HC3", "errors right for any variance"),
        ("plumb fit \"sales-*.parquet\" \"y ~ x\" --weights n -o fit.md", "several files, weighted, as Markdown"),
        ("plumb fit may.csv june.csv \"y ~ x\"", "several files, by their names"),
        ("plumb fit may.moments june.moments", "moments of parts, without the rows"),
        ("plumb fit \"postgres://me@host/db?table=sales\" \"y ~ x\" --compute engine", "in the database; no row leaves it"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => FitRun.Run(Read(line), surroundings);

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is missing or wrong.</exception>
    public FitRequest Read(ParseResult line)
    {
        (IReadOnlyList<string> Files, string? Formula)? moments = _arguments.ReadMoments(line, this);
        RequireRows(line, moments is not null);
        (IReadOnlyList<string> data, string formula) = moments is { } of ? (of.Files, of.Formula ?? "") : _arguments.Read(line, this);
        string? output = line.GetValue(_output);
        (Databases.DatabaseOptions? database, bool inEngine) = _database.Read(line, this, data);
        if (inEngine && line.GetValue(_arithmetic) == "exact")
        {
            throw Mistakes.Usage("--compute engine has the arithmetic of the database, which rounds: --arithmetic exact goes with --compute local.", this);
        }
        return new FitRequest
        {
            Data = data,
            IsMoments = moments is not null,
            Formula = formula,
            Where = line.GetValue(_where),
            Database = database,
            InEngine = inEngine,
            TextColumns = this.Names(line.GetValue(_text), "--text"),
            Format = this.Format(line.GetValue(_json), line.GetValue(_markdown), output, "a fit"),
            Digits = this.Whole(line.GetValue(_digits), "--digits", 1, 17) ?? 6,
            OutputPath = output,
            Options = new FitOptions
            {
                Arithmetic = this.OneOf(line.GetValue(_arithmetic), "--arithmetic", ("exact", Arithmetic.Exact), ("fast", Arithmetic.Fast)),
                Missing = this.OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
                Level = this.Level(line.GetValue(_level)),
                Weights = line.GetValue(_weights),
                WeightKind = this.WeightKind(line.GetValue(_weightKind), line.GetValue(_weights)),
                Contrasts = this.Contrasts(line.GetValue(_contrasts)),
                Covariance = _covariance.Read(line, this),
                Threads = this.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0,
            },
        };
    }

    /// <summary>Options that say what to do with rows are of no use with moments.</summary>
    private void RequireRows(ParseResult line, bool isMoments)
    {
        foreach (Option option in isMoments ? [_where, _text, _weights, _weightKind, _missing] : (Option[])[])
        {
            if (line.GetResult(option) is { Implicit: false })
            {
                throw Mistakes.Usage($"{option.Name} says how rows are read, and moments have none: say it to plumb moments build.", this);
            }
        }
        if (isMoments && _covariance.Read(line, this) is { Estimator: not CovarianceEstimator.Classical } covariance)
        {
            throw Mistakes.Usage($"--cov {covariance} needs the rows a second time, and moments have none. Fit the data themselves: plumb fit data.csv \"y ~ x\" --cov {covariance}.", this, "needs-rows");
        }
    }

    private void AddOptions(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }
}
