using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Decides exactly whether a column is a combination of kept ones, where no working precision can tell.
/// </summary>
/// <remarks>
/// Method      with rows and columns scaled to integers, Z = det of the kept columns' moments bordered by the new column's is
///             an integer, 0 exactly when the column depends on them, and below 2^B (Hadamard, and what is known of its
///             distance). Z = 0 if N distinct primes above 2⁶¹ divide it and 61·N ≥ B. Factors modulo each prime
///             (<see cref="ModularFactor"/>) grow with the kept columns and are kept for the next question.
/// Cost        k²/2 modular products a prime and question for k kept columns, and k³/6 a prime once.
/// Fails when  so many primes would take too long: see <see cref="ExactDecision"/>.
/// </remarks>
internal sealed class DependenceTest(ScaledColumns columns)
{
    private readonly List<ModularFactor> _factors = [];
    private int[]? _powers;                      // f_i + g_i: of the two scalings of row and column i
    private int _nextPrime;

    /// <summary>Whether column <paramref name="j"/> depends on the kept ones.</summary>
    /// <param name="kept">Kept columns; since the last question only new ones have been added.</param>
    /// <param name="j">The column.</param>
    /// <param name="distance">No less than the squared distance d of the column, as scaled, from the span of the kept ones.</param>
    public bool Decide(IReadOnlyList<int> kept, int j, double distance)
    {
        _powers ??= Powers();
        int bits = Math.ILogB(Math.Max(distance, double.Epsilon)) + 1 - _powers[j];
        foreach (int k in kept)
        {
            bits += columns[k, k].Magnitude + 1 - _powers[k];
        }
        int primes = ExactDecision.PrimesFor(bits, kept.Count);
        for (int n = 0; n < primes; n++)
        {
            while (n == _factors.Count || !_factors[n].TryExtend(kept))
            {
                // A new prime: the list is too short, or this one divides the determinant of the kept columns.
                if (n < _factors.Count)
                {
                    _factors.RemoveAt(n);
                }
                _factors.Insert(n, new ModularFactor(PrimeField.Get(_nextPrime++), columns));
            }
            if (!_factors[n].IsDependent(j))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Powers of two that make integers of rows (f) and then of columns (g) of all candidates: f_i + g_i for each.</summary>
    private int[] Powers()
    {
        int p = columns.Count;
        var rows = new int[p];
        for (int i = 0; i < p; i++)
        {
            rows[i] = Lowest(i, null);
        }
        var sums = new int[p];
        for (int j = 0; j < p; j++)
        {
            sums[j] = rows[j] + Lowest(j, rows);     // column j is row j: A is symmetric
        }
        return sums;
    }

    private int Lowest(int row, int[]? taken)
    {
        int lowest = int.MaxValue;
        for (int j = 0; j < columns.Count; j++)
        {
            if (columns.Exponent(row, j) is { } exponent)
            {
                lowest = Math.Min(lowest, exponent - (taken is null ? 0 : taken[j]));
            }
        }
        return lowest == int.MaxValue ? 0 : lowest;
    }
}
