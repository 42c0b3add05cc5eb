using System.Diagnostics;
using System.Globalization;

namespace Plumbline;

/// <summary>
/// Minibatch stochastic gradient descent on rows, with the exact minimum beside it: for squared loss every point of the trace
/// says how far it still is.
/// </summary>
/// <remarks>
/// Method      parameters start at N(0, 0.01²). Each epoch takes the training rows in a fresh pseudorandom order
///             (<see cref="RowPermutation"/>), a minibatch at a time, the last one short (<see cref="MinibatchKernel"/>). Loss, excess and
///             gradient over all rows come from the moments, without a pass.
/// Source      Bottou, Curtis, Nocedal, Optimization methods for large-scale machine learning, SIAM Review 60 (2018).
/// Fails when  the learning rate is too large: the result says that it diverged, and why.
/// </remarks>
internal sealed unsafe partial class MinibatchDescent : IDisposable
{
    private const double Start = 0.01;
    private const double Growth = 1e6;          // of the loss: beyond, it will not come back

    private readonly DescentOptions _options;
    private readonly DescentData _data;
    private readonly ParameterUpdate _update;
    private readonly MinibatchKernel _kernel;
    private readonly RowQueue _queue;
    private readonly LearningRate _schedule;
    private readonly double _rate;
    private readonly string _fingerprint;
    private readonly List<DescentPoint> _trace = [];
    private readonly Stopwatch _clock = new();
    private readonly bool _isPlain;
    private TimeSpan _reported;
    private double _online = double.NaN;
    private double _total;          // of the losses of the epoch's minibatches so far,
    private long _rows;             // and of how many rows
    private long _rowsBefore;       // those that were done before a checkpoint
    private long _unseen;           // rows since the last look at the clock
    private int _epoch;
    private long _stepOfEpoch;
    private int _bestEpoch;
    private double _bestLoss = double.PositiveInfinity;
    private double[] _best = [];

    /// <summary>A descent that has not begun.</summary>
    /// <param name="data">The rows, read once and held.</param>
    /// <param name="intercept">Which parameter is the intercept; −1 for none.</param>
    /// <param name="options">How.</param>
    public MinibatchDescent(DescentData data, int intercept, DescentOptions options)
    {
        _options = options;
        _data = data;
        _update = new ParameterUpdate(options, data.Loss.Count, intercept);
        _kernel = MinibatchKernel.Create(options.Loss, options.HuberDelta, data.Loss.Count);
        _queue = new RowQueue(Math.Min(options.Batch, data.BlockRows));
        _isPlain = options.Batch == 1 && _update.IsPlain;
        _rate = options.LearningRate ?? AutomaticRate(data, options);
        long stepsOfEpoch = (data.TrainingRows + options.Batch - 1) / options.Batch;
        _schedule = new LearningRate(options, _rate, Math.Max(1, stepsOfEpoch));
        var random = new NormalGenerator(options.Seed);
        for (int j = 0; j < data.Loss.Count; j++)
        {
            _update.Theta[j] = Start * random.Next();
        }
        _best = _update.Result;
        _fingerprint = string.Create(CultureInfo.InvariantCulture, $"{string.Join('|', data.Loss.Names)} n={data.TrainingRows}+{data.ValidationRows} L*={data.Loss.Minimum:R} {options with { Epochs = 1, Time = null, TraceSteps = 0 }}");
    }

    /// <summary>Told how far it is, a few times a second.</summary>
    public IProgress<DescentProgress>? Progress { get; init; }

    /// <summary>Given a checkpoint after every epoch, and when it is canceled.</summary>
    public Action<DescentCheckpoint>? Save { get; init; }

