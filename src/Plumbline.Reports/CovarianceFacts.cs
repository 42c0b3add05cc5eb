namespace Plumbline.Reports;

/// <summary>Which standard errors a report shows, when they are not the classical ones.</summary>
internal static class CovarianceFacts
{
    /// <summary>One line, or none for classical errors.</summary>
    public static IEnumerable<FitSummaryFact> Of(LinearModel model, int digits)
    {
        CovarianceDetails details = model.CovarianceDetails;
        if (!details.IsClassical)
        {
            yield return new FitSummaryFact("Std. errors", string.Join("; ", Parts(model, details, digits)));
        }
    }

    private static IEnumerable<string> Parts(LinearModel model, CovarianceDetails details, int digits)
    {
        yield return details.Kind;
        if (details.FactorFormula is { } formula)
        {
            yield return double.IsNaN(details.Factor)
                ? $"factor {formula} for each way"
                : $"factor {formula} = {NumberText.Significant(details.Factor, Math.Min(digits, 6))}";
        }
        if (details.Clusters.Count > 0)
        {
            yield return string.Join(", ", details.Clusters.Select(static c => $"{NumberText.Count(c.Count)} clusters of {c.Column}"));
        }
        if (details.Seed is { } seed)
        {
            string failed = details.Failed == 0 ? "" : $", {NumberText.Count(details.Failed)} of them failed";
            yield return $"{NumberText.Count(details.Replicates)} resamples of the rows{failed}, seed {seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        }
        if (details.IsOrdered)
        {
            yield return details.Order is { } order ? $"rows in the order of {order}" : "rows in the order of the source";
        }
        double df = model.Coefficients.Count == 0 ? double.NaN : model.Coefficients[0].Df;
        string whose = details.Convention switch
        {
            CovarianceConvention.Sandwich => "sandwich",
            CovarianceConvention.Statsmodels => "statsmodels",
            _ => "Stata",
        };
        yield return double.IsInfinity(df)
            ? $"normal distribution (as {whose})"
            : $"t with {details.DfFormula} = {(double.IsNaN(df) ? NumberText.Undefined : NumberText.Count((long)df))} degrees of freedom (as {whose})";
    }
}
