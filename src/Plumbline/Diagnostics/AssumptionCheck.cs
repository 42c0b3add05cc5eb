namespace Plumbline;

/// <summary>What least squares takes for granted.</summary>
public enum ModelAssumption
{
    /// <summary>Errors of different rows have nothing to do with each other.</summary>
    Independence,

    /// <summary>All rows follow one law: the coefficients are the same everywhere in the data.</summary>
    IdenticalDistribution,

    /// <summary>The mean of the response is linear in the columns of the model.</summary>
    Linearity,

    /// <summary>Errors have one variance (divided by the weight, where there are weights).</summary>
    ConstantVariance,

    /// <summary>Errors are Gaussian.</summary>
    Normality,

    /// <summary>The columns of the model are far from combinations of each other.</summary>
    Collinearity,

    /// <summary>No row alone decides the answer.</summary>
    Influence,
}

/// <summary>What a check comes to.</summary>
public enum CheckVerdict
{
    /// <summary>Nothing that would change the answer.</summary>
    Ok,

    /// <summary>The answer changes somewhat; worth a look.</summary>
    Doubt,

    /// <summary>The answer changes by much, and not by chance.</summary>
    Broken,
}

/// <summary>One look at one assumption of a model: the test, how much the answer would change, and what to do.</summary>
public sealed record AssumptionCheck
{
    /// <summary>A stable name, kebab-case: <c>breusch-pagan</c>, <c>durbin-watson</c>, <c>reset</c>, <c>cook</c> …</summary>
    public required string Name { get; init; }

    /// <summary>The assumption that it is about.</summary>
    public required ModelAssumption Assumption { get; init; }

    /// <summary>The test statistic; NaN where there is none.</summary>
    public required double Statistic { get; init; }

    /// <summary>The degrees of freedom of the statistic: none, one (χ², t) or two (F).</summary>
    public required IReadOnlyList<double> Df { get; init; }

    /// <summary>The probability of such a statistic when the assumption holds; NaN where there is no test.</summary>
    public required double P { get; init; }

    /// <summary>How the statistic and its p were found, and on how many rows when not on all.</summary>
    public required string Method { get; init; }

    /// <summary>What it comes to: by <see cref="EffectSize"/>; p can only soften it.</summary>
    public required CheckVerdict Verdict { get; init; }

    /// <summary>
    /// By how much the answer would change, without unit, on one scale for all checks: 0 is not at all, 1 is where <see cref="CheckVerdict.Broken"/>
    /// begins. <see cref="ModelCheck.Checks"/> stand in its order. <see cref="EffectMeasure"/> says what was measured.
    /// </summary>
    public required double EffectSize { get; init; }

    /// <summary>What <see cref="EffectValue"/> is, e.g. <c>largest ratio of a standard error under HC3 to the classical one</c>.</summary>
    public required string EffectMeasure { get; init; }

    /// <summary>The quantity that <see cref="EffectMeasure"/> names, in its own unit.</summary>
    public required double EffectValue { get; init; }

    /// <summary>One sentence on what it means for this model, in the data's names and units.</summary>
    public required string Effect { get; init; }

    /// <summary>What to do about it, tried; null when nothing is wrong, or nothing helps.</summary>
    public CheckRemedy? Remedy { get; init; }
}
