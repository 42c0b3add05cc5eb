namespace Plumbline.Layers;

/// <summary>How wrong predictions are, as one number, and its gradient by the predictions. The mean over a batch.</summary>
public abstract class Loss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="predicted">ŷ.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or there is no example.</exception>
    public double Value(Batch predicted, Batch target)
    {
        double count = Check(predicted, target);
        ReadOnlySpan<double> f = predicted.Values, y = target.Values;
        double sum = 0;
        for (int n = 0; n < f.Length; n++)
        {
            sum += Of(f[n] - y[n]);
        }
        return sum / count;
    }

    /// <summary>∂(mean loss)/∂ŷ.</summary>
    /// <param name="predicted">ŷ.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="gradient">Gets the gradient.</param>
    /// <exception cref="ArgumentException">The shapes differ, or there is no example.</exception>
    public void Gradient(Batch predicted, Batch target, Batch gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        double count = Check(predicted, target);
        gradient.Reshape(predicted.Rows, predicted.Columns);
        ReadOnlySpan<double> f = predicted.Values, y = target.Values;
        Span<double> g = gradient.Values;
        for (int n = 0; n < f.Length; n++)
        {
            g[n] = Slope(f[n] - y[n]) / count;
        }
    }

    /// <summary>The loss of one error e = ŷ − y.</summary>
    private protected abstract double Of(double e);

    /// <summary>Its derivative.</summary>
    private protected abstract double Slope(double e);

    /// <summary>What the sum is divided by.</summary>
    private protected virtual double Count(Batch batch) => batch.Rows;

    private double Check(Batch predicted, Batch target)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(target);
        if (predicted.Rows != target.Rows || predicted.Columns != target.Columns || predicted.Rows == 0)
        {
            throw new ArgumentException(
                $"Predictions are {predicted.Rows} × {predicted.Columns} and targets {target.Rows} × {target.Columns}; they must have one shape, with at least one row.");
        }
        return Count(predicted);
    }
}

/// <summary>(ŷ − y)², averaged over all numbers, as PyTorch's <c>MSELoss</c>: twice <see cref="SquaredLoss"/> for one output.</summary>
public sealed class MeanSquaredError : Loss
{
    private protected override double Of(double e) => e * e;

    private protected override double Slope(double e) => 2 * e;

    private protected override double Count(Batch batch) => (double)batch.Rows * batch.Columns;
}

/// <summary>½(ŷ − y)², averaged over examples: the loss of the textbook and of <c>plumb train</c>; its gradient by ŷ is the error itself.</summary>
public sealed class SquaredLoss : Loss
{
    private protected override double Of(double e) => 0.5 * e * e;

    private protected override double Slope(double e) => e;
}

/// <summary>|ŷ − y|, averaged over examples; the derivative at 0 is taken as 0.</summary>
public sealed class AbsoluteLoss : Loss
{
    private protected override double Of(double e) => Math.Abs(e);

    private protected override double Slope(double e) => Math.Sign(e);
}

/// <summary>½e² up to |e| = δ, and δ(|e| − ½δ) beyond: outliers pull with a bounded force. Averaged over examples.</summary>
public sealed class HuberLoss : Loss
{
    /// <summary>A loss that is linear beyond δ.</summary>
    /// <param name="delta">δ &gt; 0, in units of the response.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not above 0.</exception>
    public HuberLoss(double delta = 1)
    {
        if (!(delta > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber's delta is above 0.");
        }
        Delta = delta;
    }

    /// <summary>δ.</summary>
    public double Delta { get; }

    private protected override double Of(double e) => Math.Abs(e) <= Delta ? 0.5 * e * e : Delta * (Math.Abs(e) - (0.5 * Delta));

    private protected override double Slope(double e) => Math.Clamp(e, -Delta, Delta);
}
