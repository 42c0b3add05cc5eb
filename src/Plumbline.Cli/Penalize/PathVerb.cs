using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Select;

namespace Plumbline.Cli.Penalize;

/// <summary><c>plumb path DATA... FORMULA</c>: its arguments and options, and how they become a <see cref="PathRequest"/>.</summary>
internal sealed class PathVerb : Verb
{
    private readonly DataAndFormula _arguments = new();
    private readonly SelectionChoice _selection = new();
    private readonly Option<string?> _alpha = Values.Text("--alpha", "ALPHA", "1 is lasso, 0 ridge, between them elastic net. [1]");
    private readonly Option<string?> _lambda = Values.Text("--lambda", "L[,L...]", "Strengths of the penalty. [--count of them, chosen from the data]");
    private readonly Option<string?> _count = Values.Text("--count", "N", "How many are chosen. [100]");
    private readonly Option<string?> _ratio = Values.Text("--ratio", "R", "The least of them over the largest. [1e-4; fewer rows than columns: 1e-2]");
    private readonly Option<string?> _choose = Values.Text("--choose", "min|1se|aic|bic", "Least validation error, the simplest model within one standard error of it, or a criterion. [min; not divided: bic, of terms aic]");
    private readonly Option<bool> _raw = Values.Flag("--no-standardize", "Penalize the coefficients of predictors as they are.");
    private readonly Option<string[]> _factor = Values.Texts("--penalty-factor", "NAME=F", "λ times F for a coefficient or term; 0 for no penalty. May be given several times.");
    private readonly Option<string[]> _lower = Values.Texts("--lower", "B|NAME=B", "A lower bound, 0 or less, of all coefficients or one. May be given several times.");
    private readonly Option<string[]> _upper = Values.Texts("--upper", "B|NAME=B", "An upper bound, 0 or more, of all coefficients or one. May be given several times.");
    private readonly FoldChoice _folds = new();
    private readonly ReadingChoice _reading = new();
    private readonly ReportChoice _report = new("Write the chosen model: a model file, as fit does.");

