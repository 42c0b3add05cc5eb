namespace Plumbline;

/// <summary>A training that was done: enough to take it over instead of doing it again.</summary>
/// <param name="Fingerprint">What rows, split and manner of training it belongs to.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Epochs">Its epochs.</param>
/// <param name="Losses">The loss of every row judged; null when it diverged.</param>
public sealed record TuningRecord(string Fingerprint, TuningSetting Setting, int Epochs, IReadOnlyList<double>? Losses);

/// <summary>What a tuning takes over, and who keeps what it does.</summary>
public sealed record TuningHooks
{
    /// <summary>Trainings done before.</summary>
    public IReadOnlyList<TuningRecord> Known { get; init; } = [];

    /// <summary>Given every training as it is done, one at a time.</summary>
    public Action<TuningRecord>? Save { get; init; }
}

/// <summary>Trainings that are known, by setting and epochs.</summary>
internal sealed class TuningMemory
{
    private readonly Dictionary<(TuningSetting, int), double[]?> _known = [];
    private readonly string _fingerprint;
    private readonly Action<TuningRecord>? _save;
    private readonly Lock _gate = new();

    /// <exception cref="PlumblineException">Code <c>checkpoint</c>: a training is of other rows or options.</exception>
    public TuningMemory(string fingerprint, TuningHooks hooks)
    {
        _fingerprint = fingerprint;
        _save = hooks.Save;
        foreach (TuningRecord record in hooks.Known)
        {
            if (record.Fingerprint != fingerprint)
            {
                throw new PlumblineException("checkpoint", "What is to be resumed is another tuning: rows, formulas, split, seed or options of the training differ. Resume with what it was made with, or start anew.");
            }
            _known[(record.Setting, record.Epochs)] = record.Losses?.ToArray();
        }
    }

    /// <summary>The losses of a training: known, or done now and saved.</summary>
    public double[]? Of(TuningSetting setting, int epochs, Func<double[]?> train)
    {
        if (_known.TryGetValue((setting, epochs), out double[]? known))
        {
            return known;
        }
        double[]? losses = train();
        lock (_gate)
        {
            _save?.Invoke(new TuningRecord(_fingerprint, setting, epochs, losses));
        }
        return losses;
    }
}
