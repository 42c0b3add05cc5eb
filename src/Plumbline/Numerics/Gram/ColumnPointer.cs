namespace Plumbline.Numerics;

/// <summary>Where the values of a column are: a stride apart, with low parts or without. Row-major and column-major alike.</summary>
/// <param name="high">The first value (or leading part).</param>
/// <param name="low">The first low part; null when there are none.</param>
/// <param name="stride">Doubles from one row to the next; 0 repeats one value.</param>
internal readonly unsafe struct ColumnPointer(double* high, double* low, nint stride)
{
    public readonly double* High = high;
    public readonly double* Low = low;
    public readonly nint Stride = stride;

    /// <summary>The same column, some rows further on.</summary>
    public ColumnPointer Skip(nint rows) => new(High + (rows * Stride), Low is null ? null : Low + (rows * Stride), Stride);
}
