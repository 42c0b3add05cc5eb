using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Rows that no law of errors near the others' would give: found one after the other, each against a fit without it and those found before.
/// </summary>
/// <remarks>
/// Method      T the rows taken out: (I − H_T)γ = u_T gives their deleted residuals, RSS_T = RSS − u_Tᵀγ, t_i = γ_i/(σ_T √(I − H_T)⁻¹_ii) with
///             n − k − |T| degrees of freedom, divided by √g_i where the variance is found to depend on the columns (g_i estimated without
///             the row). Beyond Bonferroni's bound at 1/200 a row is wild. When more than a few are, or the others' own kurtosis lets expect such rows,
///             the law has heavy tails, and none is.
/// Cost        some operations a candidate and step.
/// Source      Rosner, Percentage points for a generalized ESD many-outlier procedure, Technometrics 25 (1983); Cook, Weisberg, Residuals
///             and Influence in Regression (1982), §2.2.
/// Fails when  many rows hide each other (masking).
/// </remarks>
internal static class WildRows
{
    private const double Level = 5e-3;
    private const int Most = 5;
    private const double LeastVariance = 0.25;
    private const double LawLevel = 0.01;
    private const int Looked = 5;           // candidates whose variance is estimated without them

    /// <summary>The rows.</summary>
    /// <param name="candidates">Rows of large residuals.</param>
    /// <param name="layout">Their columns.</param>
    /// <param name="without">The moments of the others, without weights, when some rows are taken out.</param>
    /// <param name="varianceOf">The variance that they let expect.</param>
    /// <param name="causes">What tells the law of the others, when rows are kept for that.</param>
    public static List<CheckRow> Find(
        IReadOnlyList<CheckRow> candidates, CheckLayout layout, Func<IReadOnlyList<CheckRow>, AuxiliaryMoments> without, Func<AuxiliaryMoments, VarianceModel> varianceOf, Causes? causes)
    {
        double n = layout.Rows;
        int most = (int)Math.Clamp(n / 20, 1, Most);
        var found = new List<CheckRow>();
        while (found.Count <= most)
        {
            double df = layout.DfResidual - found.Count - 1;
            if (df < 3)
            {
                break;
            }
            CheckRow? worst = null;
            double largest = 0;
            IEnumerable<(CheckRow Row, double T)> candidate = candidates
                .Where(r => !found.Contains(r) && r.Leverage < 1 - 1e-9)
                .Select(r => (r, Math.Abs(Deleted([.. found, r], layout))))
                .OrderByDescending(static c => c.Item2)
                .Take(Looked);
            foreach ((CheckRow row, double t) in candidate)
            {
                double even = causes is not null ? t : t / Math.Sqrt(Math.Max(LeastVariance, varianceOf(without([.. found, row])).At(row)));
                if (even > largest)
                {
                    (worst, largest) = (row, even);
                }
            }
            if (worst is null || !(n * StudentT.TwoSided(largest, df) < Level))
            {
                break;
            }
            found.Add(worst);
        }
        return found.Count == 0 || found.Count > most ? []
            : causes is not null ? causes.Wild(found)
            : IsOneLaw(found, layout, without(found)) ? [] : found;
    }

    /// <summary>
    /// Whether the law of the other rows, with the tails that they show, would give such rows, too: Student's t with their kurtosis, less its
    /// standard error.
    /// </summary>
    private static bool IsOneLaw(List<CheckRow> found, CheckLayout layout, AuxiliaryMoments others)
    {
        double n = layout.Rows, square = others[layout.Constant, layout.Square];
        double excess = (others[layout.Square, layout.Square] * others[layout.Constant, layout.Constant] / square / square) - 3 - Math.Sqrt(24 / n);
        if (!(excess > 0))
        {
            return false;
        }
        double degrees = 4 + (6 / excess), widened = Math.Sqrt(degrees / (degrees - 2));
        return found.Exists(row => n * StudentT.TwoSided(widened * Math.Abs(Deleted([.. found.Where(r => r != row), row], layout)), degrees) > LawLevel);
    }

    /// <summary>How far the coefficients for z move without some rows, in units of σ̂; and the RSS without them over σ̂².</summary>
    public static (double[] Moves, double Rss) Without(IReadOnlyList<CheckRow> rows, CheckLayout layout)
    {
        (double[] gamma, _, double rss) = Solve(rows, layout);
        var moves = new double[layout.Coefficients];
        for (int r = 0; r < rows.Count; r++)
        {
            double factor = Root(rows[r], layout) * gamma[r];
            for (int k = 0; k < moves.Length; k++)
            {
                moves[k] -= factor * rows[r].Columns[k];
            }
        }
        return (moves, rss);
    }

    /// <summary>t of the last of some rows, all of them taken out.</summary>
    private static double Deleted(IReadOnlyList<CheckRow> rows, CheckLayout layout)
    {
        (double[] gamma, double[] diagonal, double rss) = Solve(rows, layout);
        double df = layout.DfResidual - rows.Count;
        return rss > 0 ? gamma[^1] / Math.Sqrt(rss / df * diagonal[^1]) : double.PositiveInfinity;
    }

    private static (double[] Gamma, double[] Diagonal, double Rss) Solve(IReadOnlyList<CheckRow> rows, CheckLayout layout)
    {
        int size = rows.Count;
        var matrix = new DoubleDouble[size + 1][];
        for (int i = 0; i <= size; i++)
        {
            matrix[i] = new DoubleDouble[size + 1];
        }
        double[] u = [.. rows.Select(r => Root(r, layout) * r.Columns[layout.Residual])];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double product = 0;
                for (int k = 0; k < layout.Coefficients; k++)
                {
                    product += rows[i].Columns[k] * rows[j].Columns[k];
                }
                matrix[i][j] = (i == j ? 1 : 0) - (Root(rows[i], layout) * Root(rows[j], layout) * product);
            }
        }
        var factor = new Cholesky<DoubleDouble>(size, (i, j) => matrix[i][j]);
        for (int j = 0; j < size; j++)
        {
            if (!(factor.Advance(j).High > 1e-12))
            {
                return (new double[size], [.. Enumerable.Repeat(double.PositiveInfinity, size)], layout.DfResidual);
            }
            factor.Accept(j);
        }
        var gamma = new double[size];
        var diagonal = new double[size];
        double rss = layout.DfResidual;
        for (int k = 0; k < size; k++)
        {
            ReadOnlySpan<DoubleDouble> column = factor.InverseColumn(k);
            double dot = 0;
            for (int i = 0; i <= k; i++)
            {
                dot += column[i].High * u[i];
            }
            for (int i = 0; i <= k; i++)
            {
                gamma[i] += column[i].High * dot;
                diagonal[i] += column[i].High * column[i].High;
            }
            rss -= dot * dot;
        }
        return (gamma, diagonal, Math.Max(0, rss));
    }

    private static double Root(CheckRow row, CheckLayout layout) => layout.IsFrequency ? 1 : Math.Sqrt(row.Weight);
}
