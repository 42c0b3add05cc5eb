using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.CommandLine;
using Plumbline.Layers;
using Plumbline.Reports;

namespace Plumbline.Cli.Tradeoff;

/// <summary><c>plumb tradeoff</c>: its arguments and options, and how they become a <see cref="TradeoffRequest"/>.</summary>
internal sealed class TradeoffVerb : Verb
{
    private readonly DataAndFormula _arguments = new(pipe: "no pipe, since rows are read several times", also: " DATA and FORMULA are left out with --truth.");
    private readonly Option<string?> _truth = Values.Text("--truth", "FUNCTION", "Simulate: the true mean response, of x, or of x1, x2 …; e.g. \"sin(2*x)\".");
    private readonly Option<string?> _noise = Values.Text("--noise", "SD", "The noise's standard deviation: a number, or a function of x. [0.3]");
    private readonly Option<string?> _range = Values.Text("--range", "LOW,HIGH", "x is uniform between these. [0,1]");
    private readonly Option<string?> _degrees = Values.Text("--degrees", "LIST", "Polynomials of these degrees, e.g. 0..12. [0..8]");
    private readonly Option<string?> _lambdas = Values.Text("--lambdas", "LIST", "Ridge penalties on each polynomial, e.g. 0,0.01,0.1. [0]");
    private readonly Option<string?> _network = Values.Text("--network", "UNITS", "A neural network beside them, with a hidden layer of so many tanh units.");
    private readonly Option<string?> _epochs = Values.Text("--epochs", "N", "Epochs that the network is trained. [300]");
    private readonly Option<string?> _rows = Values.Text("--rows", "LIST", "Rows of a training set, e.g. 30 or 20,50,100. [50]");
    private readonly Option<string?> _sets = Values.Text("--sets", "N", "Training sets. [500]");
    private readonly Option<string?> _points = Values.Text("--points", "N", "Points that predictions are judged at. [100]");
    private readonly Option<bool> _fixed = Values.Flag("--fixed-design", "The same points in all training sets; gives the closed form, too.");

