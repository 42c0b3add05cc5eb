namespace Plumbline.Numerics;

/// <summary>
/// The solution of A·x = c and the value y − c·x, modulo a prime.
/// Method      Gaussian elimination with any non-zero pivot.
/// Cost        p³/3 modular products of about 3 ns.
/// Fails when  the prime divides the determinant: null; the next prime will do.
/// </summary>
internal sealed record ModularSolution(PrimeField Field, ulong[] X, ulong Remainder)
{
    /// <summary>Solves; A symmetric, entries exact.</summary>
    public static ModularSolution? TrySolve(PrimeField field, ExactValue[][] matrix, ExactValue[] right, ExactValue square)
    {
        int p = matrix.Length;
        var rows = new ulong[p][];
        for (int i = 0; i < p; i++)
        {
            rows[i] = new ulong[p + 1];
            for (int j = 0; j < p; j++)
            {
                rows[i][j] = j < i ? rows[j][i] : field.From(matrix[i][j]);
            }
            rows[i][p] = field.From(right[i]);
        }
        ulong[] original = Array.ConvertAll(rows, row => row[p]);
        for (int k = 0; k < p; k++)
        {
            int pivot = Array.FindIndex(rows, k, row => row[k] != 0);
            if (pivot < 0)
            {
                return null;
            }
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            ulong inverse = field.Invert(rows[k][k]);
            ulong[] from = rows[k];
            for (int i = k + 1; i < p; i++)
            {
                if (rows[i][k] == 0)
                {
                    continue;
                }
                ulong factor = field.Multiply(rows[i][k], inverse);
                ulong[] to = rows[i];
                for (int j = k + 1; j <= p; j++)
                {
                    to[j] = field.Subtract(to[j], field.Multiply(factor, from[j]));
                }
            }
        }
        var x = new ulong[p];
        ulong remainder = field.From(square);
        for (int k = p - 1; k >= 0; k--)
        {
            ulong sum = rows[k][p];
            for (int j = k + 1; j < p; j++)
            {
                sum = field.Subtract(sum, field.Multiply(rows[k][j], x[j]));
            }
            x[k] = field.Multiply(sum, field.Invert(rows[k][k]));
            remainder = field.Subtract(remainder, field.Multiply(original[k], x[k]));
        }
        return new ModularSolution(field, x, remainder);
    }
}
