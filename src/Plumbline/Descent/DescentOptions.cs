namespace Plumbline;

/// <summary>How parameters are changed by a minibatch's gradient.</summary>
public enum DescentOptimizer
{
    /// <summary>θ ← θ − η·g.</summary>
    Sgd,

    /// <summary>v ← μv + g, θ ← θ − η·v.</summary>
    Momentum,

    /// <summary>v ← μv + g, θ ← θ − η·(g + μv).</summary>
    Nesterov,

    /// <summary>Adam (Kingma, Ba 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8.</summary>
    Adam,

    /// <summary>Sgd whose result is the mean of the parameters after all steps since the first epoch (Polyak, Juditsky 1992).</summary>
    AveragedSgd,
}

/// <summary>The loss of an error e = ŷ − y; the loss of a data set is its mean.</summary>
public enum DescentLoss
{
    /// <summary>½e².</summary>
    Squared,

    /// <summary>|e|.</summary>
    Absolute,

    /// <summary>½e² up to δ, δ(|e| − ½δ) beyond.</summary>
    Huber,
}

/// <summary>How the learning rate η changes over the steps.</summary>
public enum DescentSchedule
{
    /// <summary>η.</summary>
    Constant,

    /// <summary>η·½ after every quarter of the epochs.</summary>
    Step,

    /// <summary>η/(1 + t/T), T the steps of an epoch.</summary>
    Inverse,

    /// <summary>η·0.01^(t/all): to a hundredth at the end.</summary>
    Exponential,

    /// <summary>½η(1 + cos(π·t/all)): to 0 at the end.</summary>
    Cosine,
}

/// <summary>In which order rows are used.</summary>
public enum DescentOrder
{
    /// <summary>Each epoch in a fresh pseudorandom order.</summary>
    Shuffled,

    /// <summary>As they come.</summary>
    Sequential,
}

/// <summary>How minibatch descent is done. Immutable: change with <c>with</c>.</summary>
public sealed record DescentOptions
{
    /// <summary>Minibatches of 32, stochastic gradient descent at 0.03, ten epochs, standardized columns.</summary>
    public static DescentOptions Default { get; } = new();

    /// <summary>Rows of a minibatch: 1 is stochastic descent, all rows batch descent. At most the number of training rows.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>η &gt; 0; null to choose one from the moments: half the largest stable rate of a batch of this size.</summary>
    public double? LearningRate { get; init; } = 0.03;

    /// <summary>How parameters are changed.</summary>
    public DescentOptimizer Optimizer { get; init; }

    /// <summary>μ in [0, 1), for momentum and Nesterov.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>How η changes.</summary>
    public DescentSchedule Schedule { get; init; }

    /// <summary>Over so many steps at the start η grows from 0; 0 for none.</summary>
    public int WarmUpSteps { get; init; }

    /// <summary>λ ≥ 0 of the penalty ½λ‖w‖²; the intercept is not penalized. On the parameters descended along.</summary>
    public double L2 { get; init; }

    /// <summary>The loss.</summary>
    public DescentLoss Loss { get; init; }

    /// <summary>δ &gt; 0 of Huber's loss, in units of the response.</summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary>How many times all training rows are gone through, at most; at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The seed of the start and of the orders.</summary>
    public ulong Seed { get; init; }

    /// <summary>In which order rows are used.</summary>
    public DescentOrder Order { get; init; }

    /// <summary>Whether columns are standardized inside (mean 0, standard deviation 1 by 1/n). Coefficients are always in the data's units.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>The share of the rows that are held out for validation, in [0, 1): chosen by a hash of their values, so that it does not depend on their order.</summary>
    public double ValidationShare { get; init; }

    /// <summary>Stop after so many epochs without a smaller validation loss, and restore the best parameters; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Stop when the training loss is so near its exact minimum (squared loss without L2 only); 0 for never.</summary>
    public double ExcessLoss { get; init; }

    /// <summary>Stop when the gradient over all rows is so short at the end of an epoch (squared loss only); 0 for never.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Stop after so long; null for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>A row of the trace every so many steps, besides those of the epochs; 0 for none.</summary>
    public int TraceSteps { get; init; }

    /// <summary>
    /// Memory for rows, in bytes. When all training rows fit they are held; otherwise they are read anew each epoch, in blocks of a third
    /// of it, shuffled within each block.
    /// </summary>
    public long MemoryBytes { get; init; } = 300_000_000;

    internal void Validate()
    {
        Require(Batch >= 1, $"The batch is {Batch}; it must be at least 1.");
        Require(LearningRate is null || (LearningRate > 0 && double.IsFinite(LearningRate.Value)), $"The learning rate is {LearningRate}; it must be above 0 and finite.");
        Require(Momentum is >= 0 and < 1, $"The momentum is {Momentum}; it must be at least 0 and below 1.");
        Require(WarmUpSteps >= 0, $"The warm-up is {WarmUpSteps} steps; it must be 0 or more.");
        Require(L2 >= 0 && double.IsFinite(L2), $"L2 is {L2}; it must be 0 or more.");
        Require(HuberDelta > 0 && double.IsFinite(HuberDelta), $"Huber's delta is {HuberDelta}; it must be above 0.");
        Require(Epochs >= 1, $"Epochs is {Epochs}; it must be at least 1.");
        Require(ValidationShare is >= 0 and < 1, $"The validation share is {ValidationShare}; it must be at least 0 and below 1.");
        Require(Patience >= 0, $"The patience is {Patience} epochs; it must be 0 or more.");
        Require(Patience == 0 || ValidationShare > 0, "Patience looks at the validation loss: give a validation share, such as 0.2.");
        Require(ExcessLoss >= 0, $"The excess loss to stop at is {ExcessLoss}; it must be 0 or more.");
        Require(ExcessLoss == 0 || (Loss == DescentLoss.Squared && L2 == 0), "The exact minimum is known for squared loss without L2 only: with another loss or a penalty there is no excess loss to stop at.");
        Require(GradientNorm >= 0, $"The gradient norm to stop at is {GradientNorm}; it must be 0 or more.");
        Require(GradientNorm == 0 || Loss == DescentLoss.Squared, "The gradient over all rows is known for squared loss only.");
        Require(Time is null || Time > TimeSpan.Zero, "The time must be above 0.");
        Require(TraceSteps >= 0, $"TraceSteps is {TraceSteps}; it must be 0 or more.");
        Require(MemoryBytes >= 1 << 16, $"MemoryBytes is {MemoryBytes}; it must be at least 65,536.");
        Require(Enum.IsDefined(Optimizer) && Enum.IsDefined(Schedule) && Enum.IsDefined(Loss) && Enum.IsDefined(Order), "An option is not one of its values.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PlumblineException("option", message);
        }
    }
}
