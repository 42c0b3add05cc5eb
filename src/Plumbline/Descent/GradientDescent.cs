using System.Collections.Immutable;

namespace Plumbline;

/// <summary>What is asked for beside the trained coefficients.</summary>
public sealed record TrainingHooks
{
    /// <summary>Told how far it is, some times a second.</summary>
    public IProgress<DescentProgress>? Progress { get; init; }

    /// <summary>Given a checkpoint after every epoch, and when it is canceled.</summary>
    public Action<DescentCheckpoint>? Save { get; init; }

    /// <summary>Where to go on from; null to start anew.</summary>
    public DescentCheckpoint? From { get; init; }
}

/// <summary>A trained model, how it got there, and the exact fit that it was on its way to.</summary>
/// <param name="Model">The model with the trained coefficients. It has no standard errors: these belong to the exact fit.</param>
/// <param name="Exact">The exact least-squares fit of all rows, validation rows included.</param>
/// <param name="Moments">The exact moments of the training rows, over the model's columns: for <see cref="LossSurface"/>.</param>
public sealed record Trained(LinearModel Model, LinearModel Exact, Moments Moments);

/// <summary>Trains linear models by gradient descent: the front door.</summary>
public static class GradientDescent
{
    /// <summary>Trains by minibatches, on data of any size: rows that do not fit in memory are read anew each epoch.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>; categories, <c>poly</c> and the rest as for a fit.</param>
    /// <param name="source">The rows. They are read at least three times, so it cannot be a pipe.</param>
    /// <param name="options">How; null for <see cref="DescentOptions.Default"/>.</param>
    /// <param name="hooks">Progress, checkpoints; null for none.</param>
    /// <param name="cancellation">Stops it between two minibatches; a checkpoint is saved.</param>
    /// <exception cref="PlumblineException">As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>, and <c>checkpoint</c>.</exception>
    public static (Trained Trained, DescentResult Descent) Train(
        string formula, IRowSource source, DescentOptions? options = null, TrainingHooks? hooks = null, CancellationToken cancellation = default)
    {
        options ??= DescentOptions.Default;
        options.Validate();
        hooks ??= new TrainingHooks();
        LinearModel exact = LinearRegression.Fit(formula, source, null, null, cancellation);
        using DescentData data = Read(exact, source, options, cancellation);
        data.Hold();
        using var descent = new MinibatchDescent(data, exact.HasIntercept ? 0 : -1, options) { Progress = hooks.Progress, Save = hooks.Save };
        DescentResult result = descent.Run(hooks.From, cancellation);
        DescentPoint end = options.Patience > 0 && result.BestEpoch > 0 ? result.Trace.First(p => p.Epoch == result.BestEpoch) : result.Trace[^1];
        var details = new TrainingDetails(
            DescentWords.Of(options.Optimizer), DescentWords.Of(options.Loss), options.Batch, result.LearningRate, result.Trace[^1].Epoch, options.Seed, options.Standardize,
            result.TrainingRows, result.ValidationRows, DescentWords.Of(result.Stopped), end.ExcessLoss ?? double.NaN);
        return (new Trained(With(exact, result.Coefficients, details), exact, data.Moments), result);
    }

    /// <summary>Trains by full batches, from moments: a step costs nothing that grows with the rows.</summary>
    /// <param name="formula">As above.</param>
    /// <param name="source">The rows, read twice.</param>
    /// <param name="options">How; null for <see cref="BatchDescentOptions.Default"/>.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="PlumblineException">As above.</exception>
    public static (Trained Trained, BatchDescentResult Descent) TrainBatch(
        string formula, IRowSource source, BatchDescentOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= BatchDescentOptions.Default;
        options.Validate();
        LinearModel exact = LinearRegression.Fit(formula, source, null, null, cancellation);
        using DescentData data = Read(exact, source, new DescentOptions { Batch = 1, Standardize = options.Standardize }, cancellation);
        BatchDescentResult result = BatchDescent.Run(data.Moments, options, exact.HasIntercept, cancellation);
        var details = new TrainingDetails(
            DescentWords.Of(options.Method), DescentWords.Of(DescentLoss.Squared), data.TrainingRows, result.LearningRate, result.Trace[^1].Step, options.Seed, options.Standardize,
            data.TrainingRows, 0, DescentWords.Of(result.Stopped), result.Trace[^1].ExcessLoss);
        return (new Trained(With(exact, result.Coefficients, details), exact, data.Moments), result);
    }

    private static DescentData Read(LinearModel exact, IRowSource source, DescentOptions options, CancellationToken cancellation)
    {
        FittedDesign design = exact.Design ?? throw new InvalidOperationException("A fit of a formula has a design.");
        return DescentData.Read(
            () => new ModelRows(design, source).Read(null, cancellation), [.. exact.Coefficients.Select(static c => c.Name)], exact.HasIntercept, options);
    }

    private static LinearModel With(LinearModel exact, IReadOnlyList<DescentCoefficient> coefficients, TrainingDetails details)
    {
        const double none = double.NaN;
        Dictionary<string, double> trained = coefficients.ToDictionary(static c => c.Name, static c => c.Estimate, StringComparer.Ordinal);
        ImmutableArray<double> unknown = [.. exact.Coefficients.Select(static _ => none)];
        string[] absent = [.. exact.Coefficients.Select(static c => c.Name).Where(name => !trained.ContainsKey(name))];
        return exact with
        {
            Coefficients = [.. exact.Coefficients.Select(c => c with
            {
                Estimate = trained.GetValueOrDefault(c.Name),
                StandardError = none,
                T = none,
                P = none,
                Lower = none,
                Upper = none,
                Digits = null,
                StandardErrorDigits = null,
            })],
            Covariance = [.. exact.Coefficients.Select(_ => unknown)],
            InverseRoot = [],
            Rss = none,
            Sigma = none,
            RSquared = none,
            AdjustedRSquared = none,
            F = exact.F with { Value = none, P = none },
            LogLikelihood = none,
            Aic = none,
            Bic = none,
            Training = details,
            Notes =
            [
                .. exact.Notes,
                new Note("trained", $"The coefficients were trained by gradient descent ({details.Optimizer}, {details.Epochs} epochs) and are not the least-squares fit: they have no standard errors and no proven digits."),
                .. absent.Select(static name => new Note("aliased-in-training", $"Among the rows trained on, {FormulaError.Code(name)} is determined by the columns before it: it has no effect of its own and counts as 0.")),
            ],
        };
    }
}
