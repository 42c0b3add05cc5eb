namespace Plumbline;

/// <summary>What is to be tested. Immutable: change with <c>with</c>.</summary>
public sealed record TestOptions
{
    /// <summary>Nothing beside the model and its likelihood.</summary>
    public static TestOptions Default { get; } = new();

    /// <summary>An analysis of variance of this type; null for none. Default: none.</summary>
    public AnovaType? Anova { get; init; }

    /// <summary>
    /// Whether type III takes the contrasts of categories as the formula codes them. Default: no, it uses sum contrasts, so that the test of a
    /// term is about its mean over the levels of the others, and does not depend on a base level.
    /// </summary>
    public bool ContrastsAsCoded { get; init; }

    /// <summary>The formula of a second model, which the first contains or is contained in; null for none. Default: none.</summary>
    public string? Against { get; init; }

    /// <summary>Linear hypotheses as text, e.g. <c>age = 0, a = 2 * b</c>; the equations of one text are tested together. Default: none.</summary>
    public IReadOnlyList<string> Hypotheses { get; init; } = [];

    /// <summary>Coefficients whose profile likelihood is asked for. Default: none.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];
}

/// <summary>A model and the tests that were asked for.</summary>
public sealed record TestResults
{
    /// <summary>The model: its coefficients have their intervals, and <see cref="LinearModel.Covariance"/> their covariance.</summary>
    public required LinearModel Model { get; init; }

    /// <summary>Its Gaussian likelihood.</summary>
    public required GaussianLikelihood Likelihood { get; init; }

    /// <summary>The analysis of variance, if asked for.</summary>
    public AnovaTable? Anova { get; init; }

    /// <summary>The contrasts of categories in it: <c>sum</c>, <c>as coded</c>; null when it does not depend on them.</summary>
    public string? AnovaContrasts { get; init; }

    /// <summary>The comparison with the second model, if asked for.</summary>
    public NestedComparison? Against { get; init; }

    /// <summary>The hypotheses, as asked for.</summary>
    public required IReadOnlyList<HypothesisTest> Hypotheses { get; init; }

    /// <summary>The profiles, as asked for.</summary>
    public required IReadOnlyList<LikelihoodProfile> Profiles { get; init; }
}