    /// <summary>Descends from the start, or from a checkpoint.</summary>
    /// <exception cref="PlumblineException">The checkpoint is of another descent (<c>checkpoint</c>).</exception>
    /// <exception cref="OperationCanceledException">It was stopped; a checkpoint was saved.</exception>
    public DescentResult Run(DescentCheckpoint? from = null, CancellationToken cancellation = default)
    {
        _clock.Start();
        if (from is null)
        {
            Record(0);
        }
        else
        {
            Restore(from);
        }
        DescentStop stopped = DescentStop.Epochs;
        try
        {
            while (_epoch < _options.Epochs)
            {
                if (!RunEpoch(cancellation))
                {
                    stopped = IsTimeUp() ? DescentStop.Time : DescentStop.Diverged;
                    if (stopped == DescentStop.Time)
                    {
                        Record(_epoch);     // where it is, in the middle of an epoch
                        Save?.Invoke(Checkpoint());
                    }
                    break;
                }
                _epoch++;
                (_stepOfEpoch, _total, _rows) = (0, 0, 0);
                Record(_epoch);
                Remember();
                Save?.Invoke(Checkpoint());
                if (ShouldStop() is { } reason)
                {
                    stopped = reason;
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Save?.Invoke(Checkpoint());
            throw;
        }
        return Result(stopped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _update.Dispose();
        _kernel.Dispose();
        _queue.Dispose();
    }

    private void Record(int epoch)
    {
        double[] theta = _update.Result;
        double? excess = null, norm = null;
        double loss;
        if (_options.Loss == DescentLoss.Squared)
        {
            double[] error = [.. theta.Zip(_data.Loss.Minimizer, static (t, m) => t - m)], gradient = new double[theta.Length];
            excess = _data.Loss.Gradient(error, gradient);
            norm = Math.Sqrt(gradient.Sum(static g => g * g));
            loss = _data.Loss.Minimum + excess.Value;
        }
        else
        {
            loss = _data.All is { } all ? MeanLoss(all, theta) : _online;
        }
        double? validation = _data.Held is { } held ? MeanLoss(held, theta) : null;
        _trace.Add(new DescentPoint(epoch, _update.Steps, loss, validation, excess, norm, _schedule.At(Math.Max(0, _update.Steps - 1)), _data.Loss.ToData(theta)));
    }

    private double MeanLoss(Examples examples, double[] theta)
    {
        using var padded = Numerics.NativeBuffer.OfEights(examples.Stride);
        theta.CopyTo(new Span<double>(padded.Doubles, theta.Length));
        padded.Doubles[theta.Length] = -1;
        return _kernel.Loss(examples, padded.Doubles) / examples.Count;
    }

    private void Remember()
    {
        double? validation = _trace[^1].ValidationLoss;
        if (_options.Patience == 0 || validation is null || validation < _bestLoss)
        {
            _bestLoss = validation ?? double.PositiveInfinity;
            _bestEpoch = _epoch;
            _best = _update.Result;
        }
    }

    private DescentStop? ShouldStop()
    {
        DescentPoint last = _trace[^1];
        return !double.IsFinite(last.Loss) ? DescentStop.Diverged
            : _options.ExcessLoss > 0 && last.ExcessLoss <= _options.ExcessLoss ? DescentStop.Excess
            : _options.GradientNorm > 0 && last.GradientNorm <= _options.GradientNorm ? DescentStop.Gradient
            : _options.Patience > 0 && _epoch - _bestEpoch >= _options.Patience ? DescentStop.Patience
            : IsTimeUp() && _epoch < _options.Epochs ? DescentStop.Time
            : null;
    }

    private DescentResult Result(DescentStop stopped)
    {
        bool isBest = _options.Patience > 0 && _bestEpoch > 0 && stopped != DescentStop.Diverged;
        double[] theta = isBest ? _best : _update.Result, data = _data.Loss.ToData(theta);
        bool isLeastSquares = _options.Loss == DescentLoss.Squared && _options.L2 == 0;
        return new DescentResult
        {
            Options = _options,
            LearningRate = _rate,
            StableRate = 2 / _data.Loss.Largest,
            TrainingRows = _data.TrainingRows,
            ValidationRows = _data.ValidationRows,
            InMemory = _data.InMemory,
            BlockRows = _data.BlockRows,
            Trace = _trace,
            Coefficients = [.. _data.Loss.Names.Select((name, j) => new DescentCoefficient(name, data[j], isLeastSquares ? _data.Loss.Exact[j] : double.NaN))],
            Stopped = stopped,
            BestEpoch = isBest ? _bestEpoch : _epoch,
            Explanation = stopped == DescentStop.Diverged
                ? Divergence.Explain(_trace[0].Loss, double.PositiveInfinity, _rate, _data.Loss, _options, _data.LargestSquare)
                : null,
        };
    }

    private DescentCheckpoint Checkpoint() =>
        new(_fingerprint, _epoch, _stepOfEpoch, [.. _update.State, _total, _rows], _bestEpoch, _bestLoss, _best, [.. _trace]);

    private void Restore(DescentCheckpoint from)
    {
        if (from.Fingerprint != _fingerprint)
        {
            throw new PlumblineException("checkpoint", "The checkpoint is of another descent: data, formula, seed or options differ. Resume with what it was made with, or start anew.");
        }
        _update.State = [.. from.State.SkipLast(2)];
        (_total, _rows) = (from.State[^2], (long)from.State[^1]);
        (_epoch, _stepOfEpoch, _bestEpoch, _bestLoss, _best) = (from.Epoch, from.StepOfEpoch, from.BestEpoch, from.BestLoss, [.. from.Best]);
        _trace.AddRange(from.Trace);
        _rowsBefore = (_epoch * _data.TrainingRows) + _rows;
    }

    /// <summary>
    /// Half the bound of <see cref="Divergence.StableRate"/>; with momentum times 1 − μ. Adam's steps have a length of their own: 0.01.
    /// </summary>
    private static double AutomaticRate(DescentData data, DescentOptions options)
    {
        double rate = Divergence.StableRate(data.Loss, options.Batch, data.LargestSquare) / 2;
        return options.Optimizer switch
        {
            DescentOptimizer.Adam => 0.01,
            DescentOptimizer.Momentum or DescentOptimizer.Nesterov => rate * (1 - options.Momentum),
            _ => rate,
        };
    }
}
