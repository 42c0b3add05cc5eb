using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Powers of two that make integers of a symmetric system with its right side and square:
/// A_ij·2^−(f_i + g_j), c_i·2^−(f_i + h) and y·2^−(k + h). They tell how large the integers of Cramer's rule can be.
/// </summary>
internal sealed class IntegerScaling
{
    private readonly int[] _columnPowers;
    private readonly int _rightPower;
    private readonly int _lastRowPower;
    private readonly int _determinantBits;       // of the integer matrix, by Hadamard

    public IntegerScaling(ScaledColumns columns)
    {
        int p = columns.Count;
        Matrix = new ExactValue[p][];
        Right = new ExactValue[p];
        for (int i = 0; i < p; i++)
        {
            Matrix[i] = new ExactValue[p];
            for (int j = 0; j < p; j++)
            {
                Matrix[i][j] = columns[i, j];
            }
            Right[i] = columns.WithResponse(i);
        }
        var rowPowers = new int[p];
        for (int i = 0; i < p; i++)
        {
            rowPowers[i] = Lowest([.. Matrix[i], Right[i]], _ => 0);
        }
        _columnPowers = new int[p];
        int determinant = 0;
        for (int j = 0; j < p; j++)
        {
            _columnPowers[j] = Lowest(Matrix[j], i => rowPowers[i]);        // column j is row j: A is symmetric
            determinant += Matrix[j][j].Magnitude + 1 - rowPowers[j] - _columnPowers[j];
        }
        _determinantBits = determinant;
        _rightPower = Lowest(Right, i => rowPowers[i]);
        ExactValue square = columns.ResponseSquare;
        _lastRowPower = Math.Min(
            Right.Select((c, j) => c.IsZero ? int.MaxValue : c.Exponent - _columnPowers[j]).DefaultIfEmpty(int.MaxValue).Min(),
            square.IsZero ? int.MaxValue : square.Exponent - _rightPower);
        _lastRowPower = _lastRowPower == int.MaxValue ? 0 : _lastRowPower;
    }

    /// <summary>The scaled moments.</summary>
    public ExactValue[][] Matrix { get; }

    /// <summary>The scaled moments with the response.</summary>
    public ExactValue[] Right { get; }

    /// <summary>A B with |Z| &lt; 2^B for the integer Z that is 0 when entry i is exactly <paramref name="value"/>.</summary>
    public int EntryBits(int i, ExactValue value, ExactInterval enclosure)
    {
        int distance = Math.Max((enclosure.High - value).Magnitude, (value - enclosure.Low).Magnitude) + 1;
        int shift = _columnPowers[i] - _rightPower;
        int denominator = value.IsZero ? 0 : Math.Max(0, -(value.Exponent + shift));
        return _determinantBits + distance + shift + denominator;
    }

    /// <summary>A B with |Z| &lt; 2^B for the integer Z that is 0 when y − c·A⁻¹·c is, known to be at most a bound.</summary>
    public int RemainderBits(ExactValue bound) => _determinantBits + bound.Magnitude + 1 - _lastRowPower - _rightPower;

    private static int Lowest(ExactValue[] values, Func<int, int> taken)
    {
        int lowest = int.MaxValue;
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsZero)
            {
                lowest = Math.Min(lowest, values[i].Exponent - taken(i));
            }
        }
        return lowest == int.MaxValue ? 0 : lowest;
    }
}
