using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What a second look at the rows needs of a solution, at more than double precision: the estimates, and a triangular root of
/// the inverse of XᵀWX. In scaled units: column j stands for column · 2^−Powers[j], the response and the residuals for theirs · 2^−ResidualPower,
/// so that Σ w x̃ⱼ² and Σ w ẽ² lie in [¼, 1), and no square leaves the range of doubles.
/// </summary>
/// <param name="powers">The power of two of each kept column.</param>
/// <param name="residualPower">The power of two of the residuals.</param>
/// <param name="estimates">The estimates for the scaled columns and response.</param>
/// <param name="condition">The condition number of the columns scaled to unit length.</param>
/// <param name="root">Entry (i, k), i ≤ k, of the upper triangular U with UUᵀ = (X̃ᵀWX̃)⁻¹.</param>
internal sealed class LeastSquaresGeometry(int[] powers, int residualPower, DoubleDouble[] estimates, double condition, Func<int, int, ExactValue> root)
{
    /// <summary>How many coefficients.</summary>
    public int Count => powers.Length;

    /// <summary>The power of two of each kept column.</summary>
    public IReadOnlyList<int> Powers => powers;

    /// <summary>The power of two of the residuals.</summary>
    public int ResidualPower => residualPower;

    /// <summary>The estimates for the scaled columns and response.</summary>
    public IReadOnlyList<DoubleDouble> Estimates => estimates;

    /// <summary>The condition number of the columns scaled to unit length.</summary>
    public double Condition => condition;

    /// <summary>Columns of U, column k down to row k, rounded to a working precision.</summary>
    public T[][] Root<T>()
        where T : struct, IReal<T>
    {
        var columns = new T[Count][];
        for (int k = 0; k < columns.Length; k++)
        {
            columns[k] = new T[k + 1];
            for (int i = 0; i <= k; i++)
            {
                columns[k][i] = T.From(root(i, k));
            }
        }
        return columns;
    }

    /// <summary>
    /// For columns over norms, √N = value·2^power with a value from 1 to 2: their squares are down to a quarter of what was said above.
    /// </summary>
    public LeastSquaresGeometry Over(IReadOnlyList<(DoubleDouble Value, int Power)> roots) => roots.All(static r => r.Power == 0 && r.Value.High == 1 && r.Value.Low == 0)
        ? this
        : new LeastSquaresGeometry(
            [.. powers.Select((p, i) => p - roots[i].Power)],
            residualPower,
            [.. estimates.Select((b, i) => b * roots[i].Value)],
            condition,
            (i, k) => root(i, k) * roots[i].Value.ToExact());

    /// <summary>The e with 2^−2e · square in [¼, 1); 0 for 0.</summary>
    public static int PowerOf(ExactValue square) => square.IsZero ? 0 : (square.Magnitude + 2) >> 1;
}
