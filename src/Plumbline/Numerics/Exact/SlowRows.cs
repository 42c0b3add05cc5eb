namespace Plumbline.Numerics;

/// <summary>
/// The integer path: what slices leave of a few values, and whole rows that slices cannot hold.
/// </summary>
/// <remarks>
/// With L and R the left and right values of a row, D their parts that the slices hold and e = L − D_L, f = R − D_R the
/// rests, the slices gave D_L·D_R; missing is e·R + L·f − e·f. Each product of doubles is formed as an integer of up to
/// 159 bits and added in fixed point.
/// </remarks>
internal readonly unsafe ref struct SlowRows<TLanes, TVector>(
    int size,
    FixedPointMatrix total,
    SlicedPanels<TLanes, TVector> right,
    ReadOnlySpan<ColumnPointer> columns,
    nint start,
    double* weights,
    bool lowPart)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ReadOnlySpan<ColumnPointer> _columns = columns;

    /// <summary>Adds what the slices left, for rows that are not wild. Only plain columns have leftovers.</summary>
    public void AddLeftovers(bool[] wild)
    {
        List<SlicedPanels<TLanes, TVector>.Leftover> rest = right.Leftovers;
        if (rest.Count == 0)
        {
            return;
        }
        foreach (SlicedPanels<TLanes, TVector>.Leftover e in rest)
        {
            if (wild[e.Row])
            {
                continue;
            }
            EnsureRest(e);
            for (int other = 0; other < size; other++)
            {
                // Symmetric: as row and as column, so twice on the diagonal. Weighted: only as a column.
                if (weights is null)
                {
                    AddTimesRow(e, other);
                    if (other == e.Column)
                    {
                        AddTimesRow(e, other);
                    }
                }
                else if (other <= e.Column)
                {
                    AddTimesRow(e, other);
                }
            }
        }
        if (weights is null)
        {
            SubtractPairs(rest, wild);
        }
    }

    /// <summary>Adds whole rows.</summary>
    public void AddWhole(ReadOnlySpan<bool> wild)
    {
        for (int r = 0; r < wild.Length; r++)
        {
            if (!wild[r])
            {
                continue;
            }
            double w = weights is null ? 1 : weights[r];
            if (w == 0)
            {
                continue;
            }
            for (int c = 0; c < size; c++)
            {
                Ensure(c, High(r, c), w);
                Ensure(c, Low(r, c), w);
            }
            for (int i = 0; i < size; i++)
            {
                for (int j = i; j < size; j++)
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
    }

    private double High(int row, int column) => _columns[column].High[(start + row) * _columns[column].Stride];

    private double Low(int row, int column) =>
        _columns[column].Low is null ? 0 : _columns[column].Low[(start + row) * _columns[column].Stride];

    private void AddTimesRow(SlicedPanels<TLanes, TVector>.Leftover e, int other)
    {
        int i = Math.Min(e.Column, other), j = Math.Max(e.Column, other);
        double high = High(e.Row, other), low = Low(e.Row, other);
        Ensure(other, high, weights is null ? 1 : weights[e.Row]);
        Ensure(other, low, weights is null ? 1 : weights[e.Row]);
        if (weights is null)
        {
            total.AddProduct(i, j, e.Value, high, e.Power, subtract: false);
            total.AddProduct(i, j, e.Value, low, e.Power, subtract: false);
        }
        else
        {
            // The left side is w·high, or w·low in its own round; e.Value·2^e.Power is the rest of the right side.
            total.AddProduct(i, j, weights[e.Row], lowPart ? low : high, e.Value, e.Power);
        }
    }

    private void SubtractPairs(List<SlicedPanels<TLanes, TVector>.Leftover> rest, bool[] wild)
    {
        for (int a = 0; a < rest.Count; a++)
        {
            for (int b = a; b < rest.Count; b++)
            {
                if (rest[a].Row != rest[b].Row || wild[rest[a].Row])
                {
                    continue;
                }
                int i = Math.Min(rest[a].Column, rest[b].Column), j = Math.Max(rest[a].Column, rest[b].Column);
                total.AddProduct(i, j, rest[a].Value, rest[b].Value, rest[a].Power + rest[b].Power, subtract: true);
            }
        }
    }

    private void EnsureRest(SlicedPanels<TLanes, TVector>.Leftover e)
    {
        BinaryParts parts = new(e.Value);
        total.EnsureRow(e.Column, parts.LowestBit + e.Power, parts.Top + e.Power);
        total.EnsureColumn(e.Column, parts.LowestBit + e.Power, parts.Top + e.Power);
    }

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
