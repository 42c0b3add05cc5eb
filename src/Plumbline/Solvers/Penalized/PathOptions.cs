namespace Plumbline;

/// <summary>How a path of penalized fits is made. Immutable: change with <c>with</c>.</summary>
public sealed record PathOptions
{
    /// <summary>Lasso, 100 values of λ chosen from the data, standardized predictors.</summary>
    public static PathOptions Default { get; } = new();

    /// <summary>α of every step: 1 is lasso, 0 ridge, between them elastic net. Default: 1.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>
    /// The values of λ, each 0 or more; they are taken from the largest down. Default: null, <see cref="Count"/> values in equal ratios from the
    /// least λ at which no coefficient enters (for α below 0.001 that of α = 0.001) down to <see cref="Ratio"/> times it.
    /// </summary>
    public IReadOnlyList<double>? Lambdas { get; init; }

    /// <summary>How many values of λ are chosen, 1 to 10,000. Default: 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>The least λ over the largest, between 0 and 1. Default: null, 1e-4, or 1e-2 when there are fewer rows than columns.</summary>
    public double? Ratio { get; init; }

    /// <summary>
    /// Whether the penalty is on the coefficients of predictors that are divided by their 1/n standard deviation. Default: true. Coefficients are always
    /// given in the data's units.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// For names of coefficients or terms a factor of λ, 0 or more; 0 is no penalty. Default: 1 for all. They are used as they are (glmnet scales them so
    /// that their mean is 1).
    /// </summary>
    public IReadOnlyDictionary<string, double> Factors { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>For names of coefficients or terms a lower bound in the data's units, 0 or less. Default: none.</summary>
    public IReadOnlyDictionary<string, double> Lower { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>For names of coefficients or terms an upper bound in the data's units, 0 or more. Default: none.</summary>
    public IReadOnlyDictionary<string, double> Upper { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The lower bound of all coefficients without one of their own; 0 for non-negative coefficients. Default: −∞.</summary>
    public double LowerOfAll { get; init; } = double.NegativeInfinity;

    /// <summary>The upper bound of all coefficients without one of their own. Default: ∞.</summary>
    public double UpperOfAll { get; init; } = double.PositiveInfinity;

    internal void Validate()
    {
        Penalty.RequireAlpha(Alpha);
        Require(Lambdas is null || Lambdas.Count > 0, "The list of λ is empty; give at least one, or none to have them chosen.");
        foreach (double lambda in Lambdas ?? [])
        {
            Penalty.RequireLambda(lambda);
        }
        Require(Count is >= 1 and <= 10_000, $"The number of values of λ is {Count}; it must be from 1 to 10,000.");
        Require(Ratio is null or (> 0 and < 1), $"The ratio of the least λ to the largest is {Ratio}; it must lie strictly between 0 and 1.");
        foreach ((string name, double factor) in Factors)
        {
            Require(factor >= 0 && double.IsFinite(factor), $"The penalty factor of {FormulaError.Code(name)} is {factor}; it must be 0 (no penalty) or more, and finite.");
        }
        RequireBounds(Lower.Append(new("every coefficient", LowerOfAll)), static bound => bound <= 0, "lower", "0 or less");
        RequireBounds(Upper.Append(new("every coefficient", UpperOfAll)), static bound => bound >= 0, "upper", "0 or more");
    }

    private static void RequireBounds(IEnumerable<KeyValuePair<string, double>> bounds, Func<double, bool> holds, string which, string expected)
    {
        foreach ((string name, double bound) in bounds)
        {
            Require(holds(bound), $"The {which} bound of {FormulaError.Code(name)} is {bound}; it must be {expected}, so that a coefficient can be 0.");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PlumblineException("option", message);
        }
    }
}