    public PathVerb()
        : base("path", "Ridge, lasso and elastic net: the whole path, and the λ to choose; or terms selected stepwise or as the best subset.")
    {
        _arguments.AddTo(this);
        _selection.AddTo(this);
        AddOptions(_alpha, _lambda, _count, _ratio, _choose, _raw, _factor, _lower, _upper);
        _folds.AddTo(this);
        _reading.AddTo(this);
        _report.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb path data/houses.csv \"price ~ .\" --folds 10", "lasso, λ by cross-validation in one reading"),
        ("plumb path data/houses.csv \"price ~ .\" --alpha 0 --lambda 1,0.1,0.01", "ridge for three λ"),
        ("plumb path big.parquet \"y ~ .\" --folds 10 --choose 1se -o model.json", "a sparse model, to predict with"),
        ("plumb path data/houses.csv \"price ~ .\" --method subset --choose bic", "the best of all subsets of terms"),
        ("plumb path data/houses.csv \"price ~ .\" --method subset --folds 10 --choose 1se", "the same, each fold selecting anew"),
        ("plumb path mix.csv \"y ~ 0 + a + b + c\" --lower 0", "non-negative coefficients"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => _selection.IsThere(line, this)
        ? SelectRun.Run(ReadSelection(line), surroundings)
        : PathRun.Run(Read(line), surroundings);

    private SelectRequest ReadSelection(ParseResult line)
    {
        bool isPenalized = line.GetValue(_raw)
            || line.GetValue(_alpha) is not null || line.GetValue(_lambda) is not null || line.GetValue(_count) is not null || line.GetValue(_ratio) is not null
            || line.GetValue(_factor) is { Length: > 0 } || line.GetValue(_lower) is { Length: > 0 } || line.GetValue(_upper) is { Length: > 0 };
        if (isPenalized)
        {
            throw Mistakes.Usage("--method stepwise and subset have no penalty: they select terms by --choose aic, bic, min or 1se.", this);
        }
        (IReadOnlyList<string> data, string formula) = _arguments.Read(line, this);
        return new SelectRequest
        {
            Data = data,
            Formula = formula,
            IsSubset = _selection.IsSubset(line),
            Selection = _selection.Read(line, this, line.GetValue(_choose), _folds.IsThere(line) ? _folds.Read(line, this) : null, _reading.Read(line, this)),
            Where = _reading.Where(line),
            TextColumns = _reading.TextColumns(line, this),
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = _report.Output(line),
        };
    }

    private PathRequest Read(ParseResult line)
    {
        (IReadOnlyList<string> data, string formula) = _arguments.Read(line, this);
        bool isDivided = _folds.IsThere(line);
        double[]? lambdas = Lambdas(line.GetValue(_lambda));
        LambdaChoice? choice = line.GetValue(_choose) is { } word
            ? this.OneOf(word, "--choose", ("min", LambdaChoice.Minimum), ("1se", LambdaChoice.OneStandardError), ("aic", LambdaChoice.Aic), ("bic", LambdaChoice.Bic))
            : lambdas is { Length: 1 } ? null : isDivided ? LambdaChoice.Minimum : LambdaChoice.Bic;
        if (choice is LambdaChoice.Minimum or LambdaChoice.OneStandardError && !isDivided)
        {
            throw Mistakes.Usage("--choose min and 1se go by the validation error: divide the rows with --folds 10 or --holdout 0.2.", this);
        }
        (IReadOnlyDictionary<string, double> factors, _) = Named(line.GetValue(_factor), _factor.Name, null, "NAME=F, F 0 or more", static v => v >= 0);
        (IReadOnlyDictionary<string, double> lower, double lowest) = Named(line.GetValue(_lower), _lower.Name, double.NegativeInfinity, "B or NAME=B, B 0 or less", static v => v <= 0);
        (IReadOnlyDictionary<string, double> upper, double highest) = Named(line.GetValue(_upper), _upper.Name, double.PositiveInfinity, "B or NAME=B, B 0 or more", static v => v >= 0);
        return new PathRequest
        {
            Data = data,
            Formula = formula,
            Where = _reading.Where(line),
            TextColumns = _reading.TextColumns(line, this),
            Path = new PathOptions
            {
                Alpha = this.Number(line.GetValue(_alpha), "--alpha", "a number from 0 (ridge) to 1 (lasso)", static v => v is >= 0 and <= 1) ?? 1,
                Lambdas = lambdas,
                Count = this.Whole(line.GetValue(_count), "--count", 1, 10_000) ?? PathOptions.Default.Count,
                Ratio = this.Number(line.GetValue(_ratio), "--ratio", "a number strictly between 0 and 1", static v => v is > 0 and < 1),
                Standardize = !line.GetValue(_raw),
                Factors = factors,
                Lower = lower,
                Upper = upper,
                LowerOfAll = lowest,
                UpperOfAll = highest,
            },
            Division = isDivided ? _folds.Read(line, this) : null,
            Choice = choice,
            Options = _reading.Read(line, this),
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = _report.Output(line),
        };
    }

    private double[]? Lambdas(string? text)
    {
        if (text is null)
        {
            return null;
        }
        const string expected = "numbers, 0 or more, with commas between them, e.g. 1,0.1,0.01";
        return [.. text.Split(',').Select(part => this.Number(part, "--lambda", expected, static v => v >= 0)!.Value)];
    }

    /// <summary>NAME=VALUE for one, VALUE for all; a name may hold signs of equality.</summary>
    private (Dictionary<string, double> Named, double All) Named(string[]? texts, string option, double? all, string expected, Func<double, bool> holds)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int mark = text.LastIndexOf('=');
            bool isNumber = double.TryParse(text.AsSpan(mark + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            if (!isNumber || !double.IsFinite(value) || !holds(value) || mark == 0 || (mark < 0 && all is null))
            {
                throw Mistakes.Usage($"{option} '{text}': expected {expected}.", this);
            }
            if (mark > 0)
            {
                named[text[..mark]] = value;
            }
            else
            {
                all = value;
            }
        }
        return (named, all ?? 1);
    }

    private void AddOptions(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }
}
