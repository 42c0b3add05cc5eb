using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Variance inflation, condition indices and variance proportions, from the triangular root of (XᵀWX)⁻¹ alone.
/// </summary>
/// <remarks>
/// Method      U upper triangular with UUᵀ = (XᵀWX)⁻¹. Without row and column of the intercept, which stands first, V = U₁U₁ᵀ is the covariance of
///             the other estimates but for σ², and V⁻¹ = GᵀG, G = U₁⁻¹, the moments of their columns about the means. GVIF of a set s
///             of coefficients = det V_ss · det V_rr / det V = det V_ss · det (V⁻¹)_ss; for one, V_jj·(V⁻¹)_jj. Condition indices: the columns
///             of G (or of U⁻¹, with the intercept) scaled to length 1 have the singular values of the scaled columns of X;
///             index_k = largest/σ_k, and coefficient j has the share (v_jk²/σ_k²)/Σ_m (v_jm²/σ_m²) of its variance in direction k.
/// Cost        k³/6 for G, 6k³ a sweep of Jacobi for the indices.
/// Source      Fox, Monette, Generalized collinearity diagnostics, JASA 87 (1992), and car's <c>vif</c>; Belsley, Kuh, Welsch, Regression
///             Diagnostics (1980), §3.2.
/// Fails when  the condition number nears 2¹⁰⁰.
/// </remarks>
internal sealed class CollinearityMeasures
{
    private readonly DoubleDouble[][] _root;      // column k down to row k
    private readonly DoubleDouble[][] _inverse;   // the same of its inverse
    private readonly int _skipped;

    /// <param name="root">Columns of U, column k down to row k; the columns of X in any scale.</param>
    /// <param name="centered">Whether coefficient 0 is the intercept, and is to be left out: what is said is then of columns less their means.</param>
    public CollinearityMeasures(DoubleDouble[][] root, bool centered)
    {
        _skipped = centered ? 1 : 0;
        _root = [.. root.Skip(_skipped).Select(c => c[_skipped..])];
        _inverse = Invert(_root);
    }

    /// <summary>The generalized variance inflation factor of a set of coefficients; the variance inflation factor of one.</summary>
    /// <param name="coefficients">Their places among all, the intercept counted.</param>
    public double Inflation(IReadOnlyList<int> coefficients)
    {
        int[] places = [.. coefficients.Select(c => c - _skipped)];
        return (Determinant(places, OfCovariance) * Determinant(places, OfMoments)).High;
    }

    /// <summary>The directions of the scaled columns, the condition index growing.</summary>
    public ConditionDirection[] Directions()
    {
        int k = _root.Length;
        var columns = new DoubleDouble[k][];
        for (int j = 0; j < k; j++)
        {
            DoubleDouble length = DoubleDouble.Sqrt(OfMoments(j, j));
            columns[j] = new DoubleDouble[k];
            for (int i = 0; i <= j; i++)
            {
                columns[j][i] = _inverse[j][i] / length;
            }
        }
        (DoubleDouble[] values, DoubleDouble[][] vectors) = SingularValues.Of(columns, withVectors: true);
        var directions = new ConditionDirection[k];
        for (int d = 0; d < k; d++)
        {
            var shares = new double[k];
            for (int j = 0; j < k; j++)
            {
                DoubleDouble sum = 0;
                for (int m = 0; m < k; m++)
                {
                    sum += Square(vectors[m][j] / values[m]);
                }
                shares[j] = (Square(vectors[d][j] / values[d]) / sum).High;
            }
            directions[d] = new ConditionDirection((values[0] / values[d]).High, [.. vectors[d].Select(static v => v.High)], shares);
        }
        return directions;
    }

    private static DoubleDouble Square(DoubleDouble value) => value * value;

    /// <summary>(V)_ij = Σ U_ik U_jk.</summary>
    private DoubleDouble OfCovariance(int i, int j)
    {
        DoubleDouble sum = 0;
        for (int k = Math.Max(i, j); k < _root.Length; k++)
        {
            sum += _root[k][i] * _root[k][j];
        }
        return sum;
    }

    /// <summary>(V⁻¹)_ij = Σ G_ki G_kj.</summary>
    private DoubleDouble OfMoments(int i, int j)
    {
        DoubleDouble sum = 0;
        for (int k = 0; k <= Math.Min(i, j); k++)
        {
            sum += _inverse[i][k] * _inverse[j][k];
        }
        return sum;
    }

    private static DoubleDouble Determinant(int[] places, Func<int, int, DoubleDouble> entry)
    {
        var factor = new Cholesky<DoubleDouble>(places.Length, (i, j) => entry(places[i], places[j]));
        DoubleDouble product = 1;
        for (int j = 0; j < places.Length; j++)
        {
            product *= factor.Advance(j);
            factor.Accept(j);
        }
        return product;
    }

    /// <summary>The inverse of an upper triangular matrix, by its columns: U G = I, from the last row up.</summary>
    private static DoubleDouble[][] Invert(DoubleDouble[][] root)
    {
        var inverse = new DoubleDouble[root.Length][];
        for (int j = 0; j < inverse.Length; j++)
        {
            inverse[j] = new DoubleDouble[j + 1];
            inverse[j][j] = 1;
            for (int i = j; i >= 0; i--)
            {
                inverse[j][i] /= root[i][i];
                for (int r = 0; r < i; r++)
                {
                    inverse[j][r] -= root[i][r] * inverse[j][i];
                }
            }
        }
        return inverse;
    }
}

/// <summary>A direction of the columns scaled to length 1.</summary>
/// <param name="Index">Belsley's condition index: the largest singular value over this one.</param>
/// <param name="Vector">The unit vector v: Σ v_j · column_j/length_j is as small as the singular value. One number a coefficient (the intercept not, when centered).</param>
/// <param name="Shares">The share of each coefficient's variance that lies in this direction.</param>
internal sealed record ConditionDirection(double Index, IReadOnlyList<double> Vector, IReadOnlyList<double> Shares);
