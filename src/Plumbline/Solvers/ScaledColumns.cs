using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Some columns of the moments with their response, each scaled by a power of two so that its sum of squares lies in
/// [¼, 1): all entries are then at most 1, and no range is lost. Scaled column = column · 2^−Power.
/// </summary>
internal sealed class ScaledColumns
{
    private readonly Moments _moments;
    private readonly int[] _columns;
    private readonly int[] _powers;
    private readonly DoubleDouble[]?[] _rounded;         // row i from column i on, when it has been asked for

    public ScaledColumns(Moments moments, int[] columns, int response)
    {
        _moments = moments;
        _columns = columns;
        _powers = Array.ConvertAll(columns, column => PowerOf(moments[column, column]));
        _rounded = new DoubleDouble[columns.Length][];
        Response = response;
        ResponsePower = PowerOf(moments[response, response]);
    }

    /// <summary>How many columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The response, as an index into the moments' columns.</summary>
    public int Response { get; }

    /// <summary>The response's power of two.</summary>
    public int ResponsePower { get; }

    /// <summary>The column's index in the moments.</summary>
    public int Column(int i) => _columns[i];

    /// <summary>The column's power of two.</summary>
    public int Power(int i) => _powers[i];

    /// <summary>Scaled Σ w zᵢ zⱼ.</summary>
    public ExactValue this[int i, int j] => _moments[_columns[i], _columns[j]].Scale(-_powers[i] - _powers[j]);

    /// <summary>The exponent of that, when it is not 0.</summary>
    public int? Exponent(int i, int j)
    {
        ExactValue entry = _moments[_columns[i], _columns[j]];
        return entry.IsZero ? null : entry.Exponent - _powers[i] - _powers[j];
    }

    /// <summary>Scaled Σ w zᵢ y.</summary>
    public ExactValue WithResponse(int i) => _moments[_columns[i], Response].Scale(-_powers[i] - ResponsePower);

    /// <summary>Scaled Σ w y².</summary>
    public ExactValue ResponseSquare => _moments[Response, Response].Scale(-2 * ResponsePower);

    /// <summary>Entry (i, j) rounded; the rounded values of double-double are made once.</summary>
    public T Round<T>(int i, int j)
        where T : struct, IReal<T>
    {
        if (typeof(T) != typeof(DoubleDouble))
        {
            return T.From(this[i, j]);
        }
        DoubleDouble value = Rounded(Math.Min(i, j), Math.Max(i, j));
        return (T)(object)value;
    }

    /// <summary>All entries, rounded to a working precision.</summary>
    public T[][] Round<T>()
        where T : struct, IReal<T>
    {
        var rows = new T[Count][];
        for (int i = 0; i < Count; i++)
        {
            rows[i] = new T[Count];
            for (int j = 0; j <= i; j++)
            {
                rows[i][j] = Round<T>(i, j);
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    private DoubleDouble Rounded(int i, int j)
    {
        if (_rounded[i] is { } known)
        {
            return known[j - i];
        }
        if (i == j)
        {
            return DoubleDouble.From(this[i, i]);
        }
        var row = new DoubleDouble[Count - i];
        for (int n = 0; n < row.Length; n++)
        {
            row[n] = DoubleDouble.From(this[i, i + n]);
        }
        _rounded[i] = row;
        return row[j - i];
    }

    /// <summary>The e with 2^−2e · square in [¼, 1); 0 for 0.</summary>
    private static int PowerOf(ExactValue square) => square.IsZero ? 0 : (square.Magnitude + 2) >> 1;
}
