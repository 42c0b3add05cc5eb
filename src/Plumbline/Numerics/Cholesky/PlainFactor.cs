using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>
/// Solves equations with a symmetric positive definite matrix in plain doubles: what a refinement in wider numbers starts from, and
/// corrects itself by. Its memory is used again by the next factorization.
/// </summary>
/// <remarks>
/// Method      A = RᵀR, row by row, as <see cref="Cholesky{T}"/>; the transpose of R is kept beside it, so that both substitutions run along
///             rows. Elements never mix, and y − a·x is fused: the same bits at every width of vectors.
/// Cost        p³/6 multiply–adds, then p² a solution.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §10.1 and §12 (refinement).
/// Fails when  a pivot is below the limit asked for: false.
/// </remarks>
internal sealed class PlainFactor
{
    private const int Alignment = 8;        // rows are filled up to a multiple of every width

    private double[] _upper = [];           // row k of R from column k on; before it numbers that nobody reads
    private double[] _lower = [];           // row k of Rᵀ up to column k, the diagonal's reciprocal in its place
    private double[] _vector = [];
    private int _stride;

    /// <summary>p of the last matrix.</summary>
    public int Size { get; private set; }

    /// <summary>Factors a matrix; false when a pivot is not above <paramref name="leastPivot"/>.</summary>
    /// <param name="rows">Rows of a larger symmetric matrix.</param>
    /// <param name="chosen">Which rows and columns of it are taken, ascending.</param>
    /// <param name="extra">What the diagonal has more, for each row of the larger matrix.</param>
    /// <param name="leastPivot">0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Factor(double[][] rows, ReadOnlySpan<int> chosen, ReadOnlySpan<double> extra, double leastPivot)
    {
        Reserve(chosen.Length);
        for (int j = 0; j < chosen.Length; j++)
        {
            double[] source = rows[chosen[j]];
            Span<double> row = _upper.AsSpan(j * _stride, _stride);
            row.Clear();
            for (int m = j; m < chosen.Length; m++)
            {
                row[m] = source[chosen[m]];
            }
            row[j] += extra[chosen[j]];
            int first = j / Alignment * Alignment;
            for (int k = 0; k < j; k++)
            {
                SubtractProduct(row[first..], _upper[(k * _stride) + j], _upper.AsSpan((k * _stride) + first));
            }
            double pivot = row[j];
            if (!(pivot > leastPivot))
            {
                return false;
            }
            double scale = 1 / Math.Sqrt(pivot);
            for (int m = j; m < chosen.Length; m++)
            {
                double value = row[m] * scale;
                row[m] = value;
                _lower[(m * _stride) + j] = value;
            }
            _lower[(j * _stride) + j] = scale;
        }
        return true;
    }

    /// <summary>b ← A⁻¹b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(Span<double> b)
    {
        Span<double> x = _vector.AsSpan(0, _stride);
        b[..Size].CopyTo(x);
        for (int k = 0; k < Size; k++)
        {
            double value = x[k] * _lower[(k * _stride) + k];
            int first = k / Alignment * Alignment;
            SubtractProduct(x[first..], value, _upper.AsSpan((k * _stride) + first));
            b[k] = value;                   // x[k] is done with, as is what stands before it
        }
        b[..Size].CopyTo(x);
        for (int k = Size - 1; k >= 0; k--)
        {
            double value = x[k] * _lower[(k * _stride) + k];
            SubtractProduct(x[..Math.Min(_stride, (k + Alignment - 1) / Alignment * Alignment)], value, _lower.AsSpan(k * _stride));
            b[k] = value;
        }
    }

    /// <summary>y ← y − a·x; y's length is a multiple of every width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractProduct(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double source = ref MemoryMarshal.GetReference(x[..y.Length]);
        var minus = new Vector<double>(-a);
        for (nuint n = 0; n < (nuint)y.Length; n += (nuint)Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(minus, Vector.LoadUnsafe(ref source, n), Vector.LoadUnsafe(ref target, n)).StoreUnsafe(ref target, n);
        }
    }

    private void Reserve(int size)
    {
        Size = size;
        _stride = (size + Alignment - 1) / Alignment * Alignment;
        if (_upper.Length < size * _stride)
        {
            _upper = new double[checked(size * _stride)];
            _lower = new double[_upper.Length];
            _vector = new double[_stride];
        }
        _vector.AsSpan().Clear();
    }
}
