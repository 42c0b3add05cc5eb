namespace Plumbline;

/// <summary>
/// Which laws of errors make the rows likely: normal, of unequal variances, of heavy tails, of both, or following each other.
/// </summary>
/// <remarks>
/// Method      a law's score is its largest log-likelihood, times n over the number of rows looked at, less ½ log n a parameter (Schwarz). What is
///             real beside what is told by scores of laws with both.
/// Source      Schwarz, Estimating the dimension of a model, Ann. Statist. 6 (1978).
/// </remarks>
/// <param name="rows">The rows looked at.</param>
/// <param name="mean">Columns of the mean.</param>
/// <param name="total">n.</param>
/// <param name="isOrdered">Whether the rows are all there are, and in order.</param>
internal sealed class Laws(LawRows rows, double[][] mean, double total, bool isOrdered)
{
    private static readonly double[] _degrees = [8, 4, 2, 1];

    private readonly double[][] _mean = mean;
    private readonly ErrorLaw _normal = ErrorLaw.Of(rows, mean, false, double.PositiveInfinity);
    private readonly ErrorLaw _uneven = ErrorLaw.Of(rows, mean, true, double.PositiveInfinity);
    private readonly ErrorLaw _tailed = OfTails(rows, mean, false);
    private readonly ErrorLaw _both = OfTails(rows, mean, true);

    private readonly FollowingLaw? _following = isOrdered ? new FollowingLaw(rows, mean) : null;

    /// <summary>Of the normal law.</summary>
    public double Normal => Score(_normal, 0);

    /// <summary>Of unequal variances.</summary>
    public double Uneven => Score(_uneven, rows.Spread.Length - 1);

    /// <summary>Of heavy tails.</summary>
    public double Tailed => Score(_tailed, 1);

    /// <summary>Of both.</summary>
    public double Both => Score(_both, rows.Spread.Length);

    /// <summary>Of errors that follow each other.</summary>
    public double Following => _following is null ? double.NegativeInfinity : Schwarz(_following.LogLikelihood, 1);

    /// <summary>The largest, of errors that do not follow each other.</summary>
    public double Best => Math.Max(Math.Max(Normal, Uneven), Math.Max(Tailed, Both));

    /// <summary>Whether errors follow each other rather than anything else.</summary>
    public bool IsFollowing => Following > Best;

    /// <summary>Whether errors are normal, of one variance and independent.</summary>
    public bool IsPlain => !IsUneven && !IsTailed && !IsFollowing;

    /// <summary>Whether the variance depends on the columns, whatever the tails.</summary>
    public bool IsUneven => Math.Max(Uneven, Both) > Math.Max(Normal, Tailed);

    /// <summary>Whether the tails are heavy, whatever the variance.</summary>
    public bool IsTailed => Math.Max(Tailed, Both) > Math.Max(Normal, Uneven);

    /// <summary>The law of the best score.</summary>
    public ErrorLaw Law => (IsUneven, IsTailed) switch
    {
        (true, true) => _both,
        (true, false) => _uneven,
        (false, true) => _tailed,
        _ => _normal,
    };

    /// <summary>p of the F test of more columns of the mean, rows weighing what the best law gives them.</summary>
    /// <param name="fewer">The laws without them.</param>
    public double P(Laws fewer)
    {
        if (IsFollowing)
        {
            double following = fewer._following!.Test(_following!).P;
            return double.IsNaN(following) ? 1 : following;
        }
        // Many columns follow rows far out, which then weigh too much: with heavy tails the weights of the smaller model must agree.
        double p = P(fewer, Law);
        return IsTailed ? Math.Max(p, P(fewer, fewer.Law)) : p;
    }

    private double P(Laws fewer, ErrorLaw law)
    {
        double[] weights = [.. law.Weights.Zip(rows.Counts, static (w, c) => w * c)];
        (double without, int rank) = Rss(fewer._mean, weights);
        (double with, int larger) = Rss(_mean, weights);
        // Rows far out carry less than their weight says: the information on the mean is (ν + 1)/(ν + 3) of that of weights.
        double information = double.IsInfinity(law.Degrees) ? 1 : (law.Degrees + 1) / (law.Degrees + 3);
        TestValue test = TestValue.F(information * (without - with) / (larger - rank) / (with / (rows.Total - larger)), larger - rank, rows.Total - larger);
        return double.IsNaN(test.P) ? 1 : test.P;
    }

    private (double Rss, int Rank) Rss(double[][] columns, double[] weights)
    {
        double[] beta = ErrorLaw.Solve(rows.Response, columns, weights, out int rank);
        return (ErrorLaw.Residuals(rows.Response, columns, beta).Zip(weights, static (r, w) => w * r * r).Sum(), rank);
    }

    private double Score(ErrorLaw law, int parameters) => Schwarz(law.LogLikelihood, parameters);

    private double Schwarz(double likelihood, int parameters) => (likelihood * total / rows.Total) - (0.5 * parameters * Math.Log(total));

    private static ErrorLaw OfTails(LawRows rows, double[][] mean, bool withSpread)
    {
        ErrorLaw best = ErrorLaw.Of(rows, mean, withSpread, _degrees[0]);
        foreach (double degrees in _degrees.AsSpan(1))
        {
            ErrorLaw law = ErrorLaw.Of(rows, mean, withSpread, degrees);
            if (law.LogLikelihood <= best.LogLikelihood)
            {
                break;
            }
            best = law;
        }
        return best;
    }
}
