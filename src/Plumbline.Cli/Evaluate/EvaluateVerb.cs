using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Evaluate;

/// <summary><c>plumb evaluate DATA... FORMULA</c>: its arguments and options, and how they become an <see cref="EvaluateRequest"/>.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly DataAndFormula _arguments = new();
    private readonly FoldChoice _folds = new();
    private readonly Option<bool> _loo = Values.Flag("--loo", "Predict each row from all others, in closed form; reads the data twice.");
    private readonly Option<bool> _curve = Values.Flag("--curve", "A learning curve, too: errors over growing numbers of training rows.");
    private readonly ReadingChoice _reading = new();
    private readonly ReportChoice _report = new(ReportChoice.ToFile, "an evaluation");

    public EvaluateVerb()
        : base("evaluate", "How well a formula does on rows that it has not seen.")
    {
        _arguments.AddTo(this);
        _folds.AddTo(this);
        Options.Add(_loo);
        Options.Add(_curve);
        _reading.AddTo(this);
        _report.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb evaluate data/houses.csv \"price ~ sqft_living + age\" --folds 10", "cross-validation, in one reading"),
        ("plumb evaluate data/houses.csv \"price ~ poly(age, 5)\" --holdout 0.2 --test 0.1", "training, validation and test rows"),
        ("plumb evaluate visits.csv \"y ~ x\" --group patient", "all rows of a patient in one fold"),
        ("plumb evaluate sales.csv \"y ~ x\" --order day", "the past predicts the future"),
        ("plumb evaluate small.csv \"y ~ x\" --loo", "each row from all others"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => EvaluateRun.Run(Read(line), surroundings);

    private EvaluateRequest Read(ParseResult line)
    {
        (IReadOnlyList<string> data, string formula) = _arguments.Read(line, this);
        bool isLoo = line.GetValue(_loo);
        if (isLoo && (_folds.IsThere(line) || line.GetValue(_curve)))
        {
            throw Mistakes.Usage("--loo leaves out each row in turn: it goes with no --folds, --holdout, --group, --stratify, --order or --curve.", this);
        }
        return new EvaluateRequest
        {
            Data = data,
            Formula = formula,
            Where = _reading.Where(line),
            TextColumns = _reading.TextColumns(line, this),
            Division = isLoo ? null : _folds.Read(line, this),
            HasCurve = line.GetValue(_curve),
            Options = _reading.Read(line, this),
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = _report.Output(line),
        };
    }
}
