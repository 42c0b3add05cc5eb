using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// τ of the aliasing rule: how long a combination v of columns can get by the rounding of the source values alone,
/// τ = Σ_s u_s·√((D_s v)ᵀ A (D_s v)), where D_s is the degree of source s in each column and u_s its unit.
/// </summary>
internal sealed class RoundingLength
{
    private readonly (double Unit, (int Column, int Degree)[] Terms)[] _sources;

    public RoundingLength(Moments moments, ScaledColumns columns)
    {
        var sources = new List<(double, (int, int)[])>();
        for (int s = 0; s < moments.Sources.Count; s++)
        {
            (int, int)[] terms = [.. Enumerable.Range(0, columns.Count)
                .Select(i => (i, moments.Columns[columns.Column(i)].Degrees[s]))
                .Where(term => term.Item2 != 0)];
            if (moments.Sources[s].Unit > 0 && terms.Length > 0)
            {
                sources.Add((moments.Sources[s].Unit, terms));
            }
        }
        _sources = [.. sources];
    }

    /// <summary>An upper bound of τ: |A_ij| is at most 1. Cheap.</summary>
    public double Bound<T>(ReadOnlySpan<T> v)
        where T : struct, IReal<T>
    {
        double total = 0;
        foreach ((double unit, (int Column, int Degree)[] terms) in _sources)
        {
            double sum = 0;
            foreach ((int column, int degree) in terms)
            {
                sum += column < v.Length ? Math.Abs(degree * v[column].ToDouble()) : 0;
            }
            total += unit * sum;
        }
        return total;
    }

    /// <summary>τ, in working precision because the quadratic form can cancel.</summary>
    public double Of<T>(ReadOnlySpan<T> v, T[][] matrix)
        where T : struct, IReal<T>
    {
        double total = 0;
        foreach ((double unit, (int Column, int Degree)[] terms) in _sources)
        {
            T form = T.From(0);
            foreach ((int i, int degreeOfI) in terms)
            {
                T row = T.From(0);
                foreach ((int j, int degreeOfJ) in terms)
                {
                    if (i < v.Length && j < v.Length)
                    {
                        row += matrix[i][j] * (v[j] * T.From(degreeOfJ));
                    }
                }
                form += i < v.Length ? row * (v[i] * T.From(degreeOfI)) : T.From(0);
            }
            total += unit * Math.Sqrt(Math.Max(0, form.ToDouble()));
        }
        return total;
    }
}
