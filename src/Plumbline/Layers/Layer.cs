namespace Plumbline.Layers;

/// <summary>
/// A step of a network: a function of a batch, and its derivative. A layer remembers its last forward pass, so
/// <see cref="Backward"/> follows <see cref="Forward"/>. For one thread.
/// </summary>
public abstract class Layer
{
    /// <summary>What training changes; empty for a layer without parameters.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The output for a batch.</summary>
    /// <param name="input">The examples. The layer keeps a reference to it until <see cref="Backward"/>.</param>
    /// <returns>One row an example; valid until the next call.</returns>
    public abstract Batch Forward(Batch input);

    /// <summary>
    /// From the gradient of the loss by the outputs of the last <see cref="Forward"/>: writes the gradients of the parameters and
    /// returns the gradient by the inputs (the chain rule).
    /// </summary>
    /// <param name="outputGradient">∂loss/∂output, of the shape of the last output.</param>
    /// <returns>∂loss/∂input; valid until the next call.</returns>
    public abstract Batch Backward(Batch outputGradient);

    /// <summary>Draws the parameters anew; the same seed gives the same bits.</summary>
    /// <param name="seed">The seed.</param>
    public void Initialize(ulong seed) => Initialize(new NormalGenerator(seed));

    /// <summary>Draws the parameters from a sequence.</summary>
    internal virtual void Initialize(NormalGenerator random)
    {
    }
}
