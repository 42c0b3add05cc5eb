using System.Globalization;

namespace Plumbline;

/// <summary>
/// Least squares on powers of each coordinate, or ridge.
/// Method      without penalty the basis is Chebyshev's on the range of the training set: the same functions, far better told apart than powers
///             are. With a penalty the powers themselves, whose size the penalty is about. <see cref="DenseLeastSquares"/>.
/// Fails when  a training set has too few different values: code <c>too-few-rows</c>.
/// </summary>
internal sealed class PolynomialLearner(int degree, double lambda) : Learner(NameOf(degree, lambda))
{
    internal override void RequireRows(int rows, int dimensions)
    {
        int columns = 1 + (degree * dimensions);
        if (lambda == 0 && columns > rows)
        {
            throw new PlumblineException(
                "too-few-rows", $"{Name} has {columns} coefficients, and a training set has {rows} rows. Take a lower degree, more rows, or a penalty λ above 0.");
        }
    }

    internal override void Predict(TrainingSet set, double[][] at, Span<double> predictions, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Basis basis = BasisOf((double[][])set.Points);
        double[] coefficients = Factor((double[][])set.Points, basis).Solve((double[])set.Responses);
        double[] features = new double[coefficients.Length - 1];
        for (int j = 0; j < at.Length; j++)
        {
            basis.Features(at[j], features);
            double sum = coefficients[0];
            for (int k = 0; k < features.Length; k++)
            {
                sum += coefficients[k + 1] * features[k];
            }
            predictions[j] = sum;
        }
    }

    internal override double[][] Smoother(double[][] design, double[][] at)
    {
        Basis basis = BasisOf(design);
        DenseLeastSquares factor = Factor(design, basis);
        double[] features = new double[degree * design[0].Length];
        return Array.ConvertAll(at, x =>
        {
            basis.Features(x, features);
            return factor.Smoother(features);
        });
    }

    private static string NameOf(int degree, double lambda) =>
        lambda == 0 ? $"degree {degree}" : string.Create(CultureInfo.InvariantCulture, $"degree {degree}, lambda {lambda}");

    private DenseLeastSquares Factor(double[][] points, Basis basis)
    {
        int p = degree * points[0].Length;
        var columns = new double[p][];
        for (int j = 0; j < p; j++)
        {
            columns[j] = new double[points.Length];
        }
        double[] features = new double[p];
        for (int i = 0; i < points.Length; i++)
        {
            basis.Features(points[i], features);
            for (int j = 0; j < p; j++)
            {
                columns[j][i] = features[j];
            }
        }
        var factor = DenseLeastSquares.Factor(columns, points.Length, intercept: true, lambda);
        return lambda > 0 || factor.Rank == p ? factor : throw new PlumblineException(
            "too-few-rows",
            $"{Name} needs {p + 1} coefficients, and a training set of {points.Length} rows tells only {factor.Rank + 1} apart: x takes too few different values. Take a lower degree, more rows, or a penalty λ above 0.");
    }

    private Basis BasisOf(double[][] points)
    {
        int dimensions = points[0].Length;
        double[] middle = new double[dimensions], half = new double[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            double low = points.Min(x => x[d]), high = points.Max(x => x[d]);
            middle[d] = low + ((high - low) / 2);
            half[d] = high > low ? (high - low) / 2 : 1;
        }
        return new Basis(degree, lambda == 0, middle, half);
    }

    private sealed class Basis(int degree, bool chebyshev, double[] middle, double[] half)
    {
        public void Features(double[] x, Span<double> features)
        {
            for (int d = 0; d < x.Length; d++)
            {
                Span<double> own = features.Slice(d * degree, degree);
                double t = chebyshev ? (x[d] - middle[d]) / half[d] : x[d];
                double before = 1, value = t;
                for (int k = 0; k < degree; k++)
                {
                    own[k] = value;
                    (before, value) = (value, chebyshev ? (2 * t * value) - before : value * t);
                }
            }
        }
    }
}
