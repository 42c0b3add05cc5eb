using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What is known of the errors of ridge coefficients for a given λ. Their bias is not in it, nor that λ was chosen.
/// </summary>
/// <remarks>
/// Method      with A = (R + L)⁻¹, R the correlations and L the diagonal of penalties: sampling covariance σ²/W·A·R·A = σ²/W·(A − A·L·A), posterior
///             covariance σ²/W·A; σ² = RSS/(n − intercept − tr(2H − H²)), H = R·A in place of the matrix that takes the response to the fit.
///             The intercept is ȳ − Σ m·β: its variance is σ²/W + mᵀ·cov·m, m the means.
/// Cost        p³/3 multiply–adds in double-double, and p².
/// Source      Hoerl, Kennard, Technometrics 12 (1970); Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., §3.4.1, §7.6.
/// Fails when  no degree of freedom is left: NaN. λ = 0 with aliased columns: an exception.
/// </remarks>
public sealed record RidgeErrors
{
    /// <summary>The names of the coefficients, the intercept first when there is one.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The standard deviation of each estimate over samples; 0 for columns that do not vary.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>
    /// The standard deviation of each coefficient given the data, when the penalty is read as independent normal priors with variance σ²/(nλ); of the
    /// intercept with a flat prior. The estimates are the most probable values then.
    /// </summary>
    public required IReadOnlyList<double> PosteriorDeviations { get; init; }

    /// <summary>σ̂.</summary>
    public required double Sigma { get; init; }

    /// <summary>n − intercept − tr(2H − H²).</summary>
    public required double DfResidual { get; init; }

    internal static RidgeErrors Of(PenalizedProblem problem, ColumnLimits limits, double lambda, double rss)
    {
        var penalty = UnitPenalty.Of(problem, limits, lambda, 0);
        if (!penalty.IsSmooth)
        {
            throw new PlumblineException("option", "Coefficients have bounds: then ridge estimates have no simple errors.");
        }
        int p = problem.Count;
        var factor = new Cholesky<DoubleDouble>(p, (i, j) => i == j ? DoubleDouble.From(1) + penalty.Squares[i] : problem.Gram[i][j]);
        if (factor.FactorAll() >= 0)
        {
            throw new PlumblineException("option", "Columns depend on one another and λ is 0: coefficients have no errors then. Give λ above 0.");
        }
        DoubleDouble[][] posterior = factor.Inverse(), sampling = new DoubleDouble[p][];
        DoubleDouble trace = DoubleDouble.From(p);      // of 2H − H² = I − LALA
        for (int i = 0; i < p; i++)
        {
            sampling[i] = new DoubleDouble[p];
            for (int j = 0; j < p; j++)
            {
                DoubleDouble sum = posterior[i][j];
                for (int k = 0; k < p; k++)
                {
                    sum -= posterior[i][k] * penalty.Squares[k] * posterior[k][j];
                }
                sampling[i][j] = sum;
                trace -= penalty.Squares[i] * posterior[i][j] * penalty.Squares[j] * posterior[j][i];
            }
        }
        double df = problem.Observations - (problem.HasIntercept ? 1 : 0) - trace.High;
        double sigma = df > 0 ? Math.Sqrt(rss / df) : double.NaN;
        return new RidgeErrors
        {
            Names = problem.Names,
            StandardErrors = problem.DeviationsToData(sampling, sigma),
            PosteriorDeviations = problem.DeviationsToData(posterior, sigma),
            Sigma = sigma,
            DfResidual = df,
        };
    }
}
