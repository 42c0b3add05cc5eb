using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Which columns fast moments can tell apart. Column j is set aside when what earlier ones leave of it, d = vᵀCv, is no
/// larger than the sources' rounding (τ², as in the exact rule) or than what rounding of the sums usually makes:
/// 4u·√(rows of a block + blocks)·(Σ|v_i|·a_i)².
/// </summary>
/// <param name="Kept">Kept predictors, without the intercept.</param>
/// <param name="Aliased">The others.</param>
/// <param name="IsCertain">False when a column was set aside that the exact rule might keep.</param>
/// <param name="Factor">Cholesky of all predictors as scaled; null when one was set aside.</param>
internal sealed record FastRank(List<int> Kept, List<AliasEquation> Aliased, bool IsCertain, Cholesky<DoubleDouble>? Factor)
{
    public static FastRank Of(FastMoments moments, FastMatrix matrix, bool hasIntercept)
    {
        int predictors = moments.Columns.Count - 2;
        var scaled = new DoubleDouble[predictors][];
        for (int i = 0; i < predictors; i++)
        {
            scaled[i] = new DoubleDouble[predictors];
            for (int j = 0; j <= i; j++)
            {
                scaled[i][j] = scaled[j][i] = matrix[i + 1, j + 1];
            }
        }
        int[] all = [.. Enumerable.Range(1, predictors)];
        FastError error = matrix.Error.Select(all, [.. all.Select(c => matrix.Scales[c])]);
        double root = Math.Sqrt(moments[0, 0]);
        double[] raw = [.. all.Select(c => (Math.Sqrt(moments[c, c]) + (Math.Abs(moments.Shift[c]) * root)) / matrix.Scales[c] * Rounding(moments, c))];
        double usual = 4 * ColumnInfo.DoubleUnit * Math.Sqrt(FastError.BlockRows + (moments.Rows / 128.0));
        var factor = new Cholesky<DoubleDouble>(scaled);
        var rank = new FastRank([], [], true, null);
        for (int j = 0; j < predictors; j++)
        {
            double d = factor.Advance(j).High;
            double length = 0, tau = 0;
            ReadOnlySpan<DoubleDouble> v = factor.Direction;
            for (int i = 0; i <= j; i++)
            {
                double part = Math.Abs(v[i].High);
                length += part * error.Lengths[i];
                tau += part * raw[i];
            }
            double noise = Math.Max(usual * length * length, tau * tau);
            if (d > noise && d > 0)
            {
                factor.Accept(j);
                rank.Kept.Add(j + 1);
                continue;
            }
            // Without a spread about the shift the column is the constant: nothing was rounded.
            bool isConstant = hasIntercept && moments[j + 1, j + 1] == 0;
            bool isZero = moments[j + 1, j + 1] == 0 && moments.Shift[j + 1] == 0;
            rank.Aliased.Add(Equation(moments, matrix, factor, j, noise, hasIntercept));
            rank = rank with { IsCertain = rank.IsCertain && (isConstant || isZero) };
        }
        return rank.Aliased.Count == 0 ? rank with { Factor = factor } : rank;
    }

    /// <summary>The units of a column's sources, each as often as the column has it as a factor.</summary>
    private static double Rounding(FastMoments moments, int column)
    {
        IReadOnlyList<int> degrees = moments.Columns[column].Degrees;
        double total = 0;
        for (int s = 0; s < degrees.Count; s++)
        {
            total += degrees[s] * moments.Sources[s].Unit;
        }
        return total;
    }

    /// <summary>The equation, each multiplier the simplest fraction within its share of the noise; the intercept's last.</summary>
    private static AliasEquation Equation(
        FastMoments moments, FastMatrix matrix, Cholesky<DoubleDouble> factor, int j, double noise, bool hasIntercept)
    {
        var parts = new List<AliasPart>();
        DoubleDouble constant = matrix.Means[j + 1];
        double spread = Math.Abs(constant.High);
        foreach (int k in factor.Kept)
        {
            double units = matrix.Scales[j + 1] / matrix.Scales[k + 1];
            double multiplier = -factor.Direction[k].High * units;
            double pivot = factor.FactorRow(k)[0].High;
            double room = Math.Sqrt(0.5 * noise) / pivot * units;
            double simple = Fraction.SimplestIn(ExactValue.From(multiplier - room), ExactValue.From(multiplier + room)).ToDouble();
            if (simple != 0)
            {
                parts.Add(new AliasPart(k + 1, simple));
                DoubleDouble term = DoubleDouble.From(simple) * matrix.Means[k + 1];
                constant -= term;
                spread += Math.Abs(term.High);
            }
        }
        if (hasIntercept)
        {
            double room = (Math.Sqrt(noise) * matrix.Scales[j + 1] / Math.Sqrt(moments[0, 0])) + (spread * 1e-14);
            double simple = Fraction.SimplestIn(ExactValue.From(constant.High - room), ExactValue.From(constant.High + room)).ToDouble();
            if (simple != 0)
            {
                parts.Insert(0, new AliasPart(0, simple));
            }
        }
        return new AliasEquation(j + 1, [.. parts], IsExact: false);
    }
}
