using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What each term adds to the fitted value of a row, less the mean of that over the rows: R's <c>predict(fit, type = "terms")</c>. With the
/// residual added it is the row's partial residual for the term.
/// </summary>
/// <remarks>
/// Method      c_t = Σ b̃ⱼ(x̃ⱼ − m̃ⱼ) over the columns of the term, in double-double and scaled units. As in R, means count each row once whatever its
///             precision (a frequency as often as it says), and without an intercept nothing is taken away. From orthonormal columns z = Uᵀx̃ the columns come back by
///             substitution, x̃_k = (z_k − Σ_{i&lt;k} U_ik x̃_i)/U_kk.
/// Cost        k multiply–adds a row.
/// Source      R's <c>predict.lm</c>; Larsen, McCleary, The use of partial residual plots in regression analysis, Technometrics 14 (1972).
/// Fails when  a term's columns are all aliased: it adds 0.
/// </remarks>
internal sealed class TermComponents
{
    private readonly LeastSquaresGeometry _geometry;
    private readonly DoubleDouble[][] _root;
    private readonly DoubleDouble[] _estimates;
    private readonly int[] _terms;                  // of each coefficient, −1 for the intercept
    private readonly DoubleDouble[] _centers;       // of each term

    private TermComponents(FittedParts parts, ReadOnlySpan<DoubleDouble> means)
    {
        FittedDesign design = parts.Origin.Design!;
        _geometry = parts.Solution.Geometry;
        _root = _geometry.Root<DoubleDouble>();
        _estimates = [.. _geometry.Estimates];
        _terms = [.. design.Columns.Select(static c => c.Term - 1)];
        _centers = new DoubleDouble[design.Terms.Count];
        for (int j = 0; design.HasIntercept && j < _terms.Length; j++)
        {
            if (_terms[j] >= 0)
            {
                _centers[_terms[j]] += _estimates[j] * means[j];
            }
        }
    }

    /// <summary>How many terms.</summary>
    public int Count => _centers.Length;

    /// <summary>Of moments without weights, or with frequencies.</summary>
    public static TermComponents Of(FittedParts parts, ModelMoments model)
    {
        var means = new DoubleDouble[parts.Solution.Rank];
        Moments sums = model.Moments;
        for (int j = 0; j < means.Length; j++)
        {
            int column = parts.Solution.Kept[j];
            int power = model.NormSquared[column].Magnitude / 2;
            DoubleDouble root = DoubleDouble.Sqrt(DoubleDouble.From(model.NormSquared[column].Scale(-2 * power)));
            ExactInterval mean = ExactInterval.Quotient(sums[0, column], sums[0, 0]);
            means[j] = DoubleDouble.From((mean.Low + mean.High).Scale(-1 - power - parts.Solution.Geometry.Powers[j])) / root;
        }
        return new TermComponents(parts, means);
    }

    /// <summary>Of the mean of each orthonormal column.</summary>
    public static TermComponents OfOrthonormal(FittedParts parts, ReadOnlySpan<DoubleDouble> means)
    {
        var columns = new DoubleDouble[means.Length];
        Columns(parts.Solution.Geometry.Root<DoubleDouble>(), means, columns);
        return new TermComponents(parts, columns);
    }

    /// <summary>Of rows that are read for it.</summary>
    public static TermComponents OfRows(FittedParts parts, IEnumerable<ModelBlock> blocks)
    {
        LeastSquaresGeometry geometry = parts.Solution.Geometry;
        var means = new DoubleDouble[geometry.Count];
        double rows = 0;
        foreach (ModelBlock block in blocks)
        {
            for (int r = 0; r < block.Rows; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[r], times = parts.Origin.WeightKind == WeightKind.Frequency ? weight : weight == 0 ? 0 : 1;
                rows += times;
                for (int j = 0; times > 0 && j < means.Length; j++)
                {
                    means[j] += times * new DoubleDouble(block.Column(j)[r], block.Low(j).IsEmpty ? 0 : block.Low(j)[r]).Scale(-geometry.Powers[j]);
                }
            }
        }
        for (int j = 0; j < means.Length; j++)
        {
            means[j] = rows > 0 ? means[j] / rows : 0;
        }
        return new TermComponents(parts, means);
    }

    /// <summary>Partial residuals of a row.</summary>
    /// <param name="target">One a term, in the unit of the response.</param>
    /// <param name="residual">ẽ, scaled.</param>
    /// <param name="columns">x̃.</param>
    public void Partial(Span<double> target, DoubleDouble residual, ReadOnlySpan<DoubleDouble> columns)
    {
        Span<DoubleDouble> sums = _centers.Length <= 64 ? stackalloc DoubleDouble[_centers.Length] : new DoubleDouble[_centers.Length];
        for (int t = 0; t < sums.Length; t++)
        {
            sums[t] = residual - _centers[t];
        }
        for (int j = 0; j < _terms.Length; j++)
        {
            if (_terms[j] >= 0)
            {
                sums[_terms[j]] += _estimates[j] * columns[j];
            }
        }
        for (int t = 0; t < sums.Length; t++)
        {
            target[t] = sums[t].Scale(_geometry.ResidualPower).High;
        }
    }

    /// <summary>The same of a row that is known by its orthonormal columns.</summary>
    /// <param name="target">One a term, in the unit of the response.</param>
    /// <param name="residual">e, in the unit of the response.</param>
    /// <param name="orthonormal">z.</param>
    public void PartialOfOrthonormal(Span<double> target, double residual, ReadOnlySpan<DoubleDouble> orthonormal)
    {
        var columns = new DoubleDouble[_terms.Length];
        Columns(_root, orthonormal, columns);
        Partial(target, DoubleDouble.From(residual).Scale(-_geometry.ResidualPower), columns);
    }

    /// <summary>What a term adds to the rows of a strip, in the unit of scaled residuals.</summary>
    public void Take(RowScores scores, int term, Span<DoubleDouble> target)
    {
        target.Fill(-_centers[term]);
        for (int j = 0; j < _terms.Length; j++)
        {
            if (_terms[j] == term)
            {
                RowScores.SubtractProduct(target, -_estimates[j], scores.Column(j));
            }
        }
    }

    private static void Columns(DoubleDouble[][] root, ReadOnlySpan<DoubleDouble> z, DoubleDouble[] target)
    {
        for (int k = 0; k < target.Length; k++)
        {
            DoubleDouble left = z[k];
            for (int i = 0; i < k; i++)
            {
                left -= root[k][i] * target[i];
            }
            target[k] = left / root[k][k];
        }
    }
}
