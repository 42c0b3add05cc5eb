using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>
/// A symmetric matrix of exact values, for residuals r = c − A·x without rounding.
/// Method      each row is brought to integers times one power of two, and x as a whole, so that a residual is a
///             sum of integer products.
/// Cost        p² big-integer products a residual, about 100 ns each.
/// </summary>
internal sealed class ExactSystem
{
    private readonly BigInteger[][] _rows;
    private readonly int[] _exponents;

    public ExactSystem(int size, Func<int, int, ExactValue> entry)
    {
        _rows = new BigInteger[size][];
        _exponents = new int[size];
        var row = new ExactValue[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                row[j] = entry(i, j);
            }
            _rows[i] = ToIntegers(row, out _exponents[i]);
        }
    }

    /// <summary>The number of rows.</summary>
    public int Size => _rows.Length;

    /// <summary>r = c − A·x.</summary>
    public ExactValue[] Residual(ExactValue[] c, ExactValue[] x)
    {
        BigInteger[] integers = ToIntegers(x, out int exponent);
        var result = new ExactValue[Size];
        for (int i = 0; i < Size; i++)
        {
            BigInteger sum = BigInteger.Zero;
            BigInteger[] row = _rows[i];
            for (int j = 0; j < row.Length; j++)
            {
                if (!integers[j].IsZero && !row[j].IsZero)
                {
                    sum += row[j] * integers[j];
                }
            }
            result[i] = c[i] - new ExactValue(sum, _exponents[i] + exponent);
        }
        return result;
    }

    /// <summary>Σ aᵢbᵢ.</summary>
    public static ExactValue Dot(ExactValue[] a, ExactValue[] b)
    {
        ExactValue sum = ExactValue.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static BigInteger[] ToIntegers(ExactValue[] values, out int exponent)
    {
        exponent = int.MaxValue;
        foreach (ExactValue value in values)
        {
            if (!value.IsZero)
            {
                exponent = Math.Min(exponent, value.Exponent);
            }
        }
        var integers = new BigInteger[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            integers[i] = values[i].IsZero ? BigInteger.Zero : values[i].Mantissa << (values[i].Exponent - exponent);
        }
        exponent = exponent == int.MaxValue ? 0 : exponent;
        return integers;
    }
}
