namespace Plumbline.Reports;

/// <summary>The lines under the table of coefficients: how well the model fits, and what became of the rows.</summary>
internal static class FitFacts
{
    public static IReadOnlyList<FitSummaryFact> Of(LinearModel model, int digits)
    {
        int shown = Math.Min(digits, 14);
        int probability = Math.Min(Math.Max(digits - 3, 2), 12);
        List<FitSummaryFact> facts =
        [
            .. CovarianceFacts.Of(model, shown),
            new("Residual std. error", $"{Value(model.Sigma, shown)} on {Degrees(model.DfResidual)}"),
            new("R²", RSquared(model, shown)),
            new(model.CovarianceDetails.IsClassical ? "F" : "F (Wald)", F(model.F, shown, probability)),
            new("Log-likelihood", $"{Criterion(model.LogLikelihood, shown)}, AIC {Criterion(model.Aic, shown)}, BIC {Criterion(model.Bic, shown)}"),
            new("Condition number", $"{Value(model.Condition, Math.Min(shown, 3))} (columns scaled to unit length)"),
        ];
        if (model.WeightsColumn is { } weights)
        {
            facts.Add(new("Weights", weights + model.WeightKind switch
            {
                WeightKind.Frequency => $" (frequency weights: {NumberText.Count(model.Observations)} observations)",
                WeightKind.Sampling => " (sampling weights)",
                _ => " (precision weights)",
            }));
        }
        facts.Add(new("Rows", Rows(model.Rows)));
        return facts;
    }

    private static string Value(double value, int digits) => double.IsNaN(value) ? "undefined" : NumberText.Significant(value, digits);

    // Models are compared by differences of about 1: two decimals at least, however large the value.
    internal static string Criterion(double value, int digits)
    {
        int whole = double.IsFinite(value) && value != 0 ? (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1 : 1;
        return Value(value, Math.Min(Math.Max(digits, whole + 2), 14));
    }

    private static string Degrees(double count) => double.IsInfinity(count) ? "∞ degrees of freedom" : $"{NumberText.Count((long)count)} {(count == 1 ? "degree" : "degrees")} of freedom";

    private static string RSquared(LinearModel model, int digits)
    {
        string text = $"{Value(model.RSquared, digits)}, adjusted {Value(model.AdjustedRSquared, digits)}";
        return model.HasIntercept ? text : text + " (uncentered: the model has no intercept)";
    }

    private static string F(FTest f, int digits, int probability) =>
        double.IsNaN(f.Value)
            ? "undefined"
            : $"{Value(f.Value, digits)} on {NumberText.Count((long)f.Df1)} and {Degrees(f.Df2)}, {NumberText.ProbabilityPhrase(f.P, probability)}";

    private static string Rows(RowCounts rows)
    {
        string text = $"{NumberText.Count(rows.Read)} read, {NumberText.Count(rows.Used)} used";
        long weightless = rows.Read - rows.Used - rows.Dropped;
        if (weightless > 0)
        {
            text += $", {NumberText.Count(weightless)} of weight 0";
        }
        text += $", {NumberText.Count(rows.Dropped)} dropped";
        if (rows.DroppedByColumn.Count == 0)
        {
            return text;
        }
        IEnumerable<string> columns = rows.DroppedByColumn.Select(c => $"{c.Key} in {NumberText.Count(c.Value)}");
        return $"{text} for a missing value ({string.Join(", ", columns)})";
    }
}
