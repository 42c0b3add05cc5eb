namespace Plumbline.Numerics;

/// <summary>
/// A real number of some working precision: what a factorization needs, so that it is written once for
/// double-double, quad-double and wider. Every operation and conversion is right to a relative 2^−Bits
/// (as long as nothing over- or underflows): error bounds are derived from that one promise.
/// </summary>
internal interface IReal<T>
    where T : struct, IReal<T>
{
    /// <summary>Each operation has a relative error of at most 2^−Bits.</summary>
    static abstract int Bits { get; }

    /// <summary>
    /// A sum of p products by <see cref="SubtractProduct"/> is within p·DotUnit·(|start| + Σ|a·x|) of the true one,
    /// p at least 4, the rounding of one factor's conversion included.
    /// </summary>
    static abstract double DotUnit { get; }

    /// <summary>A double, without error.</summary>
    static abstract T From(double value);

    /// <summary>An exact value, rounded.</summary>
    static abstract T From(ExactValue value);

    /// <summary>The value without rounding.</summary>
    ExactValue ToExact();

    /// <summary>The nearest double, or one beside it.</summary>
    double ToDouble();

    /// <summary>The square root of a non-negative value.</summary>
    static abstract T Sqrt(T value);

    /// <summary>y ← y − a·x, element by element; x at least as long as y.</summary>
    static abstract void SubtractProduct(Span<T> y, T a, ReadOnlySpan<T> x);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);
}
