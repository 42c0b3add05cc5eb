namespace Plumbline.Layers;

/// <summary>A function of each number by itself, whose derivative can be told from its value.</summary>
public abstract class Activation : Layer
{
    private readonly Batch _output = new(0, 0);
    private readonly Batch _inputGradient = new(0, 0);

    /// <inheritdoc/>
    public sealed override Batch Forward(Batch input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _output.Reshape(input.Rows, input.Columns);
        Apply(input.Values, _output.Values);
        return _output;
    }

    /// <inheritdoc/>
    public sealed override Batch Backward(Batch outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        _inputGradient.Reshape(outputGradient.Rows, outputGradient.Columns);
        Span<double> back = _inputGradient.Values;
        ReadOnlySpan<double> gradient = outputGradient.Values, value = _output.Values;
        for (int n = 0; n < back.Length; n++)
        {
            back[n] = gradient[n] * Slope(value[n]);
        }
        return _inputGradient;
    }

    /// <summary>The function, of many numbers.</summary>
    private protected abstract void Apply(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>Its derivative where it has the value <paramref name="y"/>.</summary>
    private protected abstract double Slope(double y);
}

/// <summary>tanh x: from −1 to 1, with the derivative 1 − tanh² x.</summary>
public sealed class Tanh : Activation
{
    private protected override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int n = 0; n < x.Length; n++)
        {
            y[n] = Math.Tanh(x[n]);
        }
    }

    private protected override double Slope(double y) => 1 - (y * y);
}

/// <summary>max(0, x), with the derivative 1 above 0 and 0 elsewhere.</summary>
public sealed class Relu : Activation
{
    private protected override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int n = 0; n < x.Length; n++)
        {
            y[n] = Math.Max(0, x[n]);
        }
    }

    private protected override double Slope(double y) => y > 0 ? 1 : 0;
}
