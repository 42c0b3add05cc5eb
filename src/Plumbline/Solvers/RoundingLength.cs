using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// τ of the aliasing rule: how long a combination v of columns can get by the rounding of the source values alone,
/// τ = Σ_s u_s·√((D_s v)ᵀ A (D_s v)), where D_s is the degree of source s in each column and u_s its unit. Where a column is a
/// combination of powers of the source, D_s works inside it: √(vᵀ G_s v) with the form G_s (<see cref="RoundingForm"/>).
/// </summary>
internal sealed class RoundingLength
{
    private readonly ScaledColumns _columns;
    private readonly (double Unit, (int Column, int Degree)[] Terms)[] _sources;
    private readonly (double Unit, int[] Columns, ExactValue[][] Form)[] _forms;

    public RoundingLength(ModelMoments model, ScaledColumns columns)
    {
        Moments moments = model.Moments;
        _columns = columns;
        var sources = new List<(double, (int, int)[])>();
        var forms = new List<(double, int[], ExactValue[][])>();
        for (int s = 0; s < moments.Sources.Count; s++)
        {
            double unit = moments.Sources[s].Unit;
            if (unit == 0)
            {
                continue;
            }
            if (model.Rounding.TryGetValue(s, out RoundingForm? form))
            {
                ExactValue[][] scaled = Scaled(form, columns, out int[] places);
                forms.Add((unit, places, scaled));
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
                sources.Add((unit, [.. terms]));
            }
        }
        _sources = [.. sources];
        _forms = [.. forms];
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
        foreach ((double unit, int[] columns, ExactValue[][] form) in _forms)
        {
            double sum = 0;
            for (int n = 0; n < columns.Length; n++)
            {
                sum += columns[n] < v.Length ? Math.Abs(v[columns[n]].ToDouble()) * Math.Sqrt(form[n][n].ToDouble()) * (1 + 1e-9) : 0;
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
        foreach ((double unit, int[] columns, ExactValue[][] entries) in _forms)
        {
            T form = T.From(0);
            for (int n = 0; n < columns.Length && columns[n] < v.Length; n++)
            {
                T row = T.From(0);
                for (int m = 0; m < columns.Length && columns[m] < v.Length; m++)
                {
                    row += T.From(entries[Math.Max(n, m)][Math.Min(n, m)]) * v[columns[m]];
                }
                form += row * v[columns[n]];
            }
            total += unit * Math.Sqrt(Math.Max(0, form.ToDouble()));
        }
        return total;
    }

    /// <summary>The lower triangle of a form over the columns that are here, scaled as they are; and which those are, ascending.</summary>
    private static ExactValue[][] Scaled(RoundingForm form, ScaledColumns columns, out int[] places)
    {
        var known = new HashSet<int>(form.Columns);
        int[] present = places = [.. Enumerable.Range(0, columns.Count).Where(i => known.Contains(columns.Column(i)))];
        return [.. present.Select((i, n) => present.Take(n + 1)
            .Select(j => form[columns.Column(i), columns.Column(j)].Scale(-columns.Power(i) - columns.Power(j)))
            .ToArray())];
    }
}
