using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>
/// Whether an approximate inverse S of a symmetric matrix A is proven to be one by plain doubles: ‖I − A·S‖ below 10⁻⁵.
/// </summary>
/// <remarks>
/// Method      the bound of <see cref="InverseCertificate{T}"/>, with A and S rounded to doubles: |A_ij| ≤ 1, so that rounding
///             the two and the sums adds at most (p + 4)·2⁻⁵²·(1 + ‖s_j‖₁) to an entry of column j.
/// Cost        p³ multiply–adds in doubles, a tenth of what double-double takes.
/// Fails when  ‖S‖ is above some 10⁶: ask the wider certificate then.
/// </remarks>
internal static class PlainCertificate
{
    private const double Slack = 1 + 1e-9;
    private const double Unit = 1.0 / (1L << 52);
    private const double LargestError = 1e-5;

    /// <summary>Proves it or not.</summary>
    /// <param name="matrix">A, full.</param>
    /// <param name="inverse">S, full and symmetric, rounded.</param>
    public static bool Holds(DoubleDouble[][] matrix, double[][] inverse)
    {
        int p = inverse.Length;
        var largest = new double[p];
        var row = new double[p];
        for (int i = 0; i < p; i++)
        {
            Array.Clear(row);
            row[i] = 1;
            for (int k = 0; k < p; k++)
            {
                SubtractProduct(row, matrix[i][k].High, inverse[k]);
            }
            for (int j = 0; j < p; j++)
            {
                largest[j] = Math.Max(largest[j], Math.Abs(row[j]));
            }
        }
        double total = 0;
        for (int j = 0; j < p; j++)
        {
            double sum = 0;
            foreach (double value in inverse[j])
            {
                sum += Math.Abs(value);
            }
            double norm = Slack * Math.Sqrt(p) * (largest[j] + (Slack * (p + 4) * Unit * (1 + sum)));
            total += norm * norm;
        }
        return Slack * Math.Sqrt(total) < LargestError;
    }

    private static void SubtractProduct(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        int n = 0;
        for (; n <= y.Length - Vector<double>.Count; n += Vector<double>.Count)
        {
            (new Vector<double>(y[n..]) - (new Vector<double>(x[n..]) * a)).CopyTo(y[n..]);
        }
        for (; n < y.Length; n++)
        {
            y[n] -= a * x[n];
        }
    }
}
