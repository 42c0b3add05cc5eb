using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline;

/// <summary>
/// What optimizers do to parameters θ with a gradient g, number by number: the formulas of <see cref="DescentOptimizer"/> and of the
/// optimizers of layers.
/// </summary>
/// <remarks>
/// Method      eight numbers at a time, the last ones copied to a vector of their own. No sum, so the bits are those of a plain loop.
/// Source      momentum as PyTorch writes it (Sutskever et al., ICML 2013); Adam: Kingma, Ba, ICLR 2015, algorithm 1.
/// </remarks>
internal static class OptimizerSteps
{
    private const int Lanes = 8;

    /// <summary>θ ← θ − η·g.</summary>
    public static void Plain(Span<double> theta, ReadOnlySpan<double> gradient, double rate)
    {
        for (int n = 0; n < theta.Length; n += Lanes)
        {
            Store(theta, n, Load(theta, n) - (rate * Load(gradient, n)));
        }
    }

    /// <summary>v ← μv + g, θ ← θ − η·v; Nesterov's: θ ← θ − η·(g + μv).</summary>
    public static void Momentum(Span<double> theta, ReadOnlySpan<double> gradient, Span<double> velocity, double rate, double momentum, bool nesterov)
    {
        for (int n = 0; n < theta.Length; n += Lanes)
        {
            Vector512<double> g = Load(gradient, n), v = (momentum * Load(velocity, n)) + g;
            Store(velocity, n, v);
            Store(theta, n, Load(theta, n) - (rate * (nesterov ? g + (momentum * v) : v)));
        }
    }

    /// <summary>m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − η·(m/c₁)/(√(s/c₂) + ε).</summary>
    /// <param name="theta">θ.</param>
    /// <param name="gradient">g.</param>
    /// <param name="mean">m.</param>
    /// <param name="square">s.</param>
    /// <param name="rate">η.</param>
    /// <param name="decay">β₁ and β₂.</param>
    /// <param name="correction">c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ after t steps: both means started at 0.</param>
    /// <param name="epsilon">ε.</param>
    public static void Adam(
        Span<double> theta, ReadOnlySpan<double> gradient, Span<double> mean, Span<double> square,
        double rate, (double First, double Second) decay, (double First, double Second) correction, double epsilon)
    {
        var added = Vector512.Create(epsilon);
        for (int n = 0; n < theta.Length; n += Lanes)
        {
            Vector512<double> g = Load(gradient, n);
            Vector512<double> m = (decay.First * Load(mean, n)) + ((1 - decay.First) * g), s = (decay.Second * Load(square, n)) + ((1 - decay.Second) * g * g);
            Store(mean, n, m);
            Store(square, n, s);
            Store(theta, n, Load(theta, n) - (rate * (m / correction.First) / (Vector512.Sqrt(s / correction.Second) + added)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> values, int at) =>
        at + Lanes <= values.Length ? Vector512.Create(values[at..]) : LoadPart(values[at..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<double> values, int at, Vector512<double> vector)
    {
        if (at + Lanes <= values.Length)
        {
            vector.CopyTo(values[at..]);
            return;
        }
        StorePart(values[at..], vector);
    }

    private static Vector512<double> LoadPart(ReadOnlySpan<double> values)
    {
        Span<double> all = stackalloc double[Lanes];
        values.CopyTo(all);
        return Vector512.Create<double>(all);
    }

    private static void StorePart(Span<double> values, Vector512<double> vector)
    {
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = vector[n];
        }
    }
}
