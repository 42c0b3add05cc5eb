namespace Plumbline;

/// <summary>How settings are searched and judged. Immutable: change with <c>with</c>.</summary>
public sealed record TuningOptions
{
    /// <summary>The whole grid, 20 epochs each, judged on a fifth of the rows.</summary>
    public static TuningOptions Default { get; } = new();

    /// <summary>So many settings are drawn at random; null to try the whole grid.</summary>
    public int? Trials { get; init; }

    /// <summary>
    /// Whether most settings are given up early: all are trained for few epochs, the best third of them (1/<see cref="Factor"/>) for three times as
    /// many, and so on up to <see cref="Epochs"/>.
    /// </summary>
    public bool Halving { get; init; }

    /// <summary>By what factor settings become fewer and epochs more; at least 2.</summary>
    public int Factor { get; init; } = 3;

    /// <summary>Epochs of a setting at most, at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>The share of the rows that settings are judged on, by a hash of their values; used when <see cref="Folds"/> is 0.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Folds of a cross-validation, at least 2; 0 to hold rows out once.</summary>
    public int Folds { get; init; }

    /// <summary>What settings are judged by.</summary>
    public TuningScore Score { get; init; }

    /// <summary>Precision weights (in training and in scores), missing values, contrasts. Default: none, dropped, treatment.</summary>
    public FitOptions Fit { get; init; } = FitOptions.Default;

    /// <summary>
    /// Bytes that the rows, which are held in memory, may take; more are refused. Each setting that is trained copies its formula's training rows beside
    /// them. Default: 1 GB.
    /// </summary>
    public long MemoryBytes { get; init; } = HeldRowsOptions.DefaultMemory;

    /// <summary>The seed of splits, starts, orders and draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many settings are trained at a time; 0 for as many as there are cores. No bit of the result depends on it.</summary>
    public int Threads { get; init; }

    /// <summary>What else a training does; what is tuned is set in it.</summary>
    public DescentOptions Descent { get; init; } = DescentOptions.Default;

    internal static DescentOptions With(DescentOptions descent, TuningSetting setting, int epochs) => descent with
    {
        LearningRate = setting.LearningRate,
        Batch = setting.Batch,
        Optimizer = setting.Optimizer,
        Schedule = setting.Schedule,
        L2 = setting.L2,
        Epochs = epochs,
    };

    internal void Validate()
    {
        if (Trials < 1 || Factor < 2 || Epochs < 1 || Threads < 0)
        {
            throw new PlumblineException("option", $"Trials ({Trials}) and epochs ({Epochs}) must be at least 1, the factor ({Factor}) at least 2, threads ({Threads}) 0 (all cores) or more.");
        }
        if (Folds is < 0 or 1 || (Folds == 0 && !(ValidationShare > 0 && ValidationShare < 1)))
        {
            throw new PlumblineException("option", $"Folds is {Folds} and the validation share {ValidationShare}: give at least 2 folds, or 0 folds and a share strictly between 0 and 1.");
        }
        if (!Enum.IsDefined(Score))
        {
            throw new PlumblineException("option", "The score is not one of its values.");
        }
        HeldRowsOptions.Validate(Fit, MemoryBytes);
        ArgumentNullException.ThrowIfNull(Descent);
        if (Descent.ValidationShare > 0 || Descent.Loss != DescentLoss.Squared)
        {
            throw new PlumblineException("option", "Tuning holds rows out itself and trains by squared loss: leave Descent.ValidationShare at 0 and Descent.Loss at squared.");
        }
    }
}
