namespace Plumbline.Layers;

/// <summary>How an epoch ended.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">The mean loss of all training examples, at the epoch's last parameters.</param>
/// <param name="ValidationLoss">The same on the validation examples; null without any.</param>
public sealed record EpochResult(int Epoch, double Loss, double? ValidationLoss);

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Epochs,

    /// <summary>A callback said so.</summary>
    Callback,

    /// <summary>The loss was no longer a finite number: the learning rate is too large.</summary>
    Diverged,
}

/// <summary>What became of a training.</summary>
/// <param name="Epochs">The epochs, in order.</param>
/// <param name="Stopped">Why it ended.</param>
public sealed record TrainingResult(IReadOnlyList<EpochResult> Epochs, StopReason Stopped);

/// <summary>
/// Trains a network: for every minibatch forward, loss, backward, step. The whole of it:
/// <code>
/// var data = new DataLoader(table, ["x1", "x2"], "y", batch: 10);
/// var net = new Sequential(new Dense(2, 1));
/// new Trainer(net, new MeanSquaredError(), new Sgd(0.03)).Fit(data, epochs: 3);
/// </code>
/// </summary>
/// <param name="network">The network; its parameters are changed in place.</param>
/// <param name="loss">What is made small.</param>
/// <param name="optimizer">How.</param>
public sealed class Trainer(Layer network, Loss loss, Optimizer optimizer)
{
    private readonly Batch _gradient = new(0, 0);

    /// <summary>Called after every epoch; when it says false, training ends.</summary>
    public Func<EpochResult, bool>? AfterEpoch { get; init; }

    /// <summary>Called after every step with its number, from 1, and the loss of its minibatch before it.</summary>
    public Action<long, double>? AfterStep { get; init; }

    /// <summary>Trains for some epochs.</summary>
    /// <param name="data">The training examples.</param>
    /// <param name="epochs">How many times all of them are gone through, at least 1.</param>
    /// <param name="validation">Examples that are only looked at; null for none.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one epoch.</exception>
    public TrainingResult Fit(DataLoader data, int epochs, DataLoader? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var results = new List<EpochResult>();
        Minibatch all = data.All();
        Minibatch? held = validation?.All();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (Minibatch batch in data.Batches(epoch))
            {
                cancellation.ThrowIfCancellationRequested();
                double before = Step(batch);
                AfterStep?.Invoke(optimizer.Steps, before);
            }
            var result = new EpochResult(epoch + 1, LossOn(all), held is null ? null : LossOn(held));
            results.Add(result);
            if (!double.IsFinite(result.Loss))
            {
                return new TrainingResult(results, StopReason.Diverged);
            }
            if (AfterEpoch?.Invoke(result) == false)
            {
                return new TrainingResult(results, StopReason.Callback);
            }
        }
        return new TrainingResult(results, StopReason.Epochs);
    }

    /// <summary>The mean loss on examples.</summary>
    public double LossOn(Minibatch examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return loss.Value(network.Forward(examples.Features), examples.Targets);
    }

    /// <summary>One step; the loss of the batch before it.</summary>
    private double Step(Minibatch batch)
    {
        Batch predicted = network.Forward(batch.Features);
        double value = AfterStep is null ? double.NaN : loss.Value(predicted, batch.Targets);
        loss.Gradient(predicted, batch.Targets, _gradient);
        network.Backward(_gradient);
        optimizer.Step(network.Parameters);
        return value;
    }
}
