using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>
/// Tries settings of gradient descent and judges each on rows that took no part: the whole grid, random draws, or successive halving of either.
/// Method      all settings start from the same parameters, see the same orders of rows and are judged on the same rows, so that differences are
///             paired. Halving: with n settings and factor f, log_f(n) rounds; after each the best 1/f go on, trained anew for f times as many epochs.
/// Source      Bergstra, Bengio, JMLR 13 (2012) for random search; Jamieson, Talwalkar, AISTATS 2016 for halving.
/// </summary>
public static class HyperparameterSearch
{
    /// <summary>Searches.</summary>
    /// <param name="source">The rows; read twice for each formula, and held in memory: more than <see cref="TuningOptions.MemoryBytes"/> are refused.</param>
    /// <param name="space">What is tried.</param>
    /// <param name="options">How; null for <see cref="TuningOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction of trainings done.</param>
    /// <param name="hooks">What was trained before, and who keeps what is trained now; null for nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="GradientDescent.Train"/>; <c>option</c>: a value is out of its range; <c>too-many-rows</c>: they do not fit the memory allowed; <c>too-few-rows</c>: a part of the rows would be empty;
    /// <c>different-response</c>; <c>diverged</c>: every setting diverged; <c>checkpoint</c>: what is known is of other rows or options.
    /// </exception>
    public static TuningResult Run(
        IRowSource source,
        TuningSpace space,
        TuningOptions? options = null,
        IProgress<double>? progress = null,
        TuningHooks? hooks = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(space);
        options ??= TuningOptions.Default;
        options.Validate();
        space.Validate();
        TuningSetting[] settings = [.. options.Trials is { } count ? space.Draw(count, options.Seed) : space.Grid()];
        var data = new TuningData(space.Formulas, source, options, cancellation);
        TuningScorer scorer = data.Scorer(options.Score);
        var memory = new TuningMemory(data.Fingerprint, hooks ?? new TuningHooks());
        (int Settings, int Epochs)[] rounds = [.. Rounds(settings.Length, options)];
        var steps = new SteppedProgress(progress, rounds.Sum(static r => r.Settings));
        int[] running = [.. Enumerable.Range(0, settings.Length)];
        int[] epochs = new int[settings.Length];
        var losses = new double[]?[settings.Length];
        foreach ((int keep, int length) in rounds)
        {
            running = [.. running.OrderBy(n => scorer.Cost(losses[n])).ThenBy(static n => n).Take(keep)];
            Train(data, settings, running, length, options, losses, memory, steps, cancellation);
            foreach (int n in running)
            {
                epochs[n] = length;
            }
        }
        int best = running.MinBy(n => (scorer.Cost(losses[n]), n));
        if (losses[best] is not { } least)
        {
            throw new PlumblineException("diverged", $"Training diverged with every setting; the least learning rate was {settings.Min(static s => s.LearningRate)}. Try smaller ones.");
        }
        TuningTrial[] trials = [.. settings.Select((setting, n) =>
        {
            bool isCompared = epochs[n] == epochs[best] && losses[n] is not null;
            MonteCarlo excess = isCompared ? scorer.Excess(losses[n]!, least) : new MonteCarlo(double.NaN, double.NaN);
            MonteCarlo score = scorer.Score(losses[n]);
            return new TuningTrial
            {
                Number = n + 1,
                Setting = setting,
                Epochs = epochs[n],
                Loss = scorer.Loss(losses[n]),
                Score = score.Value,
                StandardError = score.StandardError,
                Excess = excess,
                IsNearBest = isCompared && excess.Value <= 2 * excess.StandardError,
            };
        })];
        double[] exact = data.ExactLosses(settings[best].Formula, TuningOptions.With(options.Descent, settings[best], 1));
        return new TuningResult
        {
            Options = options,
            Trials = trials,
            Best = trials[best],
            ExactLoss = data.Scorer(TuningScore.Loss).Score(exact),
            ExactScore = scorer.Score(exact),
            RowsJudged = data.Judged,
            RowsUsed = data.Count,
            Notes = [.. data.Notes(), .. TuningNotes.Of(space, trials, trials[best])],
        };
    }

    private static IEnumerable<(int Settings, int Epochs)> Rounds(int settings, TuningOptions options)
    {
        if (!options.Halving)
        {
            return [(settings, options.Epochs)];
        }
        int last = (int)Math.Floor((Math.Log(settings) / Math.Log(options.Factor)) + 1e-9);
        return Enumerable.Range(0, last + 1).Select(round => (
            Math.Max(1, (int)(settings / Math.Pow(options.Factor, round))),
            Math.Max(1, (int)(options.Epochs / Math.Pow(options.Factor, last - round)))));
    }

    private static void Train(
        TuningData data,
        TuningSetting[] settings,
        int[] running,
        int epochs,
        TuningOptions options,
        double[]?[] losses,
        TuningMemory memory,
        SteppedProgress steps,
        CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? -1 : options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(running, parallel, n =>
            {
                DescentOptions descent = TuningOptions.With(options.Descent with { Seed = options.Seed }, settings[n], epochs);
                losses[n] = memory.Of(settings[n], epochs, () => data.Losses(settings[n], descent, cancellation));
                steps.Step();
            });
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.InnerExceptions[0]);
        }
    }
}
