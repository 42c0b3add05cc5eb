namespace Plumbline.Numerics;

/// <summary>
/// A vector of doubles of one width. The kernels are written once against this interface;
/// the just-in-time compiler makes one machine-code version for each width.
/// Every member must inline (STYLE: one miss costs a factor of three to twenty).
/// </summary>
/// <typeparam name="TVector">The vector type: 8, 4, 2 or 1 doubles.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Doubles in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> doubles, at any alignment.</summary>
    static abstract TVector Load(double* source);

    /// <summary>Writes <see cref="Count"/> doubles, at any alignment.</summary>
    static abstract void Store(double* target, TVector value);

    /// <summary>One double in every lane.</summary>
    static abstract TVector Broadcast(double value);

    /// <summary>a·b + c, fused where the machine can. Callers either need no rounding or accept both.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>The larger of |a| and b, lane by lane, for finite a.</summary>
    static abstract TVector MaxAbs(TVector a, TVector b);

    /// <summary>Whether any lane is not zero.</summary>
    static abstract bool AnyNonZero(TVector value);

    /// <summary>Whether any lane is not zero and below the limit in magnitude.</summary>
    static abstract bool AnyBelow(TVector value, TVector limit);

    /// <summary>target += bits(value) − bits(origin), as 64-bit integers.</summary>
    static abstract void AddBits(long* target, TVector value, TVector origin);

    /// <summary>target −= bits(value) − bits(origin), as 64-bit integers.</summary>
    static abstract void SubtractBits(long* target, TVector value, TVector origin);
}
