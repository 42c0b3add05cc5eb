namespace Plumbline.Numerics;

/// <summary>
/// Singular values and right singular vectors of a matrix given by its columns, in double-double.
/// Method      one-sided Jacobi: pairs of columns are turned until all are orthogonal; their lengths are the singular values. The small
///             ones are as accurate, relative to themselves, as the columns' scaling allows: κ·2⁻¹⁰⁰, not κ²·2⁻¹⁰⁰.
/// Cost        6·m·k² double-double operations a sweep (k columns of length m), about ten sweeps.
/// Source      Demmel, Veselić, Jacobi's method is more accurate than QR, SIAM J. Matrix Anal. Appl. 13 (1992).
/// Fails when  columns are not finite: NaN comes out. Columns shorter than 2⁻¹⁰⁰ of the longest count as 0.
/// </summary>
internal static class SingularValues
{
    private const double Orthogonal = 1e-30;
    private const double NothingSquared = 1e-60;
    private const int MostSweeps = 60;

    /// <summary>The singular values, the largest first, and vector k (length k columns) that belongs to value k.</summary>
    /// <param name="columns">The columns; they are overwritten.</param>
    /// <param name="withVectors">Whether the vectors are wanted; they are empty otherwise.</param>
    public static (DoubleDouble[] Values, DoubleDouble[][] Vectors) Of(DoubleDouble[][] columns, bool withVectors)
    {
        int k = columns.Length;
        DoubleDouble[][] turned = withVectors ? Identity(k) : [];
        var squares = new DoubleDouble[k];
        for (int sweep = 0, turns = 1; turns > 0 && sweep < MostSweeps; sweep++)
        {
            turns = 0;
            double longest = 0;
            for (int j = 0; j < k; j++)
            {
                squares[j] = Dot(columns[j], columns[j]);
                longest = Math.Max(longest, squares[j].High);
            }
            for (int p = 0; p < k - 1; p++)
            {
                for (int q = p + 1; q < k; q++)
                {
                    if (Math.Min(squares[p].High, squares[q].High) <= NothingSquared * longest)
                    {
                        continue;
                    }
                    DoubleDouble cross = Dot(columns[p], columns[q]);
                    if (Math.Abs(cross.High) > Orthogonal * Math.Sqrt(squares[p].High) * Math.Sqrt(squares[q].High))
                    {
                        turns++;
                        Turn(columns, turned, squares, cross, p, q);
                    }
                }
            }
        }
        int[] order = [.. Enumerable.Range(0, k).OrderByDescending(j => squares[j].High)];
        return ([.. order.Select(j => DoubleDouble.Sqrt(squares[j]))], withVectors ? [.. order.Select(j => turned[j])] : []);
    }

    private static void Turn(DoubleDouble[][] columns, DoubleDouble[][] turned, DoubleDouble[] squares, DoubleDouble cross, int p, int q)
    {
        DoubleDouble zeta = (squares[q] - squares[p]) / (cross + cross);
        DoubleDouble size = zeta.Sign < 0 ? -zeta : zeta;
        DoubleDouble tangent = 1 / (size + DoubleDouble.Sqrt((size * size) + 1));
        tangent = zeta.Sign < 0 ? -tangent : tangent;
        DoubleDouble cosine = 1 / DoubleDouble.Sqrt((tangent * tangent) + 1);
        Rotate(columns[p], columns[q], cosine, cosine * tangent);
        if (turned.Length > 0)
        {
            Rotate(turned[p], turned[q], cosine, cosine * tangent);
        }
        squares[p] -= tangent * cross;
        squares[q] += tangent * cross;
    }

    private static void Rotate(DoubleDouble[] x, DoubleDouble[] y, DoubleDouble cosine, DoubleDouble sine)
    {
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble a = x[i], b = y[i];
            x[i] = (cosine * a) - (sine * b);
            y[i] = (sine * a) + (cosine * b);
        }
    }

    private static DoubleDouble Dot(DoubleDouble[] x, DoubleDouble[] y)
    {
        DoubleDouble sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static DoubleDouble[][] Identity(int size)
    {
        var columns = new DoubleDouble[size][];
        for (int j = 0; j < size; j++)
        {
            columns[j] = new DoubleDouble[size];
            columns[j][j] = 1;
        }
        return columns;
    }
}
