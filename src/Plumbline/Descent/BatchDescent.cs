namespace Plumbline;

/// <summary>How batch descent steps.</summary>
public enum BatchMethod
{
    /// <summary>θ ← θ − η·g.</summary>
    Gradient,

    /// <summary>Polyak's heavy ball: v ← μv + g, θ ← θ − η·v.</summary>
    Momentum,

    /// <summary>Nesterov's: the gradient is taken a momentum step ahead.</summary>
    Nesterov,

    /// <summary>Conjugate gradient: each step exact along a direction conjugate to all before; at most as many steps as parameters, but for rounding.</summary>
    ConjugateGradient,
}

/// <summary>How batch descent is done. Immutable: change with <c>with</c>.</summary>
public sealed record BatchDescentOptions
{
    /// <summary>Plain gradient descent at its best rate, at most 1,000 steps, on standardized columns.</summary>
    public static BatchDescentOptions Default { get; } = new();

    /// <summary>How it steps.</summary>
    public BatchMethod Method { get; init; } = BatchMethod.Gradient;

    /// <summary>η &gt; 0; null for the method's best constant rate. Conjugate gradient has none.</summary>
    public double? LearningRate { get; init; }

    /// <summary>μ in [0, 1); null for the best one. For momentum and Nesterov only.</summary>
    public double? Momentum { get; init; }

    /// <summary>Steps at most, at least 1.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Stop when the loss is so near its exact minimum; 0 to use all steps.</summary>
    public double ExcessLoss { get; init; }

    /// <summary>Stop when the gradient (of the parameters descended along) is so short; at 0, only when it is nothing at all.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Whether columns are standardized inside. Coefficients are always in the data's units.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>The seed of the start, N(0, 0.01²).</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        if (LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
        {
            throw new PlumblineException("option", $"The learning rate is {rate}; it must be above 0 and finite. Leave it out for the best one.");
        }
        if (Momentum is { } momentum && !(momentum >= 0 && momentum < 1))
        {
            throw new PlumblineException("option", $"The momentum is {momentum}; it must be at least 0 and below 1.");
        }
        if (Steps < 1 || !(ExcessLoss >= 0) || !(GradientNorm >= 0) || !Enum.IsDefined(Method))
        {
            throw new PlumblineException("option", "Steps must be at least 1, the excess loss and the gradient norm to stop at 0 or more, and the method one of its values.");
        }
    }
}

/// <summary>A step of the trace.</summary>
/// <param name="Step">Its number; 0 is the start.</param>
/// <param name="Loss">The mean of ½(ŷ − y)² over all rows.</param>
/// <param name="ExcessLoss">The same less its exact minimum.</param>
/// <param name="GradientNorm">The length of the gradient by the parameters descended along.</param>
/// <param name="Parameters">Those parameters (of standardized columns, when these are).</param>
public sealed record BatchStep(int Step, double Loss, double ExcessLoss, double GradientNorm, IReadOnlyList<double> Parameters);

/// <summary>What became of a batch descent.</summary>
public sealed record BatchDescentResult
{
    /// <summary>How it was done.</summary>
    public required BatchDescentOptions Options { get; init; }

    /// <summary>The learning rate used; NaN for conjugate gradient.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The momentum used; 0 when none.</summary>
    public required double Momentum { get; init; }

    /// <summary>λmax, the largest curvature of the loss.</summary>
    public required double LargestCurvature { get; init; }

    /// <summary>λmin, the smallest.</summary>
    public required double SmallestCurvature { get; init; }

    /// <summary>2/λmax: from this rate on, plain descent diverges.</summary>
    public double StableRate => 2 / LargestCurvature;

    /// <summary>2/(λmax + λmin): the rate at which plain descent is fastest.</summary>
    public double BestRate => 2 / (LargestCurvature + SmallestCurvature);

    /// <summary>
    /// By what factor the distance to the minimizer shrinks a step in the long run, by theory: max |1 − ηλ| for plain descent, which at the best
    /// rate is (κ − 1)/(κ + 1).
    /// </summary>
    public required double PredictedRate { get; init; }

    /// <summary>The same as observed, over the last steps in which there was a distance to speak of; NaN when there were too few.</summary>
    public required double ObservedRate { get; init; }

