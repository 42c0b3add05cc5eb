namespace Plumbline.Layers;

/// <summary>
/// A fully connected layer: ŷ = Wx + b for every example. With one output and squared loss it is linear regression.
/// Method      forward ŷᵢₒ = wₒ·xᵢ + bₒ; backward ∂W = Σᵢ gᵢₒ xᵢ, ∂b = Σᵢ gᵢₒ, ∂x = Σₒ gᵢₒ wₒ.
/// Cost        rows · inputs · outputs multiply–adds forward, twice as many backward.
/// </summary>
public sealed class Dense : Layer
{
    private readonly Parameter _weights;
    private readonly Parameter _bias;
    private readonly double _scale;
    private readonly Batch _output = new(0, 0);
    private readonly Batch _inputGradient = new(0, 0);
    private Batch? _input;

    /// <summary>A layer with weights drawn from N(0, scale²) with seed 0, and bias 0.</summary>
    /// <param name="inputs">Numbers of an example, at least 1.</param>
    /// <param name="outputs">Outputs, at least 1.</param>
    /// <param name="scale">
    /// The standard deviation of the weights at the start. 0.01 suits a linear model; a deep net wants about
    /// √(1/inputs) (tanh) or √(2/inputs) (relu), or its signals die on the way.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the scale negative or not finite.</exception>
    public Dense(int inputs, int outputs, double scale = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (!(scale >= 0) || double.IsInfinity(scale))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is a standard deviation: finite, 0 or more.");
        }
        Inputs = inputs;
        Outputs = outputs;
        _scale = scale;
        _weights = new Parameter("weights", checked(inputs * outputs));
        _bias = new Parameter("bias", outputs);
        Parameters = [_weights, _bias];
        Initialize(0);
    }

    /// <summary>Numbers of an example.</summary>
    public int Inputs { get; }

    /// <summary>Outputs.</summary>
    public int Outputs { get; }

    /// <summary>W: outputs × inputs, row after row.</summary>
    public Span<double> Weights => _weights.Values;

    /// <summary>b: one an output.</summary>
    public Span<double> Bias => _bias.Values;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The examples do not have <see cref="Inputs"/> numbers.</exception>
    public override Batch Forward(Batch input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Columns != Inputs)
        {
            throw new ArgumentException($"The layer takes {Inputs} numbers an example and got {input.Columns}.", nameof(input));
        }
        _input = input;
        _output.Reshape(input.Rows, Outputs);
        for (int i = 0; i < input.Rows; i++)
        {
            ReadOnlySpan<double> x = input.Row(i);
            Span<double> y = _output.Row(i);
            for (int o = 0; o < Outputs; o++)
            {
                y[o] = Vectors.Dot(x, WeightsOf(o)) + _bias.Values[o];
            }
        }
        return _output;
    }

    /// <inheritdoc/>
    public override Batch Backward(Batch outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Batch input = _input ?? throw new InvalidOperationException("Backward follows Forward.");
        Array.Clear(_weights.Gradient);
        Array.Clear(_bias.Gradient);
        _inputGradient.Reshape(input.Rows, Inputs);
        _inputGradient.Values.Clear();
        for (int i = 0; i < input.Rows; i++)
        {
            ReadOnlySpan<double> x = input.Row(i), g = outputGradient.Row(i);
            Span<double> back = _inputGradient.Row(i);
            for (int o = 0; o < Outputs; o++)
            {
                Vectors.AddScaled(g[o], x, _weights.Gradient.AsSpan(o * Inputs, Inputs));
                Vectors.AddScaled(g[o], WeightsOf(o), back);
                _bias.Gradient[o] += g[o];
            }
        }
        return _inputGradient;
    }

    internal override void Initialize(NormalGenerator random)
    {
        foreach (ref double weight in _weights.Values.AsSpan())
        {
            weight = _scale * random.Next();
        }
        Array.Clear(_bias.Values);
    }

    private ReadOnlySpan<double> WeightsOf(int output) => _weights.Values.AsSpan(output * Inputs, Inputs);
}