    private readonly Option<string?> _over = Values.Text("--over", "FAMILY", "On data: degree:COLUMN:1..8, lambda:0,0.1,1 or rows:50,100,200. [the formula alone]");
    private readonly Option<string?> _bootstrap = Values.Text("--bootstrap", "N", "On data: N bootstrap samples, the same rows held out. [200]");
    private readonly Option<string?> _splits = Values.Text("--splits", "N", "On data: N splits, other rows held out each time.");
    private readonly Option<string?> _test = Values.Text("--test", "SHARE", "The share of the rows that is held out. [0.25]");
    private readonly Option<string?> _rowsFile = Values.Text("--rows-file", "FILE", "On data: write every row held out with its bias² and noise, and its variance, as .csv.");
    private readonly Option<string?> _memory = Values.Text("--memory", "MB", "On data: memory for the rows, which are held; more are refused. [1000]");
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "The seed. [0]");
    private readonly ReadingChoice _reading = new();
    private readonly ReportChoice _report = new(ReportChoice.ToFile, "the report", digits: 4);

    public TradeoffVerb()
        : base("tradeoff", "Bias and variance: how an error splits, against a known truth or on data.")
    {
        _arguments.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _truth, _noise, _range, _degrees, _lambdas, _network, _epochs, _rows, _sets, _points, _fixed,
            _over, _bootstrap, _splits, _test, _rowsFile, _memory, _seed,
        ])
        {
            Options.Add(option);
        }
        _reading.AddTo(this);
        _report.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb tradeoff --truth \"sin(2*x)\" --range 0,3 --noise 0.3 --rows 30 --degrees 0..12", "the U of a polynomial family"),
        ("plumb tradeoff --truth \"sin(2*x)\" --range 0,3 --rows 30 --degrees 1 --network 16", "a line beside a neural network"),
        ("plumb tradeoff data/houses.csv \"price ~ sqft_living\" --over degree:sqft_living:1..8", "on data, by the bootstrap"),
        ("plumb tradeoff data.csv \"y ~ x\" --over lambda:0,0.1,1 --weights w --rows-file rows.csv", "weighted, and row by row"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line) ?? line.GetValue(_truth);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => TradeoffRun.Run(Read(line), surroundings);

    private TradeoffRequest Read(ParseResult line)
    {
        TradeoffRequest request = new()
        {
            Format = _report.Format(line, this),
            Digits = _report.Digits(line, this),
            OutputPath = _report.Output(line),
        };
        return line.GetValue(_truth) is { } truth ? OfTruth(line, request, truth) : OfData(line, request);
    }

    private TradeoffRequest OfTruth(ParseResult line, TradeoffRequest request, string truth)
    {
        Refuse(line, "data, and --truth simulates", [_over, _bootstrap, _splits, _test, _rowsFile, _memory, .. _reading.OfRows]);
        if (_arguments.All(line) is [string data, ..])
        {
            throw Mistakes.Usage($"'{data}' and --truth exclude each other: either rows are simulated or they are there.", this);
        }
        (double low, double high) = Range(line.GetValue(_range) ?? "0,1");
        IReadOnlyList<int> degrees = this.Wholes(line.GetValue(_degrees) ?? "0..8", "--degrees", 0, 100);
        IReadOnlyList<double> lambdas = this.Numbers(line.GetValue(_lambdas) ?? "0", "--lambdas");
        int coordinates = Math.Max(1, KnownTruth.Parse(truth, line.GetValue(_noise) ?? "0.3", low, high).Dimensions);
        return request with
        {
            Truth = new TradeoffTruth(truth, line.GetValue(_noise) ?? "0.3", low, high),
            Learners = [.. degrees.SelectMany(_ => lambdas, Learner.Polynomial), .. Networks(line, coordinates)],
            Simulation = new BiasVarianceOptions
            {
                Sets = this.Whole(line.GetValue(_sets), "--sets", 2, 10_000_000) ?? BiasVarianceOptions.Default.Sets,
                PointCount = this.Whole(line.GetValue(_points), "--points", 1, 10_000_000) ?? BiasVarianceOptions.Default.PointCount,
                Rows = line.GetValue(_rows) is { } rows ? this.Wholes(rows, "--rows", 2, 10_000_000) : BiasVarianceOptions.Default.Rows,
                FixedDesign = line.GetValue(_fixed),
                Seed = this.Seed(line.GetValue(_seed)),
                Threads = _reading.Read(line, this).Threads,
            },
        };
    }

    private IEnumerable<Learner> Networks(ParseResult line, int inputs)
    {
        if (this.Whole(line.GetValue(_network), "--network", 1, 1000) is not { } units)
        {
            if (line.GetValue(_epochs) is not null)
            {
                throw Mistakes.Usage("--epochs is of a network, and there is none: name one with --network UNITS.", this);
            }
            yield break;
        }
        // Weights of a size that lets units bend in different places of standardized inputs.
        yield return Learner.Network(
            $"network, {units} units",
            () => new Sequential(new Dense(inputs, units, 2), new Tanh(), new Dense(units, 1, Math.Sqrt(1.0 / units))),
            NetworkTraining.Default with { Epochs = this.Whole(line.GetValue(_epochs), "--epochs", 1, 1_000_000) ?? NetworkTraining.Default.Epochs, LearningRate = 0.02 });
    }

    private TradeoffRequest OfData(ParseResult line, TradeoffRequest request)
    {
        if (_arguments.All(line).Count < 2)
        {
            throw Mistakes.Usage("Expected data and a formula, plumb tradeoff data.csv \"y ~ x\", or a truth to simulate, plumb tradeoff --truth \"sin(x)\".", this);
        }
        (IReadOnlyList<string> data, string formula) = _arguments.ReadTwice(line, this, "resampling");
        Refuse(line, "simulations: name the truth with --truth FUNCTION", _noise, _range, _degrees, _lambdas, _network, _epochs, _rows, _sets, _points);
        string? rowsFile = line.GetValue(_rowsFile);
        if (rowsFile is not null && !Path.GetExtension(rowsFile).Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw Mistakes.Usage($"--rows-file '{rowsFile}': rows are written as .csv.", this);
        }
        if (line.GetValue(_fixed))
        {
            throw Mistakes.Usage("--fixed-design is for simulations: name the truth with --truth FUNCTION.", this);
        }
        if (line.GetValue(_bootstrap) is not null && line.GetValue(_splits) is not null)
        {
            throw Mistakes.Usage("--bootstrap and --splits exclude each other.", this);
        }
        int? splits = this.Whole(line.GetValue(_splits), "--splits", 2, 1_000_000);
        FitOptions fit = _reading.Read(line, this);
        return request with
        {
            Data = data,
            Formula = formula,
            Where = _reading.Where(line),
            TextColumns = _reading.TextColumns(line, this),
            RowsPath = rowsFile,
            Formulas = Family(line.GetValue(_over), formula),
            Resampling = new ResamplingOptions
            {
                Resampling = splits is null ? Resampling.Bootstrap : Resampling.Splits,
                Rounds = splits ?? this.Whole(line.GetValue(_bootstrap), "--bootstrap", 2, 1_000_000) ?? ResamplingOptions.Default.Rounds,
                TestShare = this.Share(line.GetValue(_test), "--test", "0.25") ?? ResamplingOptions.Default.TestShare,
                Seed = this.Seed(line.GetValue(_seed)),
                Threads = fit.Threads,
                Fit = fit,
                MemoryBytes = this.Megabytes(line.GetValue(_memory)) ?? ResamplingOptions.Default.MemoryBytes,
            },
        };
    }

    private IReadOnlyList<FormulaLearner> Family(string? over, string formula)
    {
        if (over is null)
        {
            return [new FormulaLearner(formula)];
        }
        int first = over.IndexOf(':', StringComparison.Ordinal), last = over.LastIndexOf(':');
        string kind = first < 0 ? over : over[..first], list = over[(last + 1)..];
        return kind switch
        {
            "degree" when last > first => FormulaLearner.OverDegree(formula, over[(first + 1)..last], this.Wholes(list, "--over", 1, 100)),
            "lambda" when first > 0 => FormulaLearner.OverLambda(formula, this.Numbers(list, "--over")),
            "rows" when first > 0 => FormulaLearner.OverRows(formula, this.Wholes(list, "--over", 2, int.MaxValue)),
            _ => throw Mistakes.Usage($"--over '{over}': expected degree:COLUMN:1..8, lambda:0,0.1,1 or rows:50,100,200.", this),
        };
    }

    private (double Low, double High) Range(string text)
    {
        string[] ends = text.Split(',');
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double low)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double high)
            && low < high && double.IsFinite(high - low)
                ? (low, high)
                : throw Mistakes.Usage($"--range '{text}': expected two numbers, the smaller first, as in 0,3.", this);
    }

    private void Refuse(ParseResult line, string what, params ReadOnlySpan<Option<string?>> options)
    {
        foreach (Option<string?> option in options)
        {
            if (line.GetValue(option) is not null)
            {
                throw Mistakes.Usage($"{option.Name} is for {what}.", this);
            }
        }
    }
}
