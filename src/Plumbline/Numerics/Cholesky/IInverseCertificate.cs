namespace Plumbline.Numerics;

/// <summary>What is proven about the inverse of a symmetric positive definite matrix A, whatever the precision it was found in.</summary>
internal interface IInverseCertificate
{
    /// <summary>An e with λ ≥ 2^e, λ the smallest eigenvalue of A.</summary>
    int SmallestEigenvaluePower { get; }

    /// <summary>‖E_j‖₂ of column j of E = I − A·S, an upper bound: how wrong column j of S is.</summary>
    double ColumnError(int j);

    /// <summary>An interval that holds (A⁻¹)_jj.</summary>
    ExactInterval Diagonal(int j);

    /// <summary>(A⁻¹)_ij, not proven; as good as <see cref="ColumnError"/> says.</summary>
    DoubleDouble Entry(int i, int j);

    /// <summary>(R⁻¹)_ik of the factor A = RᵀR, i ≤ k, not proven: column k of a triangular root of the inverse, A⁻¹ = R⁻¹R⁻ᵀ.</summary>
    ExactValue Root(int i, int k);

    /// <summary>S·r in working precision; r may have any scale.</summary>
    ExactValue[] Apply(ExactValue[] r);
}
