namespace Plumbline;

/// <summary>Where the error of a prediction comes from: bias, variance, noise.</summary>
public static class BiasVariance
{
    /// <summary>
    /// Against a known truth: learners are trained on many training sets drawn from it, and MSE = bias² + variance + noise is taken apart at
    /// points and on average. All learners see the same training sets.
    /// </summary>
    /// <param name="truth">The truth.</param>
    /// <param name="learners">What is compared: a family by degree, by λ, a line and a network.</param>
    /// <param name="options">How; null for <see cref="BiasVarianceOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">
    /// <c>option</c>, <c>shape</c>: an option does not fit; <c>too-few-rows</c>: a training set cannot tell so many coefficients;
    /// <c>infinite-value</c>: the truth or a prediction is not finite; <c>diverged</c>: a network did.
    /// </exception>
    public static BiasVarianceResult OfTruth(
        KnownTruth truth,
        IReadOnlyList<Learner> learners,
        BiasVarianceOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(learners);
        options ??= BiasVarianceOptions.Default;
        options.Validate(truth);
        if (learners.Count == 0)
        {
            throw new PlumblineException("option", "There is no learner to judge. Name at least one, such as Learner.Polynomial(1).");
        }
        foreach (int rows in options.Rows)
        {
            foreach (Learner learner in learners)
            {
                learner.RequireRows(rows, truth.Dimensions);
            }
        }
        var steps = new SteppedProgress(progress, options.Rows.Count * learners.Count * options.Sets);
        var raw = new List<(BiasVariancePart Part, double[] Errors)>();
        foreach (int rows in options.Rows)
        {
            var simulation = new TruthSimulation(truth, options, rows);
            raw.AddRange(learners.Select(learner => simulation.Judge(learner, steps, cancellation)));
        }
        BiasVariancePart[] parts = Compare(raw);
        return new BiasVarianceResult { Options = options, Parts = parts, Best = parts.MinBy(static p => p.MeanSquaredError.Value)! };
    }

    /// <summary>
    /// On data: formulas are fitted to resampled rows and judged on the others. A row has one response, so bias² and noise cannot be told
    /// apart: expected loss = (bias² + noise) + variance, as mlxtend's <c>bias_variance_decomp</c> defines it. The variance is that of training
    /// on samples of these rows; how another sample of the world would differ is beyond what the rows can say.
    /// </summary>
    /// <param name="source">The rows; read twice for each formula, and held in memory: more than <see cref="ResamplingOptions.MemoryBytes"/> are refused.</param>
    /// <param name="learners">What is compared, see <see cref="FormulaLearner.OverDegree"/>; all have one response.</param>
    /// <param name="options">How; null for <see cref="ResamplingOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>, and
    /// <c>different-response</c>, <c>too-few-rows</c>, <c>too-many-rows</c> (for the memory allowed), <c>option</c>.
    /// </exception>
    public static ResampledResult OfData(
        IRowSource source,
        IReadOnlyList<FormulaLearner> learners,
        ResamplingOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        RequireLearners(learners);
        options ??= ResamplingOptions.Default;
        options.Validate();
        FormulaRows[] rows = DataResampling.Read(learners, source, options.Fit, options.MemoryBytes, cancellation);
        return OfData(source, learners, rows, ResamplingPlan.Of(options, rows[0].Numbers.Length), options, progress, cancellation);
    }

    /// <summary>The same with training sets that are given.</summary>
    internal static ResampledResult OfData(
        IRowSource source,
        IReadOnlyList<FormulaLearner> learners,
        FormulaRows[] rows,
        ResamplingPlan plan,
        ResamplingOptions options,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var steps = new SteppedProgress(progress, learners.Count * (long)plan.Rounds);
        (ResampledPart Part, double[] Losses)[] raw =
            [.. learners.Zip(rows, (learner, own) => DataResampling.Judge(learner, own, plan, options.Threads, steps, cancellation))];
        (ResampledPart best, double[] least) = raw.MinBy(static p => p.Part.ExpectedLoss.Value);
        double? complexityOfBest = learners[Array.FindIndex(raw, p => ReferenceEquals(p.Part, best))].Complexity;
        ResampledPart[] parts = [.. raw.Select((item, n) =>
        {
            ResampledPart part = item.Part;
            FitVerdict verdict = Verdicts.Of(
                item.Losses, least, part.BiasAndNoise.Value - best.BiasAndNoise.Value, part.Variance.Value - best.Variance.Value, learners[n].Complexity - complexityOfBest);
            return part with { Excess = Verdicts.Excess(item.Losses, least), Verdict = verdict };
        })];
        return new ResampledResult
        {
            Options = options,
            Response = rows[0].Model.Response,
            Source = source.Name,
            RowsUsed = rows[0].Numbers.Length,
            TestRows = plan.Test(0).Length,
            Parts = parts,
            Best = parts[Array.FindIndex(raw, p => ReferenceEquals(p.Part, best))],
            Notes = [.. ResamplingNotes.Of(rows, parts, plan.Rounds)],
        };
    }

    private static void RequireLearners(IReadOnlyList<FormulaLearner> learners)
    {
        ArgumentNullException.ThrowIfNull(learners);
        if (learners.Count == 0)
        {
            throw new PlumblineException("option", "There is no learner to judge. Give at least one formula.");
        }
        foreach (FormulaLearner learner in learners)
        {
            learner.Validate();
        }
    }

    private static BiasVariancePart[] Compare(List<(BiasVariancePart Part, double[] Errors)> raw)
    {
        (BiasVariancePart best, double[] least) = raw.MinBy(static p => p.Part.MeanSquaredError.Value);
        return [.. raw.Select(item =>
        {
            (BiasVariancePart part, double[] errors) = item;
            return part with
            {
                Excess = Verdicts.Excess(errors, least),
                Verdict = Verdicts.Of(errors, least, part.BiasSquared.Value - best.BiasSquared.Value, part.Variance.Value - best.Variance.Value),
            };
        })];
    }
}
