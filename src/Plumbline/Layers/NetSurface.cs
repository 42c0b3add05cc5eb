namespace Plumbline.Layers;

/// <summary>
/// The loss of a network over a plane through its parameters: θ + s·d + t·e along two random directions, each scaled, filter by
/// filter (a dense layer's row of weights), to the length of the network's own. Unlike a linear model's it need not be a bowl.
/// </summary>
/// <remarks>
/// Cost        one forward pass over all examples a point.
/// Source      Li, Xu, Taylor, Studer, Goldstein, Visualizing the loss landscape of neural nets, NeurIPS 2018 (filter normalization;
///             biases are not moved).
/// </remarks>
public sealed class NetSurface
{
    private readonly Sequential _network;
    private readonly Loss _loss;
    private readonly Minibatch _examples;
    private readonly double[][] _origin;
    private readonly double[][] _first;
    private readonly double[][] _second;

    /// <summary>A plane through the network's present parameters.</summary>
    /// <param name="network">The network; its parameters are as before after each call.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="examples">The examples that it is the mean over.</param>
    /// <param name="seed">The seed of the directions.</param>
    public NetSurface(Sequential network, Loss loss, Minibatch examples, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(examples);
        _network = network;
        _loss = loss;
        _examples = examples;
        _origin = [.. network.Parameters.Select(static p => p.Values.ToArray())];
        var random = new NormalGenerator(seed);
        _first = Direction(random);
        _second = Direction(random);
    }

    /// <summary>The loss at θ + s·d + t·e.</summary>
    public double At(double s, double t)
    {
        try
        {
            for (int p = 0; p < _origin.Length; p++)
            {
                double[] values = _network.Parameters[p].Values;
                for (int n = 0; n < values.Length; n++)
                {
                    values[n] = _origin[p][n] + (s * _first[p][n]) + (t * _second[p][n]);
                }
            }
            return _loss.Value(_network.Forward(_examples.Features), _examples.Targets);
        }
        finally
        {
            for (int p = 0; p < _origin.Length; p++)
            {
                _origin[p].CopyTo(_network.Parameters[p].Values, 0);
            }
        }
    }

    /// <summary>
    /// How far from a bowl the surface is along a line through the origin: the most by which the loss at the middle of two points
    /// exceeds the mean of the losses at the ends. 0 for a convex function.
    /// </summary>
    /// <param name="reach">How far the line goes to both sides.</param>
    /// <param name="points">How many points on it, at least 3.</param>
    public double NonConvexity(double reach = 1, int points = 41)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 3);
        double worst = 0;
        foreach ((double s, double t) in new[] { (1.0, 0.0), (0.0, 1.0), (0.7, 0.7), (0.7, -0.7) })
        {
            double[] line = [.. Enumerable.Range(0, points).Select(n => reach * ((2.0 * n / (points - 1)) - 1)).Select(u => At(u * s, u * t))];
            for (int gap = 1; 2 * gap < points; gap++)
            {
                for (int n = gap; n + gap < points; n++)
                {
                    worst = Math.Max(worst, line[n] - (0.5 * (line[n - gap] + line[n + gap])));
                }
            }
        }
        return worst;
    }

    private double[][] Direction(NormalGenerator random)
    {
        var direction = new List<double[]>();
        foreach (Dense layer in _network.Layers.OfType<Dense>())
        {
            double[] weights = new double[layer.Inputs * layer.Outputs];
            for (int o = 0; o < layer.Outputs; o++)
            {
                Span<double> filter = weights.AsSpan(o * layer.Inputs, layer.Inputs);
                foreach (ref double value in filter)
                {
                    value = random.Next();
                }
                ReadOnlySpan<double> own = layer.Weights.Slice(o * layer.Inputs, layer.Inputs);
                double scale = Math.Sqrt(Vectors.Dot(own, own) / Vectors.Dot(filter, filter));
                foreach (ref double value in filter)
                {
                    value *= scale;
                }
            }
            direction.Add(weights);
            direction.Add(new double[layer.Outputs]);
        }
        return [.. direction];
    }
}
