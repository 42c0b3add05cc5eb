namespace Plumbline.Numerics;

/// <summary>
/// Factors a symmetric positive definite matrix, column by column: A = RᵀR on the columns accepted, and R⁻¹ beside it.
/// The caller sees each pivot before the column enters, and may skip the column; a pivot that is not positive is
/// data, not an exception.
/// </summary>
/// <remarks>
/// Method      row j of R: (A_j· − Σ_k R_kj R_k·)/√d_j with d_j the pivot; column j of R⁻¹: v_j/√d_j with
///             v_j = e_j − Σ_k R_kj w_k over the earlier columns w_k of R⁻¹. So v_j = (−g, 1), where g are the
///             least-squares coefficients of column j on those accepted before, and d_j = v_jᵀ A v_j.
/// Cost        p³/6 multiply–adds for R and p³/6 for R⁻¹, all in rows: y ← y − a·x. A column that is skipped costs k²/2, with k
///             columns accepted before it: its row of R is only made when it is accepted.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §10.1 and §14.2.
/// Fails when  a pivot is not positive: <see cref="Advance"/> returns it, and the column must be skipped.
/// </remarks>
/// <param name="size">p.</param>
/// <param name="entry">A_ij; asked for j ≥ i only, once for the diagonal and once more when column i is accepted.</param>
internal sealed class Cholesky<T>(int size, Func<int, int, T> entry)
    where T : struct, IReal<T>
{
    /// <summary>For a matrix that is there.</summary>
    public Cholesky(T[][] matrix)
        : this(matrix.Length, (i, j) => matrix[i][j])
    {
    }

    private readonly List<int> _kept = [];
    private readonly T[]?[] _factor = new T[size][];      // row k of R from column k on
    private readonly T[]?[] _inverse = new T[size][];     // column k of R⁻¹, down to row k
    private readonly T[] _pivot = new T[1];
    private T[] _direction = [];

    /// <summary>The columns accepted, in order.</summary>
    public IReadOnlyList<int> Kept => _kept;

    /// <summary>v_j of the column looked at last: length j + 1, last entry 1, entries of skipped columns 0.</summary>
    public ReadOnlySpan<T> Direction => _direction;

    /// <summary>Row k of R, from column k on; the column must have been accepted.</summary>
    public ReadOnlySpan<T> FactorRow(int k) => _factor[k];

    /// <summary>Column k of R⁻¹, rows 0 … k.</summary>
    public ReadOnlySpan<T> InverseColumn(int k) => _inverse[k];

    /// <summary>Factors all columns; the index of the first pivot that is not positive, or −1.</summary>
    public int FactorAll()
    {
        for (int j = 0; j < size; j++)
        {
            if (!(Advance(j).ToDouble() > 0))
            {
                return j;
            }
            Accept(j);
        }
        return -1;
    }

    /// <summary>Computes the pivot d_j of column j against the columns accepted so far.</summary>
    public T Advance(int j)
    {
        _pivot[0] = entry(j, j);
        _direction = new T[j + 1];
        _direction[j] = T.From(1);
        foreach (int k in _kept)
        {
            T[] factor = _factor[k]!;
            T coefficient = factor[j - k];
            T.SubtractProduct(_pivot, coefficient, factor.AsSpan(j - k));
            T.SubtractProduct(_direction.AsSpan(0, k + 1), coefficient, _inverse[k]);
        }
        return _pivot[0];
    }

    /// <summary>Takes the column that <see cref="Advance"/> just looked at into the factor.</summary>
    public void Accept(int j)
    {
        var row = new T[size - j];
        for (int m = 1; m < row.Length; m++)
        {
            row[m] = entry(j, j + m);
        }
        foreach (int k in _kept)
        {
            T[] factor = _factor[k]!;
            T.SubtractProduct(row.AsSpan(1), factor[j - k], factor.AsSpan(j - k + 1));
        }
        T root = T.Sqrt(_pivot[0]);
        T scale = T.From(1) / root;
        row[0] = root;
        for (int m = 1; m < row.Length; m++)
        {
            row[m] *= scale;
        }
        for (int m = 0; m < _direction.Length; m++)
        {
            _direction[m] *= scale;
        }
        _factor[j] = row;
        _inverse[j] = _direction;
        _kept.Add(j);
    }

    /// <summary>A⁻¹ = R⁻¹R⁻ᵀ, full and exactly symmetric; rows and columns of skipped columns are 0. p³/6 multiply–adds.</summary>
    public T[][] Inverse()
    {
        var inverse = new T[size][];
        for (int i = 0; i < size; i++)
        {
            inverse[i] = new T[size];
        }
        foreach (int k in _kept)
        {
            T[] column = _inverse[k]!;
            for (int i = 0; i <= k; i++)
            {
                T.SubtractProduct(inverse[i].AsSpan(0, i + 1), -column[i], column);
            }
        }
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                inverse[j][i] = inverse[i][j];
            }
        }
        return inverse;
    }
}
