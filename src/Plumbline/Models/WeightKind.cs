namespace Plumbline;

/// <summary>What the weights of rows mean. The estimates are the same for all kinds; degrees of freedom and errors are not.</summary>
public enum WeightKind
{
    /// <summary>
    /// Precision (analytic) weights: the variance of row i is σ²/wᵢ. R's <c>lm(weights = )</c>, Stata's <c>aweight</c>, statsmodels' <c>WLS</c>.
    /// </summary>
    Precision,

    /// <summary>
    /// Frequency weights: row i stands for wᵢ equal rows, a whole number. The fit is that of the data written out. Stata's
    /// <c>fweight</c>, statsmodels' <c>freq_weights</c>.
    /// </summary>
    Frequency,

    /// <summary>
    /// Sampling (probability) weights: row i was drawn with a probability proportional to 1/wᵢ. Standard errors are robust
    /// (HC1), and there is no likelihood. Stata's <c>pweight</c>.
    /// </summary>
    Sampling,
}

/// <summary>The names of kinds of weights, in options and results.</summary>
internal static class WeightKinds
{
    /// <summary><c>precision</c>, <c>frequency</c> or <c>sampling</c>.</summary>
    public static string Name(WeightKind kind) => kind switch
    {
        WeightKind.Precision => "precision",
        WeightKind.Frequency => "frequency",
        WeightKind.Sampling => "sampling",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such weights."),
    };
}
