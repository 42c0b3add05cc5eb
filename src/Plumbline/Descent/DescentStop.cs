namespace Plumbline;

/// <summary>Why a descent ended.</summary>
public enum DescentStop
{
    /// <summary>The steps or epochs that were asked for are done.</summary>
    Epochs,

    /// <summary>The validation loss has not become less for as many epochs as patience allows; the best parameters were restored.</summary>
    Patience,

    /// <summary>The loss is within the wanted distance of the exact minimum.</summary>
    Excess,

    /// <summary>The gradient is as short as wanted.</summary>
    Gradient,

    /// <summary>The time is up.</summary>
    Time,

    /// <summary>The loss grew beyond all bounds: the learning rate is too large.</summary>
    Diverged,
}

/// <summary>A coefficient that descent found, in the data's units, beside that of the exact minimizer.</summary>
/// <param name="Name">The coefficient's name.</param>
/// <param name="Estimate">Where the descent ended.</param>
/// <param name="Exact">The exact least-squares estimate; NaN where the loss has another minimizer.</param>
public sealed record DescentCoefficient(string Name, double Estimate, double Exact);
