using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The <see cref="LeastSquaresGeometry"/> of moments summed in doubles: as good as those sums.</summary>
internal static class FastGeometry
{
    // Fast sums know the residual sum of squares to about this part of Σ w y²: the scale of residuals leaves room for it.
    private const double Margin = 1e-12;

    /// <param name="moments">The moments.</param>
    /// <param name="columns">The kept columns, the intercept among them.</param>
    /// <param name="estimates">The estimates in the data's units.</param>
    /// <param name="rss">The residual sum of squares.</param>
    /// <param name="condition">The condition number.</param>
    public static LeastSquaresGeometry Of(FastMoments moments, int[] columns, DoubleDouble[] estimates, double rss, double condition)
    {
        var raw = new FastMatrix(moments, hasIntercept: false);
        int y = moments.Columns.Count - 1;
        double square = rss + (Margin * Math.Max(0, raw[y, y].High) * raw.Scales[y] * raw.Scales[y]);
        int residual = double.IsFinite(square) ? LeastSquaresGeometry.PowerOf(ExactValue.From(square)) : 0;
        int[] powers = Array.ConvertAll(columns, c => Math.ILogB(raw.Scales[c]));
        var root = new Lazy<Cholesky<QuadDouble>>(() => Factor(raw, columns));
        return new LeastSquaresGeometry(
            powers,
            residual,
            [.. estimates.Select((b, i) => b.Scale(powers[i] - residual))],
            condition,
            (i, k) => root.Value.InverseColumn(k)[i].ToExact());
    }

    private static Cholesky<QuadDouble> Factor(FastMatrix raw, int[] columns)
    {
        var matrix = new QuadDouble[columns.Length][];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = [.. columns.Select(c => QuadDouble.From(raw[columns[i], c]))];
        }
        var factor = new Cholesky<QuadDouble>(matrix);
        return factor.FactorAll() < 0
            ? factor
            : throw new PlumblineException("too-ill-conditioned", "The columns are too nearly dependent for fast sums. Use exact arithmetic.");
    }
}
