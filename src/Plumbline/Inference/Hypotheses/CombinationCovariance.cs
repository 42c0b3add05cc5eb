using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The covariance of whole-number combinations of coefficients, without rounding from what a model holds: from a triangular root of the
/// classical covariance, which keeps twice the digits when coefficients hang together, or from a covariance matrix.
/// </summary>
internal abstract class CombinationCovariance
{
    /// <summary>A pivot of the matrix, scaled to a unit diagonal, that is not told from 0: what the stored numbers' 53 bits leave.</summary>
    public abstract double LeastPivot { get; }

    /// <summary>From V.</summary>
    public static CombinationCovariance Of(IReadOnlyList<IReadOnlyList<double>> covariance) => new FromMatrix(covariance);

    /// <summary>From σ² and the columns of an upper triangular U: V = σ²UUᵀ.</summary>
    public static CombinationCovariance OfRoot(double variance, IReadOnlyList<IReadOnlyList<double>> columns) => new FromRoot(variance, columns);

    /// <summary>Whether the variances of some coefficients are numbers.</summary>
    public abstract bool IsDefined(int coefficient);

    /// <summary>The covariances of all pairs of combinations; of a lower triangle, mirrored.</summary>
    public ExactValue[][] Of(IReadOnlyList<(int Coefficient, BigInteger Factor)[]> combinations)
    {
        Func<int, int, ExactValue> product = Products(combinations);
        var products = new ExactValue[combinations.Count][];
        for (int i = 0; i < products.Length; i++)
        {
            products[i] = new ExactValue[products.Length];
            for (int j = 0; j <= i; j++)
            {
                products[j][i] = products[i][j] = product(i, j);
            }
        }
        return products;
    }

    protected abstract Func<int, int, ExactValue> Products(IReadOnlyList<(int Coefficient, BigInteger Factor)[]> combinations);

    private sealed class FromMatrix(IReadOnlyList<IReadOnlyList<double>> covariance) : CombinationCovariance
    {
        public override double LeastPivot => 1e-14;

        public override bool IsDefined(int coefficient) => double.IsFinite(covariance[coefficient][coefficient]);

        protected override Func<int, int, ExactValue> Products(IReadOnlyList<(int Coefficient, BigInteger Factor)[]> combinations) => (a, b) =>
        {
            ExactValue sum = ExactValue.Zero;
            foreach ((int i, BigInteger f) in combinations[a])
            {
                foreach ((int j, BigInteger g) in combinations[b])
                {
                    sum += ExactValue.From(covariance[i][j]) * new ExactValue(f * g, 0);
                }
            }
            return sum;
        };
    }

    private sealed class FromRoot(double variance, IReadOnlyList<IReadOnlyList<double>> columns) : CombinationCovariance
    {
        public override double LeastPivot => 1e-28;

        public override bool IsDefined(int coefficient) => double.IsFinite(variance);

        protected override Func<int, int, ExactValue> Products(IReadOnlyList<(int Coefficient, BigInteger Factor)[]> combinations)
        {
            ExactValue[][] roots = [.. combinations.Select(Root)];
            ExactValue scale = ExactValue.From(variance);
            return (a, b) => roots[a].Zip(roots[b], static (x, y) => x * y).Aggregate(ExactValue.Zero, static (sum, p) => sum + p) * scale;
        }

        /// <summary>A row of R times U.</summary>
        private ExactValue[] Root((int Coefficient, BigInteger Factor)[] combination)
        {
            var root = new ExactValue[columns.Count];
            for (int k = 0; k < root.Length; k++)
            {
                foreach ((int i, BigInteger factor) in combination)
                {
                    root[k] += i <= k ? ExactValue.From(columns[k][i]) * new ExactValue(factor, 0) : ExactValue.Zero;
                }
            }
            return root;
        }
    }
}
