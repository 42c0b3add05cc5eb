using System.Globalization;

namespace Plumbline;

/// <summary>Why a descent diverged, in the data's names, and what to do.</summary>
internal static class Divergence
{
    private const double Apart = 10;        // scales that differ by less are not worth a word

    /// <summary>The sentence.</summary>
    public static string Explain(double from, double to, double rate, QuadraticLoss loss, bool standardized)
    {
        double stable = 2 / loss.Largest;
        string grew = double.IsFinite(to) ? $"The loss grew from {Short(from)} to {Short(to)}" : $"The loss grew from {Short(from)} beyond all bounds";
        string cause = rate >= stable
            ? $"the learning rate {Short(rate)} is above 2/λmax = {Short(stable)} for these columns"
            : $"the learning rate {Short(rate)} is below 2/λmax = {Short(stable)}, which bounds full batches; a small batch or momentum needs a smaller one";
        return $"{grew}: {cause}.{Scales(loss, standardized)} Use a rate below {Short(Math.Min(rate, stable) / 2)}{(standardized ? "" : ", or standardize")}.";
    }

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
