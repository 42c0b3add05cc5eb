namespace Plumbline.Numerics;

/// <summary>
/// An approximate inverse S of a symmetric positive definite matrix A, and what is proven about it.
/// With E = I − A·S and ‖E‖ below 1, the smallest eigenvalue of A is at least (1 − ‖E‖)/‖S‖, so that a residual
/// r = c − A·x bounds the error of x: ‖x − A⁻¹c‖ ≤ ‖r‖/λ.
/// </summary>
/// <remarks>
/// Method      S from Cholesky; E computed in the same arithmetic, its rounding bounded by
///             (p + 4)·DotUnit·(1 + ‖s_j‖₁) in column j, because |A_ij| ≤ 1.
/// Cost        p³ multiply–adds for E, p³/2 for S.
/// Source      Rump, Verification methods, Acta Numerica 19 (2010), §10; the diagonal's bound is quadratic:
///             (A⁻¹)_jj − (s_jj + s_jᵀE_j) = E_jᵀA⁻¹E_j ∈ [0, ‖E_j‖²/λ].
/// Fails when  the matrix is not positive definite to working precision, or ‖E‖ is not small: null is returned.
/// </remarks>
internal sealed class InverseCertificate<T> : IInverseCertificate
    where T : struct, IReal<T>
{
    private const double Slack = 1 + 1e-9;       // covers the rounding of the bounds themselves
    private const double Floor = 1e-290;         // bounds never underflow

    private const double LargestError = 1e-5;    // of ‖E‖: refinement then gains 16 bits a step

    private readonly double[] _columnNorm;       // ‖E_j‖₂, an upper bound
    private readonly double[] _columnRounding;   // |δE_ij| for every i, an upper bound
    private readonly T[][] _error;
    private readonly Cholesky<T>? _factor;
    private readonly double _smallest;           // lower bound of λ as a double; 0 when out of range

    private InverseCertificate(Cholesky<T>? factor, T[][] inverse, T[][] error, double[] columnNorm, double[] columnRounding, double smallest)
    {
        _factor = factor;
        Inverse = inverse;
        _error = error;
        _columnNorm = columnNorm;
        _columnRounding = columnRounding;
        SmallestEigenvaluePower = Math.ILogB(smallest);
        _smallest = smallest;
    }

    /// <summary>S.</summary>
    public T[][] Inverse { get; }

    /// <inheritdoc/>
    public int SmallestEigenvaluePower { get; }

    /// <inheritdoc/>
    public double ColumnError(int j) => _columnNorm[j];

    /// <summary>Factors, inverts and certifies; null when that is not possible at this precision.</summary>
    /// <param name="matrix">A, full, |A_ij| ≤ 1, each entry within a relative 2^−Bits of the true one.</param>
    public static InverseCertificate<T>? TryCreate(T[][] matrix)
    {
        var factor = new Cholesky<T>(matrix);
        return factor.FactorAll() >= 0 ? null : TryCreate(matrix, factor.Inverse(), factor);
    }

    /// <summary>Certifies an approximate inverse; null when that is not possible at this precision.</summary>
    /// <param name="matrix">A, full, |A_ij| ≤ 1, each entry within a relative 2^−Bits of the true one.</param>
    /// <param name="inverse">S, full and symmetric.</param>
    /// <param name="factor">Of all columns of A, for <see cref="Root"/>; null when nobody will ask for that.</param>
    public static InverseCertificate<T>? TryCreate(T[][] matrix, T[][] inverse, Cholesky<T>? factor = null)
    {
        int p = matrix.Length;
        var error = new T[p][];
        for (int i = 0; i < p; i++)
        {
            error[i] = new T[p];
            error[i][i] = T.From(1);
            for (int k = 0; k < p; k++)
            {
                T.SubtractProduct(error[i], matrix[i][k], inverse[k]);
            }
        }

        double unit = Math.Max(Floor, (p + 4) * T.DotUnit);
        var columnNorm = new double[p];
        var columnRounding = new double[p];
        double frobenius = 0, alpha = 0;
        for (int j = 0; j < p; j++)
        {
            double sum = 0, squares = 0, largest = 0;
            for (int i = 0; i < p; i++)
            {
                double s = Math.Abs(inverse[i][j].ToDouble()) * (1 + 1e-15);
                sum += s;
                squares += s * s;
                largest = Math.Max(largest, Math.Abs(error[i][j].ToDouble()));
            }
            frobenius += squares;
            columnRounding[j] = Slack * unit * (1 + sum);
            columnNorm[j] = Slack * Math.Sqrt(p) * (largest + columnRounding[j] + Floor);
            alpha += columnNorm[j] * columnNorm[j];
        }
        alpha = Slack * Math.Sqrt(alpha);
        double smallest = (1 - alpha) / (Slack * Math.Sqrt(frobenius));
        if (!(alpha < LargestError) || !(smallest > 0))
        {
            return null;
        }
        return new InverseCertificate<T>(factor, inverse, error, columnNorm, columnRounding, smallest);
    }

    /// <inheritdoc/>
    public ExactInterval Diagonal(int j)
    {
        int p = Inverse.Length;
        T q = Inverse[j][j];
        double sum = 0;
        for (int i = 0; i < p; i++)
        {
            q += Inverse[i][j] * _error[i][j];
            sum += Math.Abs(Inverse[i][j].ToDouble());
        }
        // The rounding of E enters through s_jᵀδE_j; the sum above errs by p + 2 units of at most s_jj + ‖s_j‖₁·‖E_j‖.
        double unit = Math.ScaleB(1, -Math.Min(T.Bits, 900));
        double rounding = Slack * ((sum * _columnRounding[j]) + ((p + 2) * unit * (Inverse[j][j].ToDouble() + (sum * _columnNorm[j]))));
        double quadratic = (Slack * _columnNorm[j] * _columnNorm[j] / _smallest) + Floor;
        ExactValue value = q.ToExact();
        return new ExactInterval(value - ExactValue.From(rounding), value + ExactValue.From(rounding + quadratic));
    }

    /// <inheritdoc/>
    public ExactValue[] Apply(ExactValue[] r)
    {
        int power = r.Max(value => value.Magnitude);
        if (power == int.MinValue)
        {
            return new ExactValue[r.Length];
        }
        T[] scaled = Array.ConvertAll(r, value => T.From(value.Scale(-power)));
        var result = new ExactValue[r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            T sum = T.From(0);
            for (int j = 0; j < r.Length; j++)
            {
                sum += Inverse[i][j] * scaled[j];
            }
            result[i] = sum.ToExact().Scale(power);
        }
        return result;
    }

    /// <inheritdoc/>
    public ExactValue Root(int i, int k) => (_factor ?? throw new InvalidOperationException("The certificate has no factor.")).InverseColumn(k)[i].ToExact();

    /// <inheritdoc/>
    public DoubleDouble Entry(int i, int j)
    {
        T value = Inverse[i][j];
        double high = value.ToDouble();
        return new DoubleDouble(high, (value - T.From(high)).ToDouble());
    }
}
