using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A covariance, and what went into it.</summary>
/// <param name="Covariance">The covariance and the Wald statistic.</param>
/// <param name="Details">Its factor and clusters.</param>
internal sealed record RobustFound(SandwichResult Covariance, CovarianceDetails Details);

/// <summary>From the sums of a second look at the rows, wherever it was made, to the covariance with its factors, degrees of freedom and notes.</summary>
/// <param name="solution">The fit.</param>
/// <param name="origin">Where the model came from.</param>
/// <param name="asked">The covariance asked for.</param>
internal sealed class RobustAssembly(LeastSquaresSolution solution, ModelOrigin origin, CovarianceOptions asked)
{
    private readonly LeastSquaresGeometry _geometry = solution.Geometry;

    /// <summary>What the reader should know.</summary>
    public List<Note> Notes { get; } = [];

    /// <summary>Indices of the coefficients that the Wald statistic tests.</summary>
    public int[] Tested { get; } = [.. Enumerable.Range(0, solution.Rank).Where(i => !(origin.HasIntercept && solution.Kept[i] == 0))];

    /// <summary>How many rows the fit has, or with frequency weights stands for.</summary>
    public double Rows => solution.Statistics.Rows;

    /// <summary>The sandwich of one sum, times n/(n − k) or not.</summary>
    /// <param name="sum">Entry (i, j) of the middle, for the data's columns and scaled residuals.</param>
    /// <param name="isFactored">Whether it is times n/(n − k).</param>
    /// <param name="divisor">What the sum is over.</param>
    public RobustFound Factored(Func<int, int, ExactValue> sum, bool isFactored, double divisor = 1)
    {
        double numerator = isFactored ? Rows : 1, denominator = isFactored ? solution.Statistics.DfResidual : 1;
        var details = new CovarianceDetails { Factor = numerator / denominator, FactorFormula = isFactored ? "n/(n − k)" : null };
        return new RobustFound(denominator == 0 ? Undefined() : Sandwich.OfSums(_geometry, [new SandwichPart(sum, numerator, denominator * divisor)], Tested), details);
    }

    /// <summary>The sandwich of the scores of clusters.</summary>
    /// <param name="totals">For each way, and last for the intersection of two, the middle and how many clusters there are.</param>
    /// <exception cref="PlumblineException">Code <c>one-cluster</c>.</exception>
    public RobustFound Clustered(IReadOnlyList<(Func<int, int, ExactValue> Sum, long Clusters)> totals)
    {
        IReadOnlyList<string> columns = asked.Clusters;
        string[] names = columns.Count == 1 ? [columns[0]] : [columns[0], columns[1], $"{columns[0]} × {columns[1]}"];
        ClusterCount[] counts = [.. names.Zip(totals, static (name, total) => new ClusterCount(name, total.Clusters))];
        foreach (ClusterCount way in counts.Take(columns.Count))
        {
            if (way.Count < 2)
            {
                throw new PlumblineException(
                    "one-cluster",
                    $"{Schema.Shown(way.Column)} has one value only in the rows used, and errors are compared between clusters. Name a column with many values, or use HC3.")
                {
                    Column = way.Column,
                };
            }
        }
        Notes.AddRange(RobustChecks.Few(counts.Take(columns.Count)));
        bool isFactored = asked.Estimator == CovarianceEstimator.CR1;
        SandwichPart[] parts =
        [
            .. totals.Select((total, t) =>
            {
                double g = total.Clusters, sign = t == 2 ? -1 : 1;
                return new SandwichPart(total.Sum, sign * (isFactored ? g * (Rows - 1) : 1), isFactored ? (g - 1) * solution.Statistics.DfResidual : 1);
            }),
        ];
        var details = new CovarianceDetails
        {
            Factor = !isFactored ? 1 : parts.Length == 1 ? parts[0].Numerator / parts[0].Denominator : double.NaN,
            FactorFormula = isFactored ? "G/(G − 1)·(n − 1)/(n − k)" : null,
            Clusters = counts,
        };
        return new RobustFound(solution.Statistics.DfResidual == 0 ? Undefined() : Sandwich.OfSums(_geometry, parts, Tested), details);
    }

    /// <summary>Degrees of freedom and notes.</summary>
    public RobustResult Complete(RobustFound found)
    {
        SandwichResult covariance = found.Covariance;
        (double df, double dfF, string formula) = CovarianceDegrees.Of(asked, solution.Statistics.DfResidual, found.Details.Clusters);
        if (solution.Statistics.DfResidual == 0)
        {
            covariance = Undefined();
        }
        else if (solution.Statistics.IsExactFit)
        {
            covariance = covariance with { Wald = solution.Statistics.F };
        }
        else if (!covariance.IsPositive)
        {
            Notes.Add(new Note("negative-variance", "Clustering two ways gave a negative variance, whose standard error is not defined: V_a + V_b − V_ab need not be positive. Cluster one way, or use fewer coefficients."));
        }
        else if (double.IsNaN(covariance.Wald) && Tested.Length > 0)
        {
            Notes.Add(new Note("singular-covariance", "The covariance of the coefficients is singular, or not positive: F is not defined. It takes more clusters (or rows) than coefficients."));
        }
        return new RobustResult(covariance, found.Details with { Kind = asked.ToString(), Convention = asked.Convention, DfFormula = formula }, df, dfF, Notes);
    }

    /// <summary>No covariance.</summary>
    public SandwichResult Undefined()
    {
        var nothing = new double[_geometry.Count][];
        for (int i = 0; i < nothing.Length; i++)
        {
            nothing[i] = new double[_geometry.Count];
            Array.Fill(nothing[i], double.NaN);
        }
        return new SandwichResult(nothing, nothing.Length == 0 ? [] : nothing[0], double.NaN, true);
    }
}
