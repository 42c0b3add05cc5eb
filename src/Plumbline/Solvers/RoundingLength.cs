using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// τ of the aliasing rule: how long a combination v of columns can get by the rounding of the source values alone,
/// τ = Σ_s u_s·√((D_s v)ᵀ A (D_s v)), where D_s is the degree of source s in each column and u_s its unit. Where a column is a
/// combination of powers of the source, D_s works inside it: √(vᵀ G_s v) with the form G_s (<see cref="RoundingForm"/>).
/// </summary>
internal sealed class RoundingLength
{
    private readonly (double Unit, (int Column, int Degree)[] Terms)[] _sources;
    private readonly (double Unit, int[] Columns, ExactValue[][] Form)[] _forms;

    public RoundingLength(ModelMoments model, ScaledColumns columns)
    {
        Moments moments = model.Moments;
        var sources = new List<(double, (int, int)[])>();
        var forms = new List<(double, int[], ExactValue[][])>();
        for (int s = 0; s < moments.Sources.Count; s++)
        {
            double unit = moments.Sources[s].Unit;
            if (unit > 0 && model.Rounding.TryGetValue(s, out RoundingForm? form))
            {
                ExactValue[][] scaled = Scaled(form, columns, out int[] places);
                forms.Add((unit, places, scaled));
                continue;
            }
            (int, int)[] terms = [.. Enumerable.Range(0, columns.Count)
                .Select(i => (i, moments.Columns[columns.Column(i)].Degrees[s]))
                .Where(term => term.Item2 != 0)];
            if (unit > 0 && terms.Length > 0)
            {
                sources.Add((unit, terms));
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
