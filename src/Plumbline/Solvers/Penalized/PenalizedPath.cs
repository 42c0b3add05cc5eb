using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The fits of a path, one after the other: each starts from the one before.
/// Method: from the fit before, moved on as if no coefficient entered or left, coordinate descent finds which coefficients are not 0, the active set solves for them; <see cref="CoordinateDescent"/>, <see cref="ActiveSet"/>.
/// </summary>
internal static class PenalizedPath
{
    private const double LeastAlphaOfChoice = 1e-3;     // as glmnet: ridge has no largest λ

    /// <summary>Works out all steps.</summary>
    /// <param name="problem">The least-squares problem.</param>
    /// <param name="limits">Penalty factors and bounds.</param>
    /// <param name="options">λ and α.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    public static RegularizationPath Solve(PenalizedProblem problem, ColumnLimits limits, PathOptions options, CancellationToken cancellation = default)
    {
        double largest = LargestLambda(problem, limits, options.Alpha);
        double[] lambdas = options.Lambdas is { } given ? [.. given.OrderDescending()] : Chosen(problem, largest, options);
        var steps = new List<PathStep>(lambdas.Length);
        var descent = new CoordinateDescent(problem);
        var active = new ActiveSet(problem);
        var aliased = new AliasedUnpenalized(problem);
        var penalties = new UnitPenalties(problem, limits, options.Alpha);
        double[] u = new double[problem.Count];
        foreach (double lambda in lambdas)
        {
            cancellation.ThrowIfCancellationRequested();
            UnitPenalty penalty = penalties.At(lambda);
            if (lambda == 0 && penalty.IsSmooth)
            {
                steps.Add(problem.LeastSquares());
                continue;
            }
            if (!penalty.IsSmooth)
            {
                active.Predict(penalty, u);
                descent.Descend(penalty, u);
            }
            active.Solve(penalty, u, aliased.Of(penalty));
            for (int j = 0; j < u.Length; j++)
            {
                u[j] = active.U[j].High;
            }
            steps.Add(Step(problem, penalty, active, lambda));
        }
        return new RegularizationPath
        {
            Names = problem.Names,
            Options = options,
            HasIntercept = problem.HasIntercept,
            Observations = problem.Observations,
            Weight = problem.Weights.High,
            ResponseDeviation = problem.ResponseDeviation,
            Tss = problem.Tss,
            LargestLambda = largest,
            Steps = steps,
            Constant = problem.Constant,
        };
    }

    /// <summary>The least λ at which no penalized coefficient enters.</summary>
    private static double LargestLambda(PenalizedProblem problem, ColumnLimits limits, double alpha)
    {
        var penalty = UnitPenalty.OfUnpenalized(problem, limits);
        var active = new ActiveSet(problem);
        active.Solve(penalty, new double[problem.Count], new AliasedUnpenalized(problem).Of(penalty));
        double largest = 0;
        for (int j = 0; j < problem.Count; j++)
        {
            double factor = limits.Factors[problem.Columns[j] - 1], slope = active.Gradient[j].High;
            bool mayMove = slope > 0 ? penalty.Upper[j].Sign > 0 : penalty.Lower[j].Sign < 0;
            if (factor > 0 && mayMove)
            {
                largest = Math.Max(largest, Math.Abs(slope) / (factor * problem.Ratios[j].High));
            }
        }
        return largest * problem.ResponseScale.High / Math.Max(alpha, LeastAlphaOfChoice);
    }

    private static double[] Chosen(PenalizedProblem problem, double largest, PathOptions options)
    {
        if (largest == 0)
        {
            return [0];         // no coefficient is penalized, or none may move
        }
        double ratio = options.Ratio ?? (problem.Observations < problem.Count ? 1e-2 : 1e-4);
        double last = Math.Max(1, options.Count - 1);
        return [.. Enumerable.Range(0, options.Count).Select(k => k == 0 ? largest : largest * Math.Pow(ratio, k / last))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PathStep Step(PenalizedProblem problem, UnitPenalty penalty, ActiveSet active, double lambda)
    {
        // 1 − 2rᵀu + uᵀRu = 1 − rᵀu − uᵀg
        DoubleDouble residual = DoubleDouble.From(1);
        int nonZero = 0;
        for (int j = 0; j < active.U.Length; j++)
        {
            residual -= active.U[j] * (problem.Cross[j] + active.Gradient[j]);
            nonZero += active.U[j].Sign == 0 ? 0 : 1;
        }
        residual = residual.Sign < 0 || residual.High < 1e-28 ? default : residual;
        double df = active.DegreesOfFreedom();
        DoubleDouble rss = residual * problem.ResponseScale * problem.ResponseScale * problem.Weights;
        (double aic, double bic) = Criteria(problem, rss, df);
        return new PathStep
        {
            Lambda = lambda,
            Coefficients = problem.ToData(active.U),
            NonZero = nonZero,
            Df = df,
            DualityGap = DualityGap.Of(penalty, active, residual),
            Rss = rss.High,
            RSquared = (DoubleDouble.From(1) - residual).High,
            Aic = aic,
            Bic = bic,
        };
    }

    /// <summary>−2 log L + 2k and + k·log n, for k = df, the intercept and σ; as <see cref="FitStatistics"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Aic, double Bic) Criteria(PenalizedProblem problem, DoubleDouble rss, double df)
    {
        if (rss.Sign == 0)
        {
            return (double.NaN, double.NaN);
        }
        DoubleDouble n = DoubleDouble.From(problem.Observations), logN = problem.Logarithms.OfObservations;
        DoubleDouble minusTwice = (n * (problem.Logarithms.OfNormal + (DoubleDouble.Log(rss) - logN))) - DoubleDouble.From(problem.SumLogWeights);
        DoubleDouble parameters = DoubleDouble.From(df + (problem.HasIntercept ? 2 : 1));
        return ((minusTwice + parameters + parameters).High, (minusTwice + (parameters * logN)).High);
    }

    /// <summary>Of the columns without a penalty those that others without one determine: nothing would make them unique.</summary>
    private sealed class AliasedUnpenalized(PenalizedProblem problem)
    {
        private int[] _columns = [];
        private HashSet<int> _aliased = [];

        public HashSet<int> Of(UnitPenalty penalty)
        {
            int[] columns = [.. Enumerable.Range(0, problem.Count).Where(j => penalty.Lengths[j].Sign == 0 && penalty.Squares[j].Sign == 0)];
            if (!columns.AsSpan().SequenceEqual(_columns))
            {
                _columns = columns;
                _aliased = problem.Aliased(columns);
            }
            return _aliased;
        }
    }
}
