using Plumbline.Numerics;

namespace Plumbline;

/// <summary>What a term that the model lacks would explain.</summary>
/// <param name="Term">The term.</param>
/// <param name="F">F of the term, with <paramref name="Df"/> and n − k − df degrees of freedom.</param>
/// <param name="Df">The coefficients that it adds.</param>
/// <param name="P">Its p; of F, or of the form that allows for unequal variances, whichever is larger.</param>
/// <param name="Classical">Its p, of F.</param>
/// <param name="Share">By how much the variance of errors falls: 1 − σ̂²with/σ̂²without; 0 at least.</param>
internal sealed record TermGain(MissingTerm Term, double F, int Df, double P, double Classical, double Share);

/// <summary>
/// The gain of each term that the model lacks, from moments.
/// </summary>
/// <remarks>
/// Method      moments swept on z are those of partial residuals. F compares with and without the term. The second p is of Wald's test with
///             HC3's middle: bᵀV⁻¹b, b = Σ w q̃ e, V = Σ ω q̃ q̃ᵀ, q̃ the term's columns less their projection on the model.
/// Cost        k·K² once, some p³ a term.
/// Source      Cook, Weisberg, Applied Regression Including Computing and Graphics (1999); White, Econometrica 48 (1980), for the second p.
/// Fails when  a term is determined by the model's columns (the square of a 0–1 column): it is left out.
/// </remarks>
internal static class TermGains
{
    private const double Look = 0.01;       // from here on the second p is worked out
    private const double MostAllowance = 4; // residuals of the smaller model hold the curve itself, and would hide a strong one

    /// <summary>The gains, the largest share first.</summary>
    /// <param name="layout">What columns there are.</param>
    /// <param name="whole">Their moments.</param>
    /// <param name="scores">Those with ω as weights.</param>
    /// <param name="df">n − k.</param>
    public static TermGain[] Of(CheckLayout layout, AuxiliaryMoments whole, AuxiliaryMoments scores, double df)
    {
        AuxiliaryMoments partial = whole.Sweep(layout.Orthonormal, out _);
        double rss = partial[layout.Residual, layout.Residual];
        int tested = layout.Terms.Terms.Count;
        var gains = new List<TermGain>();
        foreach (MissingTerm term in layout.Terms.Terms)
        {
            int[] columns = [.. term.Pairs.Select(p => layout.Products + p)];
            double left = partial.Sweep(columns, out int rank)[layout.Residual, layout.Residual];
            if (rank == 0 || df - rank < 1)
            {
                continue;
            }
            TestValue test = AuxiliaryTests.Reset(rss, left, df, 0, rank);
            double p = test.P;
            if (p < Look && columns.Length <= 20)
            {
                p = Math.Max(p, Robust(layout, whole, scores, partial, columns, df, test));
            }
            gains.Add(new TermGain(term, test.Statistic, rank, Math.Min(1, p * tested), Math.Min(1, test.P * tested), Share(rss, df, left, df - rank)));
        }
        return [.. gains.OrderByDescending(static g => g.Share).ThenBy(static g => g.P)];
    }

    /// <summary>1 − σ̂²/σ̂₀², 0 at least.</summary>
    public static double Share(double rss, double df, double left, double dfLeft) =>
        dfLeft > 0 && rss > 0 ? Math.Max(0, 1 - (left / dfLeft / (rss / df))) : 0;

    /// <summary>p of Wald's test with unequal variances allowed for, F not below a quarter of the classical one.</summary>
    public static double Robust(
        CheckLayout layout, AuxiliaryMoments whole, AuxiliaryMoments scores, AuxiliaryMoments partial, int[] columns, double df, TestValue classical)
    {
        int[] z = [.. layout.Orthonormal];
        double[][] projection = [.. columns.Select(c => whole.Fit(c, z).Coefficients)];
        int size = columns.Length;
        var v = new DoubleDouble[size][];
        for (int a = 0; a < size; a++)
        {
            v[a] = new DoubleDouble[size];
            for (int b = 0; b < size; b++)
            {
                DoubleDouble sum = scores[columns[a], columns[b]];
                for (int j = 0; j < z.Length; j++)
                {
                    sum -= (DoubleDouble)projection[a][j] * scores[z[j], columns[b]];
                    sum -= (DoubleDouble)projection[b][j] * scores[z[j], columns[a]];
                    DoubleDouble inner = 0;
                    for (int i = 0; i < z.Length; i++)
                    {
                        inner += (DoubleDouble)projection[b][i] * scores[z[i], z[j]];
                    }
                    sum += projection[a][j] * inner;
                }
                v[a][b] = sum;
            }
        }
        var factor = new Cholesky<DoubleDouble>(size, (i, j) => v[i][j]);
        double statistic = 0;
        int rank = 0;
        for (int j = 0; j < size; j++)
        {
            if (!(factor.Advance(j).High > 1e-12 * v[j][j].High))
            {
                continue;
            }
            factor.Accept(j);
            rank++;
            ReadOnlySpan<DoubleDouble> column = factor.InverseColumn(j);
            DoubleDouble dot = 0;
            for (int i = 0; i <= j; i++)
            {
                dot += column[i] * partial[columns[i], layout.Residual];
            }
            statistic += dot.High * dot.High;
        }
        return rank > 0 ? TestValue.F(Math.Max(statistic / rank, classical.Statistic / MostAllowance), rank, df - rank).P : 1;
    }
}
