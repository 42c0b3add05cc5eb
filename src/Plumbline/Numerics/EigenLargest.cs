using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>
/// The largest eigenvalue of a symmetric positive semidefinite matrix.
/// Method      Lanczos with full reorthogonalization from a fixed start; the largest eigenvalue of the tridiagonal
///             matrix by bisection (Sturm counts). It stops when four steps in a row gain less than 1e-13.
/// Cost        p² a step, rarely more than some dozens.
/// Source      Golub, Van Loan, Matrix Computations, 4th ed., §8.4 and §10.1–10.3.
/// Fails when  the start has no part in the wanted direction, which rounding cures and a scrambled start avoids.
/// </summary>
internal static class LargestEigenvalue
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(double[][] matrix)
    {
        int p = matrix.Length;
        var basis = new List<double[]>();
        var diagonal = new List<double>();
        var beside = new List<double>();
        double[] q = Start(p);
        double best = 0;
        int still = 0;
        for (int step = 0; step < p; step++)
        {
            basis.Add(q);
            double[] next = Multiply(matrix, q);
            diagonal.Add(Dot(q, next));
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] known in basis)
                {
                    double part = Dot(known, next);
                    for (int i = 0; i < p; i++)
                    {
                        next[i] -= part * known[i];
                    }
                }
            }
            double value = LargestOfTridiagonal(diagonal, beside);
            still = value - best <= 1e-13 * value ? still + 1 : 0;
            best = Math.Max(best, value);
            double norm = Math.Sqrt(Dot(next, next));
            if (still == 4 || !(norm > 1e-14 * best))
            {
                break;
            }
            beside.Add(norm);
            q = Array.ConvertAll(next, x => x / norm);
        }
        return best;
    }

    private static double[] Start(int p)
    {
        var q = new double[p];
        ulong state = 0x9E3779B97F4A7C15;
        for (int i = 0; i < p; i++)
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            q[i] = 0.5 + ((state >> 11) * (1.0 / (1UL << 53)));
            q[i] = (state & (1UL << 60)) == 0 ? q[i] : -q[i];
        }
        double norm = Math.Sqrt(Dot(q, q));
        return Array.ConvertAll(q, x => x / norm);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Multiply(double[][] matrix, double[] x)
    {
        var result = new double[x.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Dot(matrix[i], x);
        }
        return result;
    }

    /// <summary>Four partial sums, so that one addition need not wait for the other; the same bits on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        while (a.Length >= 4 && b.Length >= 4)
        {
            s0 += a[0] * b[0];
            s1 += a[1] * b[1];
            s2 += a[2] * b[2];
            s3 += a[3] * b[3];
            a = a[4..];
            b = b[4..];
        }
        for (int i = 0; i < a.Length; i++)
        {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double LargestOfTridiagonal(List<double> diagonal, List<double> beside)
    {
        double high = 0;
        for (int i = 0; i < diagonal.Count; i++)
        {
            high = Math.Max(high, diagonal[i] + (i > 0 ? beside[i - 1] : 0) + (i < diagonal.Count - 1 ? beside[i] : 0));
        }
        double low = diagonal.Max();
        for (int step = 0; step < 60 && high - low > 1e-16 * high; step++)
        {
            double middle = 0.5 * (low + high);
            if (HasEigenvalueAbove(diagonal, beside, middle))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /// <summary>Whether a pivot of T − x·I is positive (Sylvester's law of inertia).</summary>
    private static bool HasEigenvalueAbove(List<double> diagonal, List<double> beside, double x)
    {
        double pivot = diagonal[0] - x;
        for (int i = 1; i < diagonal.Count && pivot <= 0; i++)
        {
            pivot = diagonal[i] - x - (beside[i - 1] * beside[i - 1] / (pivot == 0 ? -1e-300 : pivot));
        }
        return pivot > 0;
    }
}
