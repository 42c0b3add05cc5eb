namespace Plumbline;

/// <summary>
/// Predictions of held-out rows, round by round, and what their spread says. Not every row is held out in every round: means go by the
/// predictions that there are.
/// Computes    for each row the mean prediction m, (m − y)², and the mean of (ŷ − m)²; their averages weigh a row by its predictions, so that
///             loss = (m − y)² + variance holds for them as for each row. Precision weights multiply in all averages, not in a row's own numbers.
/// Method      a round's part of an average a = Σwv/Σw is a + (Σᵣwv − a·Σᵣw)/W, W the mean Σᵣw of a round: its own mean when rounds are alike. Standard errors as in <see cref="PredictionTable"/>: influence of a round, and for (m − y)² the jackknife over rounds.
/// </summary>
internal sealed class HeldOutPredictions(double[] response, double[]? weights, int[][] test, double[][] predicted)
{
    /// <summary>The sums.</summary>
    /// <param name="numbers">The rows' numbers in the source.</param>
    public Sums Decompose(long[] numbers)
    {
        int[] counts = new int[response.Length];
        double[] means = new double[response.Length], variances = new double[response.Length];
        Each((_, row, value) =>
        {
            counts[row]++;
            means[row] += value;
        });
        for (int row = 0; row < means.Length; row++)
        {
            means[row] = counts[row] > 0 ? means[row] / counts[row] : double.NaN;
        }
        double[] rest = new double[response.Length];
        Each((_, row, value) => rest[row] += value - means[row]);
        for (int row = 0; row < means.Length; row++)
        {
            means[row] += counts[row] > 0 ? rest[row] / counts[row] : 0;
        }
        double[] losses = new double[test.Length], spreads = new double[test.Length], sizes = new double[test.Length];
        Each((round, row, value) =>
        {
            double off = value - response[row], spread = value - means[row], w = Weight(row);
            losses[round] += w * off * off;
            spreads[round] += w * spread * spread;
            sizes[round] += w;
            variances[row] += spread * spread;
        });
        double all = 0, bias = 0;
        var rows = new List<ResampledRow>();
        for (int row = 0; row < means.Length; row++)
        {
            if (counts[row] > 0)
            {
                double off = means[row] - response[row];
                all += counts[row] * Weight(row);
                bias += counts[row] * Weight(row) * off * off;
                rows.Add(new ResampledRow(numbers[row], response[row], means[row], off * off, variances[row] / counts[row], counts[row]));
            }
        }
        return new Sums(OfRounds(losses, sizes), OfRounds(spreads, sizes), bias / all, ErrorOfBias(counts, means, bias, sizes), rows);
    }

    private double Weight(int row) => weights is null ? 1 : weights[row];

    /// <summary>What each round says of the average, from its sum and its weight.</summary>
    private static double[] OfRounds(double[] sums, double[] sizes)
    {
        double size = sizes.Average(), average = sums.Sum() / sizes.Sum();
        return [.. sums.Zip(sizes, (sum, own) => (sum / size) - (average * (own - size) / size))];
    }

    private double ErrorOfBias(int[] counts, double[] means, double bias, double[] sizes)
    {
        double[] without = new double[test.Length];
        Array.Fill(without, bias);
        Each((round, row, value) =>
        {
            double off = means[row] - response[row], moved = counts[row] > 1 ? off - ((value - means[row]) / (counts[row] - 1)) : 0;
            without[round] += Weight(row) * (((counts[row] - 1) * moved * moved) - (counts[row] * off * off));
        });
        double all = sizes.Sum();
        for (int round = 0; round < without.Length; round++)
        {
            without[round] /= all - sizes[round];
        }
        return (test.Length - 1) * PredictionTable.ErrorOfMean(without);
    }

    private void Each(Action<int, int, double> take)
    {
        for (int round = 0; round < test.Length; round++)
        {
            for (int n = 0; n < test[round].Length; n++)
            {
                take(round, test[round][n], predicted[round][n]);
            }
        }
    }

    /// <summary>The parts of the error.</summary>
    /// <param name="Losses">For each round its mean squared error.</param>
    /// <param name="Spreads">For each round the mean squared distance of its predictions to the means.</param>
    /// <param name="Bias">(m − y)², averaged.</param>
    /// <param name="ErrorOfBias">Its standard error.</param>
    /// <param name="Rows">Row by row.</param>
    public sealed record Sums(double[] Losses, double[] Spreads, double Bias, double ErrorOfBias, IReadOnlyList<ResampledRow> Rows);
}
