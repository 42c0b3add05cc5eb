using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// τ of the aliasing rule: how long a combination v of columns can get by the rounding of the source values alone,
/// τ = Σ_s u_s·√((D_s v)ᵀ A (D_s v)), where D_s is the degree of source s in each column and u_s its unit.
/// </summary>
internal sealed class RoundingLength
{
    private readonly ScaledColumns _columns;
    private readonly (double Unit, (int Column, int Degree)[] Terms)[] _sources;

    public RoundingLength(Moments moments, ScaledColumns columns)
    {
        _columns = columns;
        var sources = new List<(double, (int, int)[])>();
        for (int s = 0; s < moments.Sources.Count; s++)
        {
            if (moments.Sources[s].Unit == 0)
            {
                continue;
            }
            var terms = new List<(int, int)>();
            for (int i = 0; i < columns.Count; i++)
            {
                int degree = moments.Columns[columns.Column(i)].Degrees[s];
                if (degree != 0)
                {
                    terms.Add((i, degree));
                }
            }
            if (terms.Count > 0)
            {
                sources.Add((moments.Sources[s].Unit, [.. terms]));
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
    public double Of<T>(ReadOnlySpan<T> v)
        where T : struct, IReal<T>
    {
        double total = 0;
        var used = new List<(int Column, T Factor)>();
        foreach ((double unit, (int Column, int Degree)[] terms) in _sources)
        {
            used.Clear();
            foreach ((int column, int degree) in terms)
            {
                if (column < v.Length && v[column].ToDouble() != 0)
                {
                    used.Add((column, v[column] * T.From(degree)));
                }
            }
            T form = T.From(0);
            foreach ((int i, T a) in used)
            {
                T row = T.From(0);
                foreach ((int j, T b) in used)
                {
                    row += T.From(_columns[i, j]) * b;
                }
                form += row * a;
            }
            total += unit * Math.Sqrt(Math.Max(0, form.ToDouble()));
        }
        return total;
    }
}
