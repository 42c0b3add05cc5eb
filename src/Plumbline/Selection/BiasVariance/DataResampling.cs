using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>Trains formulas on resampled rows and takes their error on the others apart.</summary>
internal static class DataResampling
{
    /// <summary>Reads the rows that all formulas can use.</summary>
    /// <exception cref="PlumblineException">Responses differ (<c>different-response</c>), no row is left (<c>no-rows</c>), or they do not fit the memory (<c>too-many-rows</c>).</exception>
    public static FormulaRows[] Read(IReadOnlyList<FormulaLearner> learners, IRowSource source, FitOptions fit, long memory, CancellationToken cancellation)
    {
        var read = new Dictionary<string, FormulaRows>(StringComparer.Ordinal);
        foreach (FormulaLearner learner in learners)
        {
            if (!read.ContainsKey(learner.Formula))
            {
                read.Add(learner.Formula, FormulaRows.Read(learner.Formula, source, fit, read.Values.Sum(static r => r.NumbersHeld), memory, cancellation));
            }
        }
        FormulaRows first = read[learners[0].Formula];
        foreach ((string formula, FormulaRows rows) in read)
        {
            if (Meaning(rows.Model) != Meaning(first.Model))
            {
                throw new PlumblineException(
                    "different-response",
                    $"The formulas {FormulaError.Code(learners[0].Formula)} and {FormulaError.Code(formula)} have different responses or offsets, so their errors cannot be compared. Give them the same.");
            }
        }
        HashSet<long> common = [.. first.Numbers];
        foreach (FormulaRows rows in read.Values)
        {
            common.IntersectWith(rows.Numbers);
        }
        if (common.Count == 0)
        {
            throw new PlumblineException("no-rows", "No row has all the values that every formula needs.");
        }
        return [.. learners.Select(learner => read[learner.Formula].Keep(common))];
    }

    /// <summary>One learner.</summary>
    public static (ResampledPart Part, double[] Losses) Judge(
        FormulaLearner learner, FormulaRows rows, ResamplingPlan plan, int threads, SteppedProgress progress, CancellationToken cancellation)
    {
        int size = learner.Rows ?? plan.TrainingRows;
        if (size > plan.TrainingRows)
        {
            throw new PlumblineException("too-few-rows", $"{learner.ShownName}: a training set of {size} rows was asked for, and {plan.TrainingRows} are left to train on. Ask for fewer.");
        }
        if (learner.Lambda > 0 && !rows.Model.HasIntercept)
        {
            throw new PlumblineException("option", $"{learner.ShownName}: a penalty with a formula without intercept is not supported. Leave the intercept in, or take λ = 0.");
        }
        var test = new int[plan.Rounds][];
        var predicted = new double[plan.Rounds][];
        var deficient = new bool[plan.Rounds];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, plan.Rounds, parallel, round =>
            {
                test[round] = plan.Test(round);
                (predicted[round], deficient[round]) = Predict(rows, plan.Training(round, size), test[round], learner.Lambda);
                progress.Step();
            });
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.InnerExceptions[0]);
        }
        HeldOutPredictions.Sums sums = new HeldOutPredictions(rows.Response, rows.Weights, test, predicted).Decompose(rows.Numbers);
        double loss = sums.Losses.Average(), variance = sums.Spreads.Average(), parts = sums.Bias + variance;
        var part = new ResampledPart
        {
            Learner = learner.ShownName,
            Formula = learner.Formula,
            Lambda = learner.Lambda,
            TrainingRows = size,
            ExpectedLoss = new MonteCarlo(loss, PredictionTable.ErrorOfMean(sums.Losses)),
            BiasAndNoise = new MonteCarlo(sums.Bias, sums.ErrorOfBias),
            Variance = new MonteCarlo(variance, PredictionTable.ErrorOfMean(sums.Spreads)),
            IdentityGap = loss == 0 ? parts : Math.Abs(loss - parts) / loss,
            Deficient = deficient.Count(static d => d),
            Excess = default,
            Verdict = FitVerdict.NearBest,
            Rows = sums.Rows,
        };
        return (part, sums.Losses);
    }

    private static (double[] Predicted, bool Deficient) Predict(FormulaRows rows, int[] training, int[] test, double lambda)
    {
        double[][] columns = Array.ConvertAll(rows.Columns, column => Array.ConvertAll(training, i => column[i]));
        double[]? weights = rows.Weights is { } all ? Array.ConvertAll(training, i => all[i]) : null;
        var factor = DenseLeastSquares.Factor(columns, training.Length, rows.Model.HasIntercept, lambda, weights);
        double[] coefficients = factor.Solve(Array.ConvertAll(training, i => rows.Response[i]));
        double[] predicted = new double[test.Length];
        for (int n = 0; n < test.Length; n++)
        {
            double sum = coefficients[0];
            for (int j = 0; j < columns.Length; j++)
            {
                sum += coefficients[j + 1] * rows.Columns[j][test[n]];
            }
            predicted[n] = sum;
        }
        return (predicted, factor.Rank < columns.Length);
    }

    private static (string, string) Meaning(LinearModel model) => (model.Design!.Response, string.Join('+', model.Design.Offsets));
}
