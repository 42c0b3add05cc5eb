namespace Plumbline.Layers;

/// <summary>Changes parameters by their gradients, a step at a time. Remembers what it needs between steps; for one network.</summary>
public abstract class Optimizer
{
    private readonly Dictionary<Parameter, double[][]> _states = [];
    private double _rate;

    private protected Optimizer(double rate) => Rate = rate;

    /// <summary>The learning rate, above 0; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or not finite.</exception>
    public double Rate
    {
        get => _rate;
        set => _rate = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is above 0 and finite.");
    }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>One step for every parameter.</summary>
    /// <param name="parameters">With the gradients of the last backward pass.</param>
    public void Step(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Steps++;
        foreach (Parameter parameter in parameters)
        {
            if (!_states.TryGetValue(parameter, out double[][]? state))
            {
                state = new double[StateSize][];
                for (int s = 0; s < state.Length; s++)
                {
                    state[s] = new double[parameter.Values.Length];
                }
                _states.Add(parameter, state);
            }
            Step(parameter.Values, parameter.Gradient, state);
        }
    }

    /// <summary>How many numbers are remembered for each parameter.</summary>
    private protected abstract int StateSize { get; }

    /// <summary>One step for one parameter.</summary>
    private protected abstract void Step(double[] values, double[] gradient, double[][] state);

    /// <summary>A number from 0 to below 1.</summary>
    private protected static double Fraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0 and below 1.");
}

/// <summary>
/// Stochastic gradient descent: θ ← θ − η·g. With momentum μ: v ← μv + g, θ ← θ − η·v; Nesterov's: θ ← θ − η·(g + μv).
/// Weight decay λ adds λθ to the gradient (L2, on every parameter). Source: Sutskever et al., ICML 2013, as PyTorch writes it.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly double _decay;

    /// <summary>Plain descent, or with momentum.</summary>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="momentum">μ in [0, 1).</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="weightDecay">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Sgd(double rate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        _momentum = Fraction(momentum, nameof(momentum));
        _nesterov = nesterov;
        _decay = weightDecay;
    }

    private protected override int StateSize => _momentum > 0 ? 1 : 0;

    private protected override void Step(double[] values, double[] gradient, double[][] state)
    {
        if (_decay > 0)
        {
            Vectors.AddScaled(_decay, values, gradient);
        }
        if (_momentum > 0)
        {
            OptimizerSteps.Momentum(values, gradient, state[0], Rate, _momentum, _nesterov);
            return;
        }
        OptimizerSteps.Plain(values, gradient, Rate);
    }
}

/// <summary>
/// Adam: steps scaled by running means of the gradient and of its square, corrected for their start at 0.
/// Source: Kingma, Ba, ICLR 2015, algorithm 1.
/// </summary>
public sealed class Adam : Optimizer
{
    private readonly double _first;
    private readonly double _second;
    private readonly double _epsilon;

    /// <summary>Adam with the paper's defaults.</summary>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="first">β₁ in [0, 1).</param>
    /// <param name="second">β₂ in [0, 1).</param>
    /// <param name="epsilon">ε &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Adam(double rate = 0.001, double first = 0.9, double second = 0.999, double epsilon = 1e-8)
        : base(rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        _first = Fraction(first, nameof(first));
        _second = Fraction(second, nameof(second));
        _epsilon = epsilon;
    }

    private protected override int StateSize => 2;

    private protected override void Step(double[] values, double[] gradient, double[][] state)
    {
        OptimizerSteps.Adam(
            values, gradient, state[0], state[1], Rate, (_first, _second), (1 - Math.Pow(_first, Steps), 1 - Math.Pow(_second, Steps)), _epsilon);
    }
}
