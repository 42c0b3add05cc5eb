namespace Plumbline.Numerics;

/// <summary>
/// Sums Σ w z zᵀ over rows without rounding. One object is used by one thread; results add up.
/// </summary>
internal abstract unsafe class ExactGram : IDisposable
{
    /// <summary>Creates a summation over <paramref name="columns"/> columns at the widest lanes that the machine has.</summary>
    /// <param name="columns">How many columns.</param>
    /// <param name="weighted">Whether rows come with weights.</param>
    /// <param name="wanted">Which entries (i, j), i ≤ j, are wanted; others may be anything. Null for all.</param>
    public static ExactGram Create(int columns, bool weighted, Func<int, int, bool>? wanted = null) => Create(columns, weighted, LaneWidth.Best, wanted);

    /// <summary>The same at a width of one's choice: 8, 4, 2 or 1. Every width gives the same bits.</summary>
    public static ExactGram Create(int columns, bool weighted, int lanes, Func<int, int, bool>? wanted = null) => lanes switch
    {
        8 => new ExactGram<Lanes8, System.Runtime.Intrinsics.Vector512<double>>(columns, weighted, wanted),
        4 => new ExactGram<Lanes4, System.Runtime.Intrinsics.Vector256<double>>(columns, weighted, wanted),
        2 => new ExactGram<Lanes2, System.Runtime.Intrinsics.Vector128<double>>(columns, weighted, wanted),
        1 => new ExactGram<Lanes1, double>(columns, weighted, wanted),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "Lanes are 8, 4, 2 or 1."),
    };

    /// <summary>
    /// Adds rows. Where a value is not finite, the block of 128 rows that holds it is not added, nor any after it.
    /// </summary>
    /// <param name="columns">Where the values are.</param>
    /// <param name="weights">A weight a row, finite and not negative; null for 1. Given exactly when created weighted.</param>
    /// <param name="rows">How many rows.</param>
    /// <returns>The first row of the block of 128 in which a value is not finite, or −1.</returns>
    public abstract long Add(ReadOnlySpan<ColumnPointer> columns, double* weights, long rows);

    /// <summary>All that was added, in fixed point.</summary>
    public abstract FixedPointMatrix Total();

    /// <inheritdoc/>
    public abstract void Dispose();
}