    /// <summary>The steps, from the start on.</summary>
    public required IReadOnlyList<BatchStep> Trace { get; init; }

    /// <summary>The coefficients in the data's units.</summary>
    public required IReadOnlyList<DescentCoefficient> Coefficients { get; init; }

    /// <summary>Why it ended.</summary>
    public required DescentStop Stopped { get; init; }

    /// <summary>When it diverged: why, and what to do. Else null.</summary>
    public string? Explanation { get; init; }
}

/// <summary>
/// Full-batch gradient descent on squared loss, computed from moments: a step costs p² operations, whatever the number of rows.
/// </summary>
/// <remarks>
/// Method      the gradient is H(θ − θ*) (<see cref="QuadraticLoss"/>), the very one that a pass over the rows would give. The steps are linear in the
///             error θ − θ*, and it is the error that they are computed on: it keeps its digits all the way down.
/// Source      rates: Nesterov, Lectures on Convex Optimization, 2nd ed., §2.1–2.2; heavy ball: Polyak (1964).
/// Fails when  the learning rate is 2/λmax or more: the result says that it diverged, and why.
/// </remarks>
public static class BatchDescent
{
    private const double Start = 0.01;

    /// <summary>Descends on the loss of the last column of moments as a linear function of the others.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="options">How; null for <see cref="BatchDescentOptions.Default"/>.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="PlumblineException">An option is out of its range (<c>option</c>), or there is no row (<c>no-rows</c>) or column (<c>shape</c>).</exception>
    public static BatchDescentResult Run(Moments moments, BatchDescentOptions? options = null, bool intercept = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(moments);
        options ??= BatchDescentOptions.Default;
        options.Validate();
        var loss = QuadraticLoss.Of(moments, intercept, options.Standardize);
        var random = new NormalGenerator(options.Seed);
        double[] error = [.. loss.Minimizer.Select(minimizer => (Start * random.Next()) - minimizer)];
        var stepper = BatchStepper.Create(loss, options);
        var trace = new List<BatchStep>();
        var distances = new List<double>();
        DescentStop stopped = DescentStop.Epochs;
        double[] gradient = new double[loss.Count];
        for (int step = 0; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double excess = loss.Gradient(error, gradient);
            double norm = Math.Sqrt(gradient.Sum(static g => g * g));
            trace.Add(new BatchStep(step, loss.Minimum + excess, excess, norm, loss.At(error)));
            distances.Add(Math.Sqrt(error.Sum(static e => e * e)));
            if (!double.IsFinite(excess) || excess > 1e6 * (trace[0].ExcessLoss + loss.Minimum))
            {
                stopped = DescentStop.Diverged;
                break;
            }
            if (excess <= options.ExcessLoss && options.ExcessLoss > 0)
            {
                stopped = DescentStop.Excess;
                break;
            }
            if (norm <= options.GradientNorm && (options.GradientNorm > 0 || step > 0))     // a gradient of 0 leads nowhere
            {
                stopped = DescentStop.Gradient;
                break;
            }
            if (step == options.Steps)
            {
                break;
            }
            stepper.Step(error, gradient);
        }
        double[] data = loss.ToData(loss.At(error));
        return new BatchDescentResult
        {
            Options = options,
            LearningRate = stepper.Rate,
            Momentum = stepper.Momentum,
            LargestCurvature = loss.Largest,
            SmallestCurvature = loss.Smallest,
            PredictedRate = stepper.PredictedRate,
            ObservedRate = Observed(distances),
            Trace = trace,
            Coefficients = [.. loss.Names.Select((name, j) => new DescentCoefficient(name, data[j], loss.Exact[j]))],
            Stopped = stopped,
            Explanation = stopped == DescentStop.Diverged ? Divergence.Explain(trace[0].Loss, trace[^1].Loss, stepper.Rate, loss, options.Standardize) : null,
        };
    }

    /// <summary>The mean factor of the last ten steps, down to where squares underflow.</summary>
    private static double Observed(List<double> distances)
    {
        int last = distances.FindLastIndex(static d => d > 1e-140 && double.IsFinite(d));
        int first = Math.Max(0, last - 10);
        return last > first ? Math.Pow(distances[last] / distances[first], 1.0 / (last - first)) : double.NaN;
    }
}
