namespace Plumbline.Numerics;

/// <summary>
/// The long way: whole rows that slices cannot hold, because their exponents span too much, multiplied entry by entry
/// as integers of up to 159 bits and added in fixed point.
/// </summary>
internal readonly unsafe ref struct SlowRows(
    FixedPointMatrix total, ReadOnlySpan<ColumnPointer> columns, nint start, double* weights, bool lowPart)
{
    private readonly ReadOnlySpan<ColumnPointer> _columns = columns;

    /// <summary>Adds the rows of the block that are marked.</summary>
    public void Add(ReadOnlySpan<bool> wild)
    {
        for (int r = 0; r < wild.Length; r++)
        {
            double w = weights is null ? 1 : weights[r];
            if (wild[r] && w != 0)
            {
                AddRow(r, w);
            }
        }
    }

    private void AddRow(int r, double w)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            Ensure(c, High(r, c), w);
            Ensure(c, Low(r, c), w);
        }
        for (int i = 0; i < _columns.Length; i++)
        {
            for (int j = i; j < _columns.Length; j++)
            {
                // With weights the low parts of the left side come in a round of their own.
                if (weights is null || !lowPart)
                {
                    total.AddProduct(i, j, w, High(r, i), High(r, j), 0);
                    total.AddProduct(i, j, w, High(r, i), Low(r, j), 0);
                }
                if (weights is null || lowPart)
                {
                    total.AddProduct(i, j, w, Low(r, i), High(r, j), 0);
                    total.AddProduct(i, j, w, Low(r, i), Low(r, j), 0);
                }
            }
        }
    }

    private double High(int row, int column) => _columns[column].High[(start + row) * _columns[column].Stride];

    private double Low(int row, int column) =>
        _columns[column].Low is null ? 0 : _columns[column].Low[(start + row) * _columns[column].Stride];

    private void Ensure(int column, double value, double weight)
    {
        if (value == 0)
        {
            return;
        }
        BinaryParts parts = new(value), w = new(weight);
        total.EnsureRow(column, parts.LowestBit + w.LowestBit, parts.Top + w.Top);
        total.EnsureColumn(column, parts.LowestBit, parts.Top);
    }
}
