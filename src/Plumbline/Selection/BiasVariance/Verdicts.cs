namespace Plumbline;

/// <summary>
/// Whether a learner is worse than the best, and why. Errors are paired: both learned from the same training sets. It is worse when its mean
/// error is larger by more than two standard errors; or, as errors of wild polynomials have tails that no mean tames, when it is larger and the
/// learner did worse in more than half of the training sets by two standard errors of that share (the sign test).
/// </summary>
internal static class Verdicts
{
    private const double Doubt = 2;

    /// <summary>The mean difference of paired errors, and its standard error.</summary>
    public static MonteCarlo Excess(double[] errors, double[] least)
    {
        double[] differences = [.. errors.Zip(least, static (a, b) => a - b)];
        return new MonteCarlo(differences.Average(), PredictionTable.ErrorOfMean(differences));
    }

    /// <summary>The verdict.</summary>
    /// <param name="errors">The errors of its training sets.</param>
    /// <param name="least">Those of the best.</param>
    /// <param name="bias">How much more bias² it has than the best.</param>
    /// <param name="variance">How much more variance.</param>
    /// <param name="complexity">How much more complex it is than the best, where that is known: then a worse one that is simpler underfits.</param>
    public static FitVerdict Of(double[] errors, double[] least, double bias, double variance, double? complexity = null)
    {
        MonteCarlo excess = Excess(errors, least);
        int worse = errors.Zip(least).Count(static e => e.First > e.Second), different = errors.Zip(least).Count(static e => e.First != e.Second);
        bool isWorse = excess.Value > Doubt * excess.StandardError
            || (excess.Value > 0 && worse - (different / 2.0) > Doubt * Math.Sqrt(different / 4.0));
        bool isSimple = complexity is null or 0 ? bias > variance : complexity < 0;
        return !isWorse ? FitVerdict.NearBest : isSimple ? FitVerdict.Underfits : FitVerdict.Overfits;
    }
}
