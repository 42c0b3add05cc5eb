using System.Runtime.CompilerServices;

namespace Plumbline;

/// <summary>
/// The values of one numeric column over the rows of a block: doubles, and where a double is not wide
/// enough also what it leaves (<see cref="Low"/>), so that the value is exactly <c>High + Low</c>.
/// A missing value is NaN in <see cref="High"/>. Memory may be managed or not; it is valid as long as its block is.
/// </summary>
public readonly unsafe struct NumberColumn
{
    private readonly double[]? _high;
    private readonly double[]? _low;
    private readonly int _offset;
    private readonly int _length;
    private readonly double* _pointer;

    /// <summary>A view of <paramref name="length"/> values of arrays, from <paramref name="offset"/>.</summary>
    /// <param name="high">The values, or their leading parts.</param>
    /// <param name="low">What <paramref name="high"/> leaves, |low| ≤ ½ulp(high); null when nothing is left.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="length">How many.</param>
    public NumberColumn(double[] high, double[]? low, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(high);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (offset > high.Length - length || (low is not null && offset > low.Length - length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The view goes past the end of the array.");
        }
        _high = high;
        _low = low;
        _offset = offset;
        _length = length;
        _pointer = null;
    }

    /// <summary>A view of <paramref name="length"/> doubles in memory that the caller keeps alive and in place.</summary>
    public NumberColumn(double* values, int length)
    {
        _high = null;
        _low = null;
        _offset = 0;
        _length = length;
        _pointer = values;
    }

    /// <summary>The number of values.</summary>
    public int Length => _length;

    /// <summary>The values, or their leading parts. NaN: missing.</summary>
    public ReadOnlySpan<double> High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _high is null ? new ReadOnlySpan<double>(_pointer, _length) : new ReadOnlySpan<double>(_high, _offset, _length);
    }

    /// <summary>Whether the column has low parts.</summary>
    public bool HasLow => _low is not null;

    internal double[]? HighArray => _high;

    internal double[]? LowArray => _low;

    internal int Offset => _offset;

    internal double* Pointer => _pointer;

    /// <summary>What <see cref="High"/> leaves of each value; empty when the doubles are the values.</summary>
    public ReadOnlySpan<double> Low => _low is null ? default : new ReadOnlySpan<double>(_low, _offset, _length);
}
