namespace Plumbline;

// One epoch: blocks, minibatches, steps, and a look at the clock now and then.
internal sealed unsafe partial class MinibatchDescent
{
    private const int StepsAtOnce = 256;
    private const int RowsBetweenLooks = 8192;

    /// <summary>The rest of an epoch; false when it ended before its time.</summary>
    private bool RunEpoch(CancellationToken cancellation)
    {
        long before = 0;        // minibatches of the epoch in the blocks before
        foreach ((int number, Examples examples) in _data.Blocks(cancellation).Index())
        {
            long minibatches = (examples.Count + (long)_options.Batch - 1) / _options.Batch;
            if (before + minibatches > _stepOfEpoch)
            {
                _queue.Begin(examples.Count, _options.Order == DescentOrder.Shuffled, _options.Seed, (_epoch * 1_000_003L) + number);
                if (!RunBlock(examples, before, cancellation))
                {
                    return false;
                }
            }
            before += minibatches;
        }
        _online = _rows > 0 ? _total / _rows : double.NaN;
        return true;
    }

    /// <summary>The minibatches of a block, from the first that is not done yet.</summary>
    private bool RunBlock(Examples examples, long before, CancellationToken cancellation)
    {
        double limit = Growth * (_trace[0].Loss + Math.Abs(_data.Loss.Minimum) + double.Epsilon);
        for (int place = (int)((_stepOfEpoch - before) * _options.Batch); place < examples.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int* rows = _queue.At(place, out int ready);
            (int count, double loss) = _isPlain ? Descend(examples, rows, ready) : Step(examples, rows, Math.Min(_options.Batch, ready));
            if (!(loss <= limit * count))
            {
                return false;
            }
            place += count;
            _stepOfEpoch = before + ((place + (long)_options.Batch - 1) / _options.Batch);
            _total += loss;
            _rows += count;
            if (_options.TraceSteps > 0 && _update.Steps % _options.TraceSteps == 0)
            {
                Record(_epoch);
            }
            _unseen += count;
            if (_unseen >= RowsBetweenLooks && !LookAtClock())
            {
                return false;
            }
        }
        return true;
    }

    private (int Rows, double Loss) Step(Examples examples, int* rows, int count)
    {
        double loss = _kernel.Sum(examples, rows, count, _update.Theta);
        _update.Step(_kernel.Gradient, count, _schedule.At(_update.Steps), average: _epoch > 0 || _options.Epochs == 1);
        return (count, loss);
    }

    /// <summary>As many steps of one row as there are until something else is to be done.</summary>
    private (int Rows, double Loss) Descend(Examples examples, int* rows, int ready)
    {
        long untilTrace = _options.TraceSteps > 0 ? _options.TraceSteps - (_update.Steps % _options.TraceSteps) : long.MaxValue;
        int count = (int)Math.Min(Math.Min(ready, StepsAtOnce), untilTrace);
        double* rates = stackalloc double[StepsAtOnce];
        _schedule.Fill(_update.Steps, new Span<double>(rates, count));
        double loss = _kernel.Descend(examples, rows, count, _update.Theta, rates);
        _update.Taken(count);
        return (count, loss);
    }

    /// <summary>Some times a second: tells how far it is; false when the time is up.</summary>
    private bool LookAtClock()
    {
        _unseen = 0;
        if (_clock.Elapsed - _reported <= TimeSpan.FromSeconds(0.1))
        {
            return true;
        }
        _reported = _clock.Elapsed;
        double share = (_epoch + ((double)_rows / _data.TrainingRows)) / _options.Epochs;
        double done = ((double)_epoch * _data.TrainingRows) + _rows - _rowsBefore;
        Progress?.Report(new DescentProgress(_epoch + 1, Math.Min(1, share), _trace[^1].Loss, _trace[^1].ExcessLoss, done / _reported.TotalSeconds));
        return !IsTimeUp();
    }

    private bool IsTimeUp() => _options.Time is { } time && _clock.Elapsed >= time;
}
