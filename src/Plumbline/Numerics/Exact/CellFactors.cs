namespace Plumbline.Numerics;

/// <summary>
/// w·a for the rows of a block as a sum of at most four doubles, without rounding: what multiplies the right factors.
/// Method      w·(a + a′) by two-products (Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., §4.4).
/// Fails when  a factor is so small or so large that an error term is not a double: <see cref="Load"/> says so.
/// </summary>
internal sealed unsafe class CellFactors : IDisposable
{
    private const int Rows = CellGram.BlockRows;
    private readonly NativeBuffer _buffer = NativeBuffer.OfEights(4 * Rows);

    /// <summary>How many doubles a row's factor has.</summary>
    public int Count { get; private set; }

    /// <summary>The range in which the other factors must lie, so that every error term is a double.</summary>
    public double Smallest { get; private set; }

    /// <inheritdoc cref="Smallest"/>
    public double Largest { get; private set; }

    /// <summary>One of the doubles of each row's factor.</summary>
    public double* this[int n] => _buffer.Doubles + (n * Rows);

    /// <summary>Takes the factors of some rows; false when they are out of range.</summary>
    public bool Load(ColumnPointer? left, double* weights, int rows)
    {
        bool three = left is not null && weights is not null;
        // With m the smallest of three factors, m·m·2^−106·m must be at least 2^−930; and two of them, m·m.
        Smallest = Math.ScaleB(1, three ? -230 : -460);
        Largest = Math.ScaleB(1, three ? 330 : 490);
        Count = 1;
        if (left is not { } a)
        {
            new ReadOnlySpan<double>(weights, rows).CopyTo(new Span<double>(this[0], rows));
            return AreInRange(weights, 1, rows);
        }
        bool good = AreInRange(a.High, a.Stride, rows) && (a.Low is null || AreInRange(a.Low, a.Stride, rows));
        if (weights is null)
        {
            Count = a.Low is null ? 1 : 2;
            for (int r = 0; r < rows; r++)
            {
                this[0][r] = a.High[r * a.Stride];
                if (a.Low is not null)
                {
                    this[1][r] = a.Low[r * a.Stride];
                }
            }
            return good;
        }
        Count = a.Low is null ? 2 : 4;
        for (int r = 0; r < rows; r++)
        {
            this[0][r] = ErrorFree.TwoProduct(weights[r], a.High[r * a.Stride], out this[1][r]);
            if (a.Low is not null)
            {
                this[2][r] = ErrorFree.TwoProduct(weights[r], a.Low[r * a.Stride], out this[3][r]);
            }
        }
        return good && AreInRange(weights, 1, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private bool AreInRange(double* values, nint stride, int rows)
    {
        bool good = true;
        for (int r = 0; r < rows; r++)
        {
            double magnitude = Math.Abs(values[r * stride]);
            good &= magnitude == 0 || (magnitude >= Smallest && magnitude <= Largest);
        }
        return good;
    }
}
