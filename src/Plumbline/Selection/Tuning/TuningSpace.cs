namespace Plumbline;

/// <summary>A way to train: what tuning compares.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="LearningRate">η &gt; 0.</param>
/// <param name="Batch">Rows of a minibatch.</param>
/// <param name="Optimizer">How parameters are changed.</param>
/// <param name="Schedule">How η changes.</param>
/// <param name="L2">λ ≥ 0 of the penalty ½λ‖w‖².</param>
public sealed record TuningSetting(string Formula, double LearningRate, int Batch, DescentOptimizer Optimizer, DescentSchedule Schedule, double L2);

/// <summary>The values that tuning tries. Immutable: change with <c>with</c>.</summary>
public sealed record TuningSpace
{
    /// <summary>The values of one formula.</summary>
    /// <param name="formula">The formula.</param>
    public TuningSpace(string formula)
        : this([formula])
    {
    }

    /// <summary>The values of several formulas with one response, such as polynomials of several degrees.</summary>
    /// <param name="formulas">Simple ones first.</param>
    public TuningSpace(IReadOnlyList<string> formulas)
    {
        ArgumentNullException.ThrowIfNull(formulas);
        Formulas = [.. formulas];
    }

    /// <summary>The formulas.</summary>
    public IReadOnlyList<string> Formulas { get; }

    /// <summary>Learning rates.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>Rows of a minibatch.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [32];

    /// <summary>Optimizers.</summary>
    public IReadOnlyList<DescentOptimizer> Optimizers { get; init; } = [DescentOptimizer.Sgd];

    /// <summary>Schedules.</summary>
    public IReadOnlyList<DescentSchedule> Schedules { get; init; } = [DescentSchedule.Constant];

    /// <summary>Penalties.</summary>
    public IReadOnlyList<double> L2 { get; init; } = [0];

    /// <summary>All combinations, the last list the fastest.</summary>
    internal IEnumerable<TuningSetting> Grid() =>
        from formula in Formulas
        from optimizer in Optimizers
        from schedule in Schedules
        from batch in Batches
        from l2 in L2
        from rate in LearningRates
        select new TuningSetting(formula, rate, batch, optimizer, schedule, l2);

    /// <summary>
    /// Settings drawn at random: learning rates, and penalties above 0, log-uniform between the least and the largest given; a penalty of 0 in the
    /// list keeps its share; the others one of their values.
    /// </summary>
    internal IEnumerable<TuningSetting> Draw(int count, ulong seed)
    {
        var random = new RandomNumbers(seed);
        for (int n = 0; n < count; n++)
        {
            yield return new TuningSetting(
                One(Formulas), Between(LearningRates), One(Batches), One(Optimizers), One(Schedules), One(L2) == 0 ? 0 : Between([.. L2.Where(static l => l > 0)]));
        }

        T One<T>(IReadOnlyList<T> values) => values[random.Below(values.Count)];

        double Between(IReadOnlyList<double> values)
        {
            double low = values.Min(), high = values.Max();
            return low == high ? low : low * Math.Pow(high / low, random.Uniform());
        }
    }

    internal void Validate()
    {
        bool isEmpty = Formulas.Count == 0 || LearningRates.Count == 0 || Batches.Count == 0 || Optimizers.Count == 0 || Schedules.Count == 0 || L2.Count == 0;
        if (isEmpty)
        {
            throw new PlumblineException("option", "A list of the space to tune over is empty. Give each at least one value.");
        }
        foreach (TuningSetting setting in Grid())
        {
            TuningOptions.With(DescentOptions.Default, setting, 1).Validate();
        }
    }
}
