using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Test;

/// <summary><c>plumb test DATA FORMULA</c> or <c>plumb test MODEL</c>: its arguments and options, and how they become a <see cref="TestRequest"/>.</summary>
internal sealed class TestVerb : Verb
{
    private readonly DataAndFormula _arguments = new(also: " Without a formula, a model file, for what needs no rows.");

    private readonly Option<string?> _anova = Values.Text("--anova", "1|2|3", "Analysis of variance, types I, II, III. R's anova() is 1, car's Anova() 2. [2, when nothing else is asked for]");
    private readonly Option<bool> _asCoded = Values.Flag("--as-coded", "Type 3 with the contrasts that the formula has, not sum contrasts.");
    private readonly Option<string?> _against = Values.Text("--against", "FORMULA", "Compare with a second, nested model: F, likelihood ratio, Wald.");
    private readonly Option<string[]> _hypothesis = Values.Texts("--hypothesis", "TEXT", "Linear hypotheses, tested together: \"age = 0, a = 2 * b\". May be given several times.");
    private readonly Option<bool> _intervals = Values.Flag("--intervals", "List the coefficients with their confidence intervals.");
    private readonly Option<bool> _likelihood = Values.Flag("--likelihood", "Show the Gaussian likelihood and its σ² beside the unbiased one.");
    private readonly Option<string[]> _profile = Values.Texts("--profile", "COEFFICIENT", "The profile likelihood of a coefficient, with its interval. May be given several times.");
    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _text = Values.Text("--text", "COLUMN[,COLUMN]", "Read these columns as text, whatever they look like: codes, 01 and 1.");
    private readonly Option<string?> _weights = Values.Text("--weights", "COLUMN", "A weight for each row, 0 or more.");
    private readonly Option<string?> _weightKind = Values.Text("--weight-kind", "precision|frequency|sampling", "What they mean: variance σ²/weight; equal rows; 1/probability. [precision]");
    private readonly Option<string?> _contrasts = Values.Text("--contrasts", "treatment|sum|helmert|poly", "How the levels of categories become columns, unless the formula says. [treatment]");
    private readonly Option<string?> _level = Values.Text("--level", "LEVEL", "The level of the intervals. [0.95, or the model's]");
    private readonly CovarianceChoice _covariance = new();
    private readonly Option<string?> _missing = Values.Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most; the result does not depend on it. [all cores]");
    private readonly Option<bool> _edited = Values.Flag("--accept-edited", "Use a model file that was changed after it was written.");
    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Values.Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Values.Text("--digits", "N", "Significant digits of the report, 1 to 17, never more than are right. [6]");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "Write to a file, whole or not at all; .json, .md or .txt choose the form.", "-o");

    public TestVerb()
        : base("test", "Test hypotheses about a linear regression.")
    {
        _arguments.AddTo(this);
        AddOptions(_anova, _asCoded, _against, _hypothesis, _intervals, _likelihood, _profile, _where, _text, _weights, _weightKind, _contrasts, _level);
        _covariance.AddTo(this);
        AddOptions(_missing, _threads, _edited, _json, _markdown, _digits, _output);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb test data/houses.csv \"price ~ sqft_living * grade + age\"", "an analysis of variance, type II"),
        ("plumb test houses.csv \"price ~ age + grade\" --hypothesis \"age = 0, grade = 1e5\"", "two coefficients, each and together"),
        ("plumb test houses.csv \"price ~ age * grade\" --against \"price ~ age\"", "whether the larger model is worth it"),
        ("plumb test model.json --hypothesis \"age = 0\" --level 0.9", "of a fitted model, without the rows"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => TestRun.Run(Read(line), surroundings);

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is missing or wrong.</exception>
    public TestRequest Read(ParseResult line)
    {
        string? only = _arguments.OnlyOn(line);
        bool isModel = only is not null && Path.GetExtension(only).Equals(".json", StringComparison.OrdinalIgnoreCase);
        if (only is not null && !isModel)
        {
            throw Mistakes.Usage("FORMULA is missing. Expected: plumb test data.csv \"y ~ x\", or plumb test model.json --hypothesis \"x = 0\".", this);
        }
        (IReadOnlyList<string> data, string formula) = isModel ? ([only!], "") : _arguments.Read(line, this);
        RequireFitting(line, isModel);
        string? output = line.GetValue(_output), level = line.GetValue(_level);
        var fit = new FitRequest
        {
            Data = data,
            Formula = formula,
            Where = line.GetValue(_where),
            TextColumns = this.Names(line.GetValue(_text), "--text"),
            Format = this.Format(line.GetValue(_json), line.GetValue(_markdown), output, "a report on tests"),
            Digits = this.Whole(line.GetValue(_digits), "--digits", 1, 17) ?? 6,
            OutputPath = output,
            Options = new FitOptions
            {
                Missing = this.OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
                Level = this.Level(level),
                Weights = line.GetValue(_weights),
                WeightKind = this.WeightKind(line.GetValue(_weightKind), line.GetValue(_weights)),
                Contrasts = this.Contrasts(line.GetValue(_contrasts)),
                Covariance = _covariance.Read(line, this),
                Threads = this.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0,
            },
        };
        TestOptions tests = ReadTests(line);
        bool intervals = line.GetValue(_intervals), likelihood = line.GetValue(_likelihood);
        bool isAsked = tests.Anova is not null || tests.Against is not null || tests.Hypotheses.Count > 0 || tests.Profiles.Count > 0 || intervals || likelihood;
        bool isPlain = fit.Options is { Covariance.Estimator: CovarianceEstimator.Classical, WeightKind: not WeightKind.Sampling };
        return new TestRequest
        {
            Fit = fit,
            IsModel = isModel,
            AcceptEdited = line.GetValue(_edited),
            Level = level is null ? null : fit.Options.Level,
            // Without a wish: what tells most with what there is.
            Tests = isAsked || isModel || !isPlain ? tests : tests with { Anova = AnovaType.Hierarchical },
            ShowIntervals = intervals || (!isAsked && (isModel || !isPlain)),
            ShowLikelihood = likelihood,
        };
    }

    /// <summary>Options that say how to fit are of no use with a model that is fitted already, and the other way round.</summary>
    private void RequireFitting(ParseResult line, bool isModel)
    {
        if (!isModel && line.GetValue(_edited))
        {
            throw Mistakes.Usage("--accept-edited is of use with a model file only.", this);
        }
        if (!isModel)
        {
            return;
        }
        Option[] ofModel = [_hypothesis, _intervals, _likelihood, _profile, _level, _edited, _json, _markdown, _digits, _output];
        foreach (Option option in Options.Except(ofModel))
        {
            if (line.GetResult(option) is { Implicit: false })
            {
                throw Mistakes.Usage($"{option.Name} needs the rows: give DATA and FORMULA rather than a model file.", this);
            }
        }
    }

    private TestOptions ReadTests(ParseResult line)
    {
        string? type = line.GetValue(_anova);
        AnovaType? anova = type is null ? null
            : this.OneOf(
                type, "--anova",
                ("1", AnovaType.Sequential), ("2", AnovaType.Hierarchical), ("3", AnovaType.Partial),
                ("I", AnovaType.Sequential), ("II", AnovaType.Hierarchical), ("III", AnovaType.Partial));
        bool asCoded = line.GetValue(_asCoded);
        if (asCoded && anova != AnovaType.Partial)
        {
            throw Mistakes.Usage("--as-coded is of use with --anova 3 only: types 1 and 2 do not depend on contrasts.", this);
        }
        return new TestOptions
        {
            Anova = anova,
            ContrastsAsCoded = asCoded,
            Against = line.GetValue(_against),
            Hypotheses = line.GetValue(_hypothesis) ?? [],
            Profiles = line.GetValue(_profile) ?? [],
        };
    }

    private void AddOptions(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }
}
