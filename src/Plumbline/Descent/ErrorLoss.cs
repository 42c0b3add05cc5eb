using System.Runtime.CompilerServices;

namespace Plumbline;

/// <summary>The loss of one error e = ŷ − y, and its derivative; a structure, so that the kernel is compiled for each by itself.</summary>
internal interface IErrorLoss
{
    /// <summary>The loss.</summary>
    double Value(double e);

    /// <summary>Its derivative.</summary>
    double Slope(double e);
}

/// <summary>½e².</summary>
internal readonly struct SquaredError : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value(double e) => 0.5 * e * e;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Slope(double e) => e;
}

/// <summary>|e|; the derivative at 0 is taken as 0.</summary>
internal readonly struct AbsoluteError : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value(double e) => Math.Abs(e);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Slope(double e) => e > 0 ? 1 : e < 0 ? -1 : 0;
}

/// <summary>½e² up to |e| = δ, δ(|e| − ½δ) beyond.</summary>
internal readonly struct HuberError(double delta) : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value(double e) => Math.Abs(e) <= delta ? 0.5 * e * e : delta * (Math.Abs(e) - (0.5 * delta));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Slope(double e) => Math.Max(-delta, Math.Min(delta, e));
}
