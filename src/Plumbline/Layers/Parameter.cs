namespace Plumbline.Layers;

/// <summary>Numbers that training changes, with the gradient of the loss beside them.</summary>
public sealed class Parameter
{
    /// <summary>Zeros.</summary>
    /// <param name="name">What it is called: <c>weights</c>, <c>bias</c>.</param>
    /// <param name="count">How many numbers.</param>
    internal Parameter(string name, int count)
    {
        Name = name;
        Values = new double[count];
        Gradient = new double[count];
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The numbers.</summary>
    public double[] Values { get; }

    /// <summary>∂loss/∂values, written by the last backward pass.</summary>
    public double[] Gradient { get; }
}
