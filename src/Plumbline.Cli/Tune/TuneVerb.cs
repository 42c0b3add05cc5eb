using System.CommandLine;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Tradeoff;

namespace Plumbline.Cli.Tune;

/// <summary><c>plumb tune DATA FORMULA</c>: its arguments and options, and how they become a <see cref="TuneRequest"/>.</summary>
internal sealed class TuneVerb : Verb
{
    private readonly DataAndFormula _arguments = new(pipe: "no pipe, since rows are read several times");
    private readonly Option<string?> _rates = Values.Text("--lr", "LIST", "Learning rates. [0.003,0.01,0.03,0.1,0.3]");
    private readonly Option<string?> _batches = Values.Text("--batch", "LIST", "Rows of a minibatch. [32]");
    private readonly Option<string?> _optimizers = Values.Text("--optimizer", "LIST", "Of sgd, momentum, nesterov, adam, averaged-sgd. [sgd]");
    private readonly Option<string?> _schedules = Values.Text("--schedule", "LIST", "Of constant, step, inverse, exponential, cosine. [constant]");
    private readonly Option<string?> _l2 = Values.Text("--l2", "LIST", "Penalties ½λ‖w‖². [0]");
    private readonly Option<string?> _degrees = Values.Text("--degree", "COLUMN:LIST", "The column as polynomials of these degrees, e.g. x:1..5.");
    private readonly Option<string?> _trials = Values.Text("--trials", "N", "Draw N settings at random between the values given. [the whole grid]");
    private readonly Option<bool> _halving = Values.Flag("--halving", "Give most settings up early: the best third goes on, three times as long.");
    private readonly Option<string?> _epochs = Values.Text("--epochs", "N", "Epochs of a setting at most. [20]");
    private readonly Option<string?> _validate = Values.Text("--validate", "SHARE", "Judge on this share of the rows, by a hash of their values. [0.2]");
    private readonly Option<string?> _folds = Values.Text("--folds", "K", "Judge by cross-validation instead.");
    private readonly Option<bool> _raw = Values.Flag("--no-standardize", "Train on the columns as they are.");
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "The seed of splits, starts, orders and draws. [0]");
    private readonly Option<string?> _score = Values.Text("--score", "loss|mse|rmse|mae|r2", "What settings are judged by; loss is ½(ŷ − y)². [loss]");
    private readonly Option<string?> _memory = Values.Text("--memory", "MB", "Memory for the rows, which are held; more are refused. [1000]");
    private readonly Option<string?> _resume = Values.Text("--resume", "FILE", "Keep every training there, and take over what is there already.");
    private readonly ReadingChoice _reading = new();
    private readonly ReportChoice _report = new("Write all settings and their scores, as .csv or .json.");

    public TuneVerb()
        : base("tune", "Find how to train: settings of gradient descent, judged on rows that took no part.")
    {
        _arguments.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _rates, _batches, _optimizers, _schedules, _l2, _degrees, _trials, _halving, _epochs, _validate, _folds, _score, _raw, _seed, _memory, _resume,
        ])
        {
            Options.Add(option);
        }
        _reading.AddTo(this);
        _report.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb tune data/houses.csv \"price ~ sqft_living + age\" --lr 0.001,0.01,0.1 --batch 16,128", "a grid of six"),
        ("plumb tune data/houses.csv \"price ~ .\" --lr 0.0001,0.5 --trials 27 --halving", "random draws, most given up early"),
        ("plumb tune data.csv \"y ~ x\" --degree x:1..5 --folds 5 --resume tuning.jsonl", "degrees by cross-validation, interruptible"),
        ("plumb tune data.csv \"y ~ x\" --score mae --weights w --markdown", "by absolute errors, weighted"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => TuneRun.Run(Read(line), surroundings);

    private TuneRequest Read(ParseResult line)
    {
        (IReadOnlyList<string> data, string formula) = _arguments.ReadTwice(line, this, "tuning");
        string? output = _report.Output(line);
        if (output is not null && Path.GetExtension(output).ToUpperInvariant() is not (".CSV" or ".JSON"))
        {
            throw Mistakes.Usage($"-o '{output}': the table is written as .csv or .json.", this);
        }
        if (line.GetValue(_folds) is not null && line.GetValue(_validate) is not null)
        {
            throw Mistakes.Usage("--folds and --validate exclude each other.", this);
        }
        FitOptions fit = _reading.Read(line, this);
        return new TuneRequest
        {
            Data = data,
            Space = Space(line, formula),
            Options = new TuningOptions
            {
                Trials = this.Whole(line.GetValue(_trials), "--trials", 1, 100_000),
                Halving = line.GetValue(_halving),
                Epochs = this.Whole(line.GetValue(_epochs), "--epochs", 1, 1_000_000) ?? TuningOptions.Default.Epochs,
                Folds = this.Whole(line.GetValue(_folds), "--folds", 2, 1000) ?? 0,
                ValidationShare = this.Share(line.GetValue(_validate), "--validate", "0.2") ?? TuningOptions.Default.ValidationShare,
                Score = this.OneOf(
                    line.GetValue(_score), "--score",
                    ("loss", TuningScore.Loss), ("mse", TuningScore.MeanSquaredError), ("rmse", TuningScore.RootMeanSquaredError), ("mae", TuningScore.MeanAbsoluteError), ("r2", TuningScore.RSquared)),
                Seed = this.Seed(line.GetValue(_seed)),
                Threads = fit.Threads,
                Fit = fit,
                MemoryBytes = this.Megabytes(line.GetValue(_memory)) ?? TuningOptions.Default.MemoryBytes,
                Descent = DescentOptions.Default with { Standardize = !line.GetValue(_raw) },
            },
            Where = _reading.Where(line),
            TextColumns = _reading.TextColumns(line, this),
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = output,
            ResumePath = line.GetValue(_resume),
        };
    }

    private TuningSpace Space(ParseResult line, string formula)
    {
        var space = new TuningSpace(formula);
        if (line.GetValue(_degrees) is { } degrees)
        {
            int mark = degrees.LastIndexOf(':');
            if (mark < 1)
            {
                throw Mistakes.Usage($"--degree '{degrees}': expected a column and degrees, as in x:1..5.", this);
            }
            space = new TuningSpace([.. FormulaLearner.OverDegree(formula, degrees[..mark], this.Wholes(degrees[(mark + 1)..], "--degree", 1, 100)).Select(static f => f.Formula)]);
        }
        return space with
        {
            LearningRates = line.GetValue(_rates) is { } rates ? this.Numbers(rates, "--lr") : space.LearningRates,
            Batches = line.GetValue(_batches) is { } batches ? this.Wholes(batches, "--batch", 1, int.MaxValue - 1) : space.Batches,
            L2 = line.GetValue(_l2) is { } l2 ? this.Numbers(l2, "--l2") : space.L2,
            Optimizers = OneOfEach(line.GetValue(_optimizers), "--optimizer", static o => DescentWords.Of(o), space.Optimizers),
            Schedules = OneOfEach(line.GetValue(_schedules), "--schedule", static s => DescentWords.Of(s), space.Schedules),
        };
    }

    private IReadOnlyList<T> OneOfEach<T>(string? text, string option, Func<T, string> word, IReadOnlyList<T> none)
        where T : struct, Enum
    {
        (string, T)[] choices = [.. Enum.GetValues<T>().Select(value => (word(value), value))];
        return text is null ? none : [.. text.Split(',').Select(piece => this.OneOf<T>(piece, option, choices))];
    }
}
