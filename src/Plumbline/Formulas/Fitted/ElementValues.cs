using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The values of a number's elements in the rows of a block: x, its powers, its polynomials, or x centered and scaled.
/// Method: polynomials by p_{j+1} = (x − α_j)·p_j − (N_j/N_{j−1})·p_{j−1}, all in double-double, divided by √N_j and rounded once.
/// Cost: three double-double products a row and degree.
/// Source: as R's predict.poly; Golub and Welsch for the recurrence.
/// </summary>
/// <param name="variable">The variable.</param>
/// <param name="isMultiplied">Whether it meets others in a column; a number that does not is not computed, but read from its column.</param>
internal sealed class ElementValues(FittedVariable variable, bool isMultiplied)
{
    private readonly DoubleDouble[] _centers = [.. variable.Centers];
    private readonly DoubleDouble[] _ratios = [.. variable.Norms.Skip(1).Zip(variable.Norms, static (n, before) => n / before)];
    private readonly DoubleDouble[] _roots = [.. variable.Norms.Select(static n => DoubleDouble.Sqrt(n))];
    private DoubleDouble[][] _values = [];

    /// <summary>How many elements.</summary>
    public int Count => variable.Kind is VariableKind.Polynomial or VariableKind.Powers ? variable.Degree : 1;

    /// <summary>Whether the values are those of the number itself, and nothing is computed.</summary>
    public bool IsColumn => variable.Kind == VariableKind.Number && !isMultiplied;

    /// <summary>The values of an element; none when <see cref="IsColumn"/>.</summary>
    public ReadOnlySpan<DoubleDouble> this[int element] => _values[element];

    /// <summary>Computes all elements of a block.</summary>
    public void Compute(NumberColumn x)
    {
        if (IsColumn)
        {
            return;
        }
        if (_values.Length == 0 || _values[0].Length < x.Length)
        {
            _values = [.. Enumerable.Range(0, Count).Select(_ => new DoubleDouble[x.Length])];
        }
        ReadOnlySpan<double> high = x.High, low = x.Low;
        for (int i = 0; i < high.Length; i++)
        {
            DoubleDouble value = low.IsEmpty ? DoubleDouble.From(high[i]) : new DoubleDouble(high[i], low[i]);
            switch (variable.Kind)
            {
                case VariableKind.Polynomial:
                    Polynomials(value, i);
                    break;
                case VariableKind.Powers:
                    DoubleDouble power = value;
                    for (int d = 0; d < _values.Length; d++, power *= value)
                    {
                        _values[d][i] = power;
                    }
                    break;
                default:
                    _values[0][i] = variable.Kind == VariableKind.Scale ? (value - _centers[0]) / _roots[0] : value;
                    break;
            }
        }
    }

    private void Polynomials(DoubleDouble x, int row)
    {
        DoubleDouble before = DoubleDouble.From(0), last = DoubleDouble.From(1);
        for (int j = 0; j < _centers.Length; j++)
        {
            DoubleDouble next = (x - _centers[j]) * last;
            if (j > 0)
            {
                next -= _ratios[j - 1] * before;
            }
            (before, last) = (last, next);
            _values[j][row] = last / _roots[j + 1];
        }
    }
}
