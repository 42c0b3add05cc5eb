namespace Plumbline.Layers;

/// <summary>
/// Numbers of some examples, row after row: <see cref="Rows"/> examples of <see cref="Columns"/> numbers each. Layers keep their
/// batches and use the memory again, so a batch that a layer returned is valid until its next call.
/// </summary>
public sealed class Batch
{
    private double[] _values;

    /// <summary>Zeros.</summary>
    /// <param name="rows">Examples.</param>
    /// <param name="columns">Numbers of each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public Batch(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _values = new double[checked(rows * columns)];
        Rows = rows;
        Columns = columns;
    }

    /// <summary>A copy of numbers, row after row.</summary>
    /// <param name="values">rows · columns numbers.</param>
    /// <param name="columns">Numbers of each example, at least 1.</param>
    /// <exception cref="ArgumentException">The numbers are no whole number of rows.</exception>
    public Batch(ReadOnlySpan<double> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are no whole number of rows of {columns}.", nameof(values));
        }
        _values = values.ToArray();
        Rows = values.Length / columns;
        Columns = columns;
    }

    /// <summary>The number of examples.</summary>
    public int Rows { get; private set; }

    /// <summary>The numbers of each example.</summary>
    public int Columns { get; private set; }

    /// <summary>All numbers, row after row.</summary>
    public Span<double> Values => _values.AsSpan(0, Rows * Columns);

    /// <summary>One number.</summary>
    public double this[int row, int column] => Row(row)[column];

    /// <summary>The numbers of one example.</summary>
    public Span<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>Takes another shape; what was in it is lost. Memory is kept when it suffices.</summary>
    internal void Reshape(int rows, int columns)
    {
        if (_values.Length < rows * columns)
        {
            _values = new double[rows * columns];
        }
        Rows = rows;
        Columns = columns;
    }
}
