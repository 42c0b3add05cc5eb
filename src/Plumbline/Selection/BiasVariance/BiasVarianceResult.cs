namespace Plumbline;

/// <summary>An estimate by simulation.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, from the spread among training sets; 0 for what is known.</param>
public readonly record struct MonteCarlo(double Value, double StandardError);

/// <summary>What is the matter with a learner, when anything is.</summary>
public enum FitVerdict
{
    /// <summary>Its error cannot be told from the least among those compared.</summary>
    NearBest,

    /// <summary>It is worse than the best, and mostly by bias: too simple.</summary>
    Underfits,

    /// <summary>It is worse than the best, and mostly by variance: too complex for so few rows.</summary>
    Overfits,
}

/// <summary>Bias and variance at a point.</summary>
public sealed record BiasVariancePoint
{
    /// <summary>The point.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>f(x).</summary>
    public required double Truth { get; init; }

    /// <summary>The mean prediction over training sets.</summary>
    public required double MeanPrediction { get; init; }

    /// <summary>(mean prediction − f)².</summary>
    public required double BiasSquared { get; init; }

    /// <summary>The variance of the predictions: the mean of their squared distances to their mean.</summary>
    public required double Variance { get; init; }

    /// <summary>σ²(x).</summary>
    public required double Noise { get; init; }

    /// <summary>The mean of (prediction − f)², and σ²: what a new response is missed by, squared.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>The closed form here; null where there is none.</summary>
    public ClosedForm? ClosedForm { get; init; }
}

/// <summary>Bias and variance by formula, without simulation: a linear smoother on a fixed design.</summary>
/// <param name="BiasSquared">(Sf − f)², averaged.</param>
/// <param name="Variance">Σᵢ sᵢ²σ²(xᵢ), averaged: σ²·tr(SSᵀ)/n at the points of the design.</param>
/// <param name="MeanSquaredError">Both and the noise.</param>
public sealed record ClosedForm(double BiasSquared, double Variance, double MeanSquaredError);

/// <summary>The error of one learner on training sets of one size, in its parts: MSE = bias² + variance + noise.</summary>
public sealed record BiasVariancePart
{
    /// <summary>The learner's name.</summary>
    public required string Learner { get; init; }

    /// <summary>Rows of a training set.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// (mean prediction − f)², averaged over the points. The mean of finitely many sets is off by chance, which adds about
    /// variance/sets; <see cref="BiasSquaredCorrected"/> has it taken away.
    /// </summary>
    public required MonteCarlo BiasSquared { get; init; }

    /// <summary>The variance of predictions over training sets, averaged over the points.</summary>
    public required MonteCarlo Variance { get; init; }

    /// <summary>σ²(x), averaged over the points: known, so without error.</summary>
    public required double Noise { get; init; }

    /// <summary>The mean squared error of predicting a new response, computed by itself, not from its parts.</summary>
    public required MonteCarlo MeanSquaredError { get; init; }

    /// <summary>An unbiased estimate of bias²; by chance it may be below 0.</summary>
    public required double BiasSquaredCorrected { get; init; }

    /// <summary>The mean squared difference from fresh responses, one a point and training set: the same error, seen from outside.</summary>
    public required MonteCarlo ObservedError { get; init; }

    /// <summary>The mean square of the noise in those responses: near <see cref="Noise"/>.</summary>
    public required double ObservedNoise { get; init; }

    /// <summary>2·(noise · error of prediction), averaged: near 0, as fresh noise knows nothing of the training set.</summary>
    public required double ObservedCross { get; init; }

    /// <summary>
    /// The larger of |MSE − (bias² + variance + noise)|/MSE and the same of the observed error, whose parts are bias², variance, observed noise
    /// and cross term. Rounding only.
    /// </summary>
    public required double IdentityGap { get; init; }

    /// <summary>Bias and variance by formula; null where there is none.</summary>
    public required ClosedForm? ClosedForm { get; init; }

    /// <summary>How much larger the error is than the least in the result, compared set by set.</summary>
    public required MonteCarlo Excess { get; init; }

    /// <summary>What that means.</summary>
    public required FitVerdict Verdict { get; init; }

    /// <summary>Point by point.</summary>
    public required IReadOnlyList<BiasVariancePoint> Points { get; init; }
}

/// <summary>Bias and variance against a known truth.</summary>
public sealed record BiasVarianceResult
{
    /// <summary>How it was done.</summary>
    public required BiasVarianceOptions Options { get; init; }

    /// <summary>For each size of training sets, in their order, each learner, in its order.</summary>
    public required IReadOnlyList<BiasVariancePart> Parts { get; init; }

    /// <summary>The part with the least mean squared error.</summary>
    public required BiasVariancePart Best { get; init; }
}
