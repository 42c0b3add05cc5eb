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
internal sealed unsafe class MinibatchDescent : IDisposable
{
    private const double Start = 0.01;
    private const double Growth = 1e6;          // of the loss: beyond, it will not come back

    private readonly DescentOptions _options;
    private readonly DescentData _data;
    private readonly ParameterUpdate _update;
    private readonly MinibatchKernel _kernel;
    private readonly LearningRate _schedule;
    private readonly double _rate;
    private readonly string _fingerprint;
    private readonly List<DescentPoint> _trace = [];
    private readonly Stopwatch _clock = new();
    private double _online = double.NaN;
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
        int stride = (data.Loss.Count + Examples.Lanes - 1) / Examples.Lanes * Examples.Lanes;
        _update = new ParameterUpdate(options, data.Loss.Count, stride, intercept);
        _kernel = new MinibatchKernel(options.Loss, options.HuberDelta, stride);
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
                    stopped = _options.Time is { } time && _clock.Elapsed >= time ? DescentStop.Time : DescentStop.Diverged;
                    break;
                }
                _epoch++;
                _stepOfEpoch = 0;
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
    }

    /// <summary>The rest of an epoch; false when it ended before its time.</summary>
    private bool RunEpoch(CancellationToken cancellation)
    {
        long step = 0, block = 0, rows = 0;
        double total = 0, limit = Growth * (_trace[0].Loss + Math.Abs(_data.Loss.Minimum) + double.Epsilon);
        long[] now = new long[_options.Batch], next = new long[_options.Batch];
        TimeSpan reported = _clock.Elapsed;
        foreach (Examples examples in _data.Blocks(cancellation))
        {
            var order = new RowPermutation(examples.Count, _options.Seed, (_epoch * 1_000_003L) + block++);
            int ahead = Choose(order, examples.Count, 0, next);
            for (int start = 0; start < examples.Count; start += _options.Batch, step++)
            {
                (now, next) = (next, now);
                int count = ahead;
                ahead = Choose(order, examples.Count, start + count, next);
                if (step < _stepOfEpoch)
                {
                    continue;       // done before the checkpoint
                }
                cancellation.ThrowIfCancellationRequested();
                double loss = _kernel.Sum(examples, now.AsSpan(0, count), next.AsSpan(0, ahead), _update.Theta);
                if (!(loss <= limit * count))
                {
                    return false;
                }
                double rate = _schedule.At(_update.Steps);
                _update.Step(_kernel.Gradient, count, rate, average: _epoch > 0 || _options.Epochs == 1);
                _stepOfEpoch = step + 1;
                total += loss;
                rows += count;
                if (_options.TraceSteps > 0 && _update.Steps % _options.TraceSteps == 0)
                {
                    Record(_epoch);
                }
                if ((step & 255) == 0 && _clock.Elapsed - reported > TimeSpan.FromSeconds(0.1))
                {
                    reported = _clock.Elapsed;
                    Report(rows);
                    if (_options.Time is { } time && reported >= time)
                    {
                        return false;
                    }
                }
            }
        }
        _online = rows > 0 ? total / rows : double.NaN;
        return _options.Time is not { } most || _clock.Elapsed < most;
    }

    private int Choose(RowPermutation order, int rows, int start, long[] chosen)
    {
        int count = Math.Min(_options.Batch, rows - start);
        for (int n = 0; n < count; n++)
        {
            chosen[n] = _options.Order == DescentOrder.Shuffled ? order[start + n] : start + n;
        }
        return Math.Max(0, count);
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
            : null;
    }

    private DescentResult Result(DescentStop stopped)
    {
        bool isBest = _options.Patience > 0 && stopped != DescentStop.Diverged;
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
        new(_fingerprint, _epoch, _stepOfEpoch, _update.State, _bestEpoch, _bestLoss, _best, [.. _trace]);

    private void Restore(DescentCheckpoint from)
    {
        if (from.Fingerprint != _fingerprint)
        {
            throw new PlumblineException("checkpoint", "The checkpoint is of another descent: data, formula, seed or options differ. Resume with what it was made with, or start anew.");
        }
        _update.State = [.. from.State];
        (_epoch, _stepOfEpoch, _bestEpoch, _bestLoss, _best) = (from.Epoch, from.StepOfEpoch, from.BestEpoch, from.BestLoss, [.. from.Best]);
        _trace.AddRange(from.Trace);
    }

    private void Report(long rows)
    {
        double share = (_epoch + ((double)rows / _data.TrainingRows)) / _options.Epochs;
        Progress?.Report(new DescentProgress(_epoch + 1, Math.Min(1, share), _trace[^1].Loss, _trace[^1].ExcessLoss, ((_epoch * (double)_data.TrainingRows) + rows) / _clock.Elapsed.TotalSeconds));
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
