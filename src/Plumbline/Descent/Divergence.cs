using System.Globalization;

namespace Plumbline;

/// <summary>Why a descent diverged, in the data's names, and what to do.</summary>
internal static class Divergence
{
    private const double Apart = 10;        // scales that differ by less are not worth a word

    /// <summary>
    /// Below this rate minibatches of B rows are stable, whichever rows they hold: 2B/((B − 1)λmax + max‖x‖²); tr H stands in for the
    /// largest row when none is known.
    /// </summary>
    /// <remarks>A minibatch's own curvature is at most the mean of its rows' ‖x‖²; in the mean over minibatches, λmax. Source: Ma, Bassily, Belkin, The power of interpolation, ICML 2018.</remarks>
    public static double StableRate(QuadraticLoss loss, int batch, double largestSquare)
    {
        double row = largestSquare > 0 ? largestSquare : Enumerable.Range(0, loss.Count).Sum(j => loss.Hessian[j][j]) + (2 * loss.Largest);
        return 2.0 * batch / (((batch - 1) * loss.Largest) + row);
    }

    /// <summary>The sentence, for full batches.</summary>
    public static string Explain(double from, double to, double rate, QuadraticLoss loss, bool standardized) =>
        $"{Grew(from, to)}: {Above(rate, loss)}.{Scales(loss, standardized)} Use a rate below {Short(loss.Largest > 0 ? 1 / loss.Largest : rate / 2)}{(standardized ? "" : ", or standardize")}.";

    /// <summary>The sentence, for minibatches.</summary>
    public static string Explain(double from, double to, double rate, QuadraticLoss loss, DescentOptions options, double largestSquare)
    {
        if (rate >= 2 / loss.Largest)
        {
            return Explain(from, to, rate, loss, options.Standardize);
        }
        double stable = StableRate(loss, options.Batch, largestSquare);
        string momentum = options.Optimizer is DescentOptimizer.Momentum or DescentOptimizer.Nesterov ? $", times 1 − {Short(options.Momentum)} with this momentum" : "";
        string row = largestSquare > Apart * loss.Count ? $" One row is {Short(Math.Sqrt(largestSquare / loss.Count))} times as long as the others are on average: a rare level, or an outlier." : "";
        return $"{Grew(from, to)}: the learning rate {Short(rate)} is below 2/λmax = {Short(2 / loss.Largest)}, which bounds full batches, but minibatches of {options.Batch} need less than {Short(stable)}{momentum}.{row} Use a lower rate, --lr auto, or larger minibatches.";
    }

    private static string Grew(double from, double to) =>
        double.IsFinite(to) ? $"The loss grew from {Short(from)} to {Short(to)}" : $"The loss grew from {Short(from)} beyond all bounds";

    private static string Above(double rate, QuadraticLoss loss) => $"the learning rate {Short(rate)} is above 2/λmax = {Short(2 / loss.Largest)} for these columns";

    private static string Scales(QuadraticLoss loss, bool standardized)
    {
        if (standardized || loss.Count < 2)
        {
            return "";
        }
        int longest = Enumerable.Range(0, loss.Count).MaxBy(loss.Length);
        double others = Enumerable.Range(0, loss.Count).Where(j => j != longest).Max(loss.Length);
        double times = loss.Length(longest) / others;
        return times > Apart
            ? $" {FormulaError.Code(Names.Quote(loss.Names[longest]))} has {times.ToString("N0", CultureInfo.InvariantCulture)} times the scale of the others."
            : "";
    }

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
