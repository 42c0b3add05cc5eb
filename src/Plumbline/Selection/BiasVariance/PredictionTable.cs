namespace Plumbline;

/// <summary>
/// Predictions of training sets (rows) at points (columns), and what their spread says.
/// Computes    bias², variance and mean squared error at each point and on average, each from its own definition.
/// Method      sums over sets in their order, so threads change no bit. Standard errors by the influence of each set (delta method) for means over
///             sets; for bias² by the jackknife, whose leave-one-out means are f̄ − (f_r − f̄)/(R − 1).
/// Source      Efron, Tibshirani, An Introduction to the Bootstrap (1993), §11; Geman, Bienenstock, Doursat, Neural Computation 4 (1992).
/// </summary>
internal sealed class PredictionTable(int sets, int points)
{
    private readonly double[] _values = new double[checked(sets * points)];

    /// <summary>The predictions of a training set.</summary>
    public Span<double> Of(int set) => _values.AsSpan(set * points, points);

    /// <summary>The mean prediction at each point.</summary>
    public double[] Means()
    {
        double[] means = new double[points];
        for (int r = 0; r < sets; r++)
        {
            ReadOnlySpan<double> own = Of(r);
            for (int j = 0; j < points; j++)
            {
                means[j] += own[j] / sets;
            }
        }
        double[] rest = new double[points];     // what the sums rounded away
        for (int r = 0; r < sets; r++)
        {
            ReadOnlySpan<double> own = Of(r);
            for (int j = 0; j < points; j++)
            {
                rest[j] += own[j] - means[j];
            }
        }
        for (int j = 0; j < points; j++)
        {
            means[j] += rest[j] / sets;
        }
        return means;
    }

    /// <summary>At each point the mean of squared distances to a value there.</summary>
    public double[] MeanSquares(ReadOnlySpan<double> from)
    {
        double[] squares = new double[points];
        for (int r = 0; r < sets; r++)
        {
            ReadOnlySpan<double> own = Of(r);
            for (int j = 0; j < points; j++)
            {
                double d = own[j] - from[j];
                squares[j] += d * d;
            }
        }
        for (int j = 0; j < points; j++)
        {
            squares[j] /= sets;
        }
        return squares;
    }

    /// <summary>For each set the mean over points of its squared distances to values there.</summary>
    public double[] SquaresOfSets(double[] from)
    {
        double[] squares = new double[sets];
        for (int r = 0; r < sets; r++)
        {
            ReadOnlySpan<double> own = Of(r);
            double sum = 0;
            for (int j = 0; j < points; j++)
            {
                double d = own[j] - from[j];
                sum += d * d;
            }
            squares[r] = sum / points;
        }
        return squares;
    }

    /// <summary>The jackknife standard error of the mean over points of (mean prediction − truth)².</summary>
    public double ErrorOfBiasSquared(double[] means, double[] truth)
    {
        double[] without = new double[sets];
        for (int r = 0; r < sets; r++)
        {
            ReadOnlySpan<double> own = Of(r);
            double sum = 0;
            for (int j = 0; j < points; j++)
            {
                double bias = means[j] - truth[j] - ((own[j] - means[j]) / (sets - 1));
                sum += bias * bias;
            }
            without[r] = sum / points;
        }
        return (sets - 1) * ErrorOfMean(without);
    }

    /// <summary>The standard error of a mean: the standard deviation over √count.</summary>
    public static double ErrorOfMean(double[] values)
    {
        double mean = values.Average(), sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }
        return Math.Sqrt(sum / (values.Length - 1.0) / values.Length);
    }
}
