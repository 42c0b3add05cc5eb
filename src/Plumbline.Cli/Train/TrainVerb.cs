using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Train;

/// <summary><c>plumb train DATA FORMULA</c>: its arguments and options, and how they become a <see cref="TrainRequest"/>.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly DataAndFormula _arguments = new(pipe: "no pipe, since rows are read several times");

    private readonly Option<string?> _batch = Values.Text("--batch", "N|all", "Rows of a minibatch; all descends on the moments, at no cost a row. [32]");
    private readonly Option<string?> _rate = Values.Text("--lr", "RATE|auto", "The learning rate; auto chooses it from the moments. [0.03; --batch all: auto]");
    private readonly Option<string?> _optimizer = Values.Text("--optimizer", "sgd|momentum|nesterov|adam|averaged-sgd|conjugate-gradient", "How parameters are changed; the last for --batch all. [sgd]");
    private readonly Option<string?> _momentum = Values.Text("--momentum", "MU", "For momentum and nesterov. [0.9; --batch all: the best]");
    private readonly Option<string?> _schedule = Values.Text("--schedule", "constant|step|inverse|exponential|cosine", "How the learning rate falls. [constant]");
    private readonly Option<string?> _warmUp = Values.Text("--warm-up", "STEPS", "Steps over which the learning rate grows from 0. [0]");
    private readonly Option<string?> _loss = Values.Text("--loss", "squared|absolute|huber", "The loss of an error. [squared]");
    private readonly Option<string?> _delta = Values.Text("--huber-delta", "DELTA", "Where Huber's loss becomes linear, in units of the response. [1]");
    private readonly Option<string?> _l2 = Values.Text("--l2", "LAMBDA", "A penalty ½λ‖w‖² on all but the intercept. [0]");
    private readonly Option<string?> _epochs = Values.Text("--epochs", "N", "Times through all rows at most; --batch all: steps. [10; --batch all: 1000]");
    private readonly Option<string?> _order = Values.Text("--order", "shuffled|sequential", "A fresh order each epoch, or rows as they come. [shuffled]");
    private readonly Option<bool> _raw = Values.Flag("--no-standardize", "Train on the columns as they are.");
    private readonly Option<string?> _validate = Values.Text("--validate", "SHARE", "Hold out this share of the rows, by a hash of their values. [0]");
    private readonly Option<string?> _patience = Values.Text("--patience", "N", "Stop after N epochs without a better validation loss, and keep the best.");
    private readonly Option<string?> _excess = Values.Text("--excess", "LOSS", "Stop when the loss is so near its exact minimum.");
    private readonly Option<string?> _gradient = Values.Text("--gradient", "NORM", "Stop when the gradient is so short.");
    private readonly Option<string?> _time = Values.Text("--time", "SECONDS", "Stop after so long.");
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "The seed of the start and of the orders. [0]");
    private readonly Option<string?> _memory = Values.Text("--memory", "MB", "Memory for rows; more are read anew each epoch, in blocks. [300]");
    private readonly Option<string?> _traceSteps = Values.Text("--trace-steps", "N", "A line of the trace every N steps, too.");
    private readonly Option<string?> _trace = Values.Text("--trace", "FILE", "Write the trace, as .csv or .json.");
    private readonly Option<string?> _surface = Values.Text("--surface", "FILE", "Write the loss surface over two coefficients, and the path across it, as JSON.");
    private readonly Option<string?> _over = Values.Text("--over", "NAME,NAME", "The coefficients that the surface lies over. [the first two]");
    private readonly Option<string?> _checkpoint = Values.Text("--checkpoint", "FILE", "Write a checkpoint after epochs, and when interrupted.");
    private readonly Option<string?> _resume = Values.Text("--resume", "FILE", "Go on from a checkpoint, to the same bits.");
    private readonly RowsChoice _rows = new();
    private readonly ReportChoice _report = new("Write the trained model: a model file, as fit does.", hasMarkdown: false);

    public TrainVerb()
        : base("train", "Train a linear model by gradient descent, with the exact minimum beside it.")
    {
        _arguments.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _batch, _rate, _optimizer, _momentum, _schedule, _warmUp, _loss, _delta, _l2, _epochs, _order, _raw, _validate, _patience, _excess, _gradient, _time, _seed,
            _memory, _traceSteps, _trace, _surface, _over, _checkpoint, _resume,
        ])
        {
            Options.Add(option);
        }
        _rows.AddTo(this);
        _report.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb train data/houses.csv \"price ~ sqft_living + age\" --batch 32 --lr 0.03 --epochs 10", "stochastic descent on minibatches"),
        ("plumb train data/houses.csv \"price ~ sqft_living + age\" --batch all", "batch descent at its best rate"),
        ("plumb train big.csv \"y ~ .\" --validate 0.2 --patience 5 --checkpoint run.json -o model.json", "with early stopping, interruptible"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => TrainRun.Run(Read(line), surroundings);

    private TrainRequest Read(ParseResult line)
    {
        (IReadOnlyList<string> data, string formula) = _arguments.ReadTwice(line, this, "training");
        bool isBatch = line.GetValue(_batch) == "all";
        if (line.GetValue(_over) is not null && line.GetValue(_surface) is null)
        {
            throw Mistakes.Usage("--over says what a surface lies over: name its file with --surface FILE.", this);
        }
        string[] over = line.GetValue(_over)?.Split(',') ?? [];
        if (over.Length is not (0 or 2))
        {
            throw Mistakes.Usage($"--over '{line.GetValue(_over)}': expected two names of coefficients, as in age,sqft_living.", this);
        }
        return new TrainRequest
        {
            Data = data,
            Formula = formula,
            Where = _rows.Where(line),
            TextColumns = _rows.TextColumns(line, this),
            Minibatches = isBatch ? null : Minibatches(line),
            Batches = isBatch ? Batches(line) : null,
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = _report.Output(line),
            TracePath = line.GetValue(_trace),
            SurfacePath = line.GetValue(_surface),
            SurfaceOver = over.Length == 2 ? (over[0].Trim(), over[1].Trim()) : null,
            CheckpointPath = line.GetValue(_checkpoint),
            ResumePath = line.GetValue(_resume),
        };
    }

    private DescentOptions Minibatches(ParseResult line)
    {
        DescentOptions usual = DescentOptions.Default;
        Requires(line, _momentum, "--optimizer momentum or nesterov", line.GetValue(_optimizer) is "momentum" or "nesterov");
        Requires(line, _delta, "--loss huber", line.GetValue(_loss) is "huber");
        return new DescentOptions
        {
            Batch = this.Whole(line.GetValue(_batch), "--batch", 1, int.MaxValue) ?? usual.Batch,
            LearningRate = Rate(line.GetValue(_rate), usual.LearningRate),
            Optimizer = this.OneOf(
                line.GetValue(_optimizer), "--optimizer", ("sgd", DescentOptimizer.Sgd), ("momentum", DescentOptimizer.Momentum), ("nesterov", DescentOptimizer.Nesterov), ("adam", DescentOptimizer.Adam), ("averaged-sgd", DescentOptimizer.AveragedSgd)),
            Momentum = this.Number(line.GetValue(_momentum), "--momentum", "a number from 0 to below 1", static v => v is >= 0 and < 1) ?? usual.Momentum,
            Schedule = this.OneOf(
                line.GetValue(_schedule), "--schedule", ("constant", DescentSchedule.Constant), ("step", DescentSchedule.Step), ("inverse", DescentSchedule.Inverse), ("exponential", DescentSchedule.Exponential), ("cosine", DescentSchedule.Cosine)),
            WarmUpSteps = this.Whole(line.GetValue(_warmUp), "--warm-up", 0, int.MaxValue) ?? 0,
            Loss = this.OneOf(line.GetValue(_loss), "--loss", ("squared", DescentLoss.Squared), ("absolute", DescentLoss.Absolute), ("huber", DescentLoss.Huber)),
            HuberDelta = this.Number(line.GetValue(_delta), "--huber-delta", "a number above 0", static v => v > 0) ?? usual.HuberDelta,
            L2 = this.Number(line.GetValue(_l2), "--l2", "a number, 0 or more", static v => v >= 0) ?? 0,
            Epochs = this.Whole(line.GetValue(_epochs), "--epochs", 1, int.MaxValue) ?? usual.Epochs,
            Order = this.OneOf(line.GetValue(_order), "--order", ("shuffled", DescentOrder.Shuffled), ("sequential", DescentOrder.Sequential)),
            Standardize = !line.GetValue(_raw),
            ValidationShare = this.Number(line.GetValue(_validate), "--validate", "a share from 0 to below 1, e.g. 0.2", static v => v is >= 0 and < 1) ?? 0,
            Patience = this.Whole(line.GetValue(_patience), "--patience", 1, int.MaxValue) ?? 0,
            ExcessLoss = this.Number(line.GetValue(_excess), "--excess", "a number above 0", static v => v > 0) ?? 0,
            GradientNorm = this.Number(line.GetValue(_gradient), "--gradient", "a number above 0", static v => v > 0) ?? 0,
            Time = this.Number(line.GetValue(_time), "--time", "seconds above 0", static v => v is > 0 and < 1e9) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Seed = this.Seed(line.GetValue(_seed)),
            MemoryBytes = this.Megabytes(line.GetValue(_memory)) ?? usual.MemoryBytes,
            TraceSteps = this.Whole(line.GetValue(_traceSteps), "--trace-steps", 1, int.MaxValue) ?? 0,
        };
    }

    private BatchDescentOptions Batches(ParseResult line)
    {
        foreach (Option<string?> option in (ReadOnlySpan<Option<string?>>)[_schedule, _warmUp, _loss, _delta, _l2, _order, _validate, _patience, _time, _memory, _traceSteps, _checkpoint, _resume])
        {
            if (line.GetValue(option) is not null)
            {
                throw Mistakes.Usage($"{option.Name} is for minibatches: --batch all descends on the moments of all rows, by squared loss.", this);
            }
        }
        Requires(line, _momentum, "--optimizer momentum or nesterov", line.GetValue(_optimizer) is "momentum" or "nesterov");
        Requires(line, _rate, "the other optimizers: conjugate gradient finds the length of each step", line.GetValue(_optimizer) is not "conjugate-gradient");
        return new BatchDescentOptions
        {
            Method = this.OneOf(
                line.GetValue(_optimizer), "--optimizer", ("sgd", BatchMethod.Gradient), ("momentum", BatchMethod.Momentum), ("nesterov", BatchMethod.Nesterov), ("conjugate-gradient", BatchMethod.ConjugateGradient)),
            LearningRate = Rate(line.GetValue(_rate), null),
            Momentum = this.Number(line.GetValue(_momentum), "--momentum", "a number from 0 to below 1", static v => v is >= 0 and < 1),
            Steps = this.Whole(line.GetValue(_epochs), "--epochs", 1, int.MaxValue) ?? BatchDescentOptions.Default.Steps,
            ExcessLoss = this.Number(line.GetValue(_excess), "--excess", "a number above 0", static v => v > 0) ?? 0,
            GradientNorm = this.Number(line.GetValue(_gradient), "--gradient", "a number above 0", static v => v > 0) ?? 0,
            Standardize = !line.GetValue(_raw),
            Seed = this.Seed(line.GetValue(_seed)),
        };
    }

    private void Requires(ParseResult line, Option<string?> option, string what, bool holds)
    {
        if (!holds && line.GetValue(option) is not null)
        {
            throw Mistakes.Usage($"{option.Name} is for {what}.", this);
        }
    }

    private double? Rate(string? text, double? usual) =>
        text is null ? usual : text == "auto" ? null : this.Number(text, "--lr", "a number above 0, or auto", static v => v > 0);
}
