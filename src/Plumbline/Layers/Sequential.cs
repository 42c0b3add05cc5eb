namespace Plumbline.Layers;

/// <summary>Layers one after the other; a layer itself.</summary>
public sealed class Sequential : Layer
{
    private readonly Layer[] _layers;

    /// <summary>A network of layers, from the input on.</summary>
    /// <exception cref="ArgumentException">There is no layer, or two dense layers do not fit together.</exception>
    public Sequential(params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0)
        {
            throw new ArgumentException("A network has at least one layer.", nameof(layers));
        }
        Dense? before = null;
        foreach (Dense dense in layers.OfType<Dense>())
        {
            if (before is not null && dense.Inputs != before.Outputs)
            {
                throw new ArgumentException($"A layer of {dense.Inputs} inputs follows one of {before.Outputs} outputs.", nameof(layers));
            }
            before = dense;
        }
        _layers = [.. layers];
        Parameters = [.. layers.SelectMany(static layer => layer.Parameters)];
        Initialize(0);      // one sequence through all layers: equal layers do not start equal
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Batch Forward(Batch input)
    {
        foreach (Layer layer in _layers)
        {
            input = layer.Forward(input);
        }
        return input;
    }

    /// <inheritdoc/>
    public override Batch Backward(Batch outputGradient)
    {
        for (int n = _layers.Length - 1; n >= 0; n--)
        {
            outputGradient = _layers[n].Backward(outputGradient);
        }
        return outputGradient;
    }

    internal override void Initialize(NormalGenerator random)
    {
        foreach (Layer layer in _layers)
        {
            layer.Initialize(random);
        }
    }
}
