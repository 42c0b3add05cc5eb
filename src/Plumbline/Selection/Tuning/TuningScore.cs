namespace Plumbline;

/// <summary>What settings are judged by, on rows that took no part. Training itself is by squared loss.</summary>
public enum TuningScore
{
    /// <summary>The mean of ½(ŷ − y)².</summary>
    Loss,

    /// <summary>The mean of (ŷ − y)².</summary>
    MeanSquaredError,

    /// <summary>Its root, in units of the response.</summary>
    RootMeanSquaredError,

    /// <summary>The mean of |ŷ − y|.</summary>
    MeanAbsoluteError,

    /// <summary>1 − Σ(ŷ − y)²/Σ(y − ȳ)², ȳ the mean of each part's rows judged; the largest is best.</summary>
    RSquared,
}

/// <summary>
/// Scores of settings from the losses of rows, so that what was trained can be judged by any.
/// Method      every score is a mean over rows of values: ½e², e², |e|, 1 − e²·Σw/TSS; the root of the mean square by what each row moves it,
///             r + (e² − r²)/2r (delta method). Means, standard errors and paired differences are then those of values: m = Σwv/Σw with the
///             error √(n/(n − 1)·Σw²(v − m)²)/Σw.
/// Source      Cochran, Sampling Techniques, 3rd ed. (1977), §6.3, for the error of a weighted mean.
/// </summary>
/// <param name="score">Which.</param>
/// <param name="weights">Of the rows judged; null for none.</param>
/// <param name="squares">Σw(y − ȳ)² of the rows judged, each part about its own mean.</param>
internal sealed class TuningScorer(TuningScore score, double[]? weights, double squares)
{
    /// <summary>The mean of the losses themselves.</summary>
    public double Loss(double[]? losses) => losses is null ? double.PositiveInfinity : Mean(losses).Value;

    /// <summary>The score, and its standard error; of a training that diverged the worst.</summary>
    public MonteCarlo Score(double[]? losses) => losses is null
        ? new MonteCarlo(score == TuningScore.RSquared ? double.NegativeInfinity : double.PositiveInfinity, double.NaN)
        : Mean(Values(losses));

    /// <summary>What is least for the best.</summary>
    public double Cost(double[]? losses) => score == TuningScore.RSquared ? -Score(losses).Value : Score(losses).Value;

    /// <summary>How much worse a score is than another on the same rows.</summary>
    public MonteCarlo Excess(double[] losses, double[] best)
    {
        double sign = score == TuningScore.RSquared ? -1 : 1;
        return Mean([.. Values(losses).Zip(Values(best), (own, least) => sign * (own - least))]);
    }

    /// <summary>Values of rows whose mean is the score.</summary>
    private double[] Values(double[] losses)
    {
        double root = Math.Sqrt(2 * Mean(losses).Value), scale = (weights?.Sum() ?? losses.Length) / squares;
        return score switch
        {
            TuningScore.Loss => losses,
            TuningScore.MeanSquaredError => Array.ConvertAll(losses, static l => 2 * l),
            TuningScore.RootMeanSquaredError => Array.ConvertAll(losses, l => root == 0 ? 0 : root + (((2 * l) - (root * root)) / (2 * root))),
            TuningScore.MeanAbsoluteError => Array.ConvertAll(losses, static l => Math.Sqrt(2 * l)),
            _ => Array.ConvertAll(losses, l => 1 - (2 * l * scale)),
        };
    }

    private MonteCarlo Mean(double[] values)
    {
        if (weights is null)
        {
            return new MonteCarlo(values.Average(), PredictionTable.ErrorOfMean(values));
        }
        double total = weights.Sum(), mean = 0, sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            mean += weights[i] * values[i] / total;
        }
        for (int i = 0; i < values.Length; i++)
        {
            double part = weights[i] * (values[i] - mean);
            sum += part * part;
        }
        return new MonteCarlo(mean, Math.Sqrt(values.Length / (values.Length - 1.0) * sum) / total);
    }
}
