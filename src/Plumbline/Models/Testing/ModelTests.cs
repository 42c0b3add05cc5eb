namespace Plumbline;

/// <summary>Hypotheses about a linear model, and its likelihood.</summary>
public static class ModelTests
{
    /// <summary>Fits a formula and tests it.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows.</param>
    /// <param name="tests">What is tested.</param>
    /// <param name="options">How the fit is made; its arithmetic must be exact. Null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read, where the source can tell; a second formula may need a second pass.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PlumblineException">
    /// As of <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; <c>hypothesis</c>, <c>no-coefficient</c>: a hypothesis cannot be understood;
    /// <c>not-nested</c>, <c>different-response</c>, <c>different-rows</c>: the two models cannot be compared.
    /// </exception>
    public static TestResults Run(
        string formula,
        IRowSource source,
        TestOptions tests,
        FitOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(tests);
        options ??= FitOptions.Default;
        options.Validate();
        if (options.Arithmetic != Arithmetic.Exact)
        {
            throw new PlumblineException("option", "Tests compare models by exact differences: leave Arithmetic at its default.");
        }
        var moments = DesignMoments.Read(formula, source, options, progress, cancellation);
        LinearModel model = moments.Fit(options);
        bool isRecoded = tests.Anova == AnovaType.Partial && !tests.ContrastsAsCoded && moments.Design.Categories.Count > 0;
        return new TestResults
        {
            Model = model,
            Likelihood = model.Likelihood(),
            Anova = tests.Anova is { } type ? AnovaTests.Table(new CodedSubmodels(moments.Code(isRecoded ? ContrastKind.Sum : null)), type) : null,
            AnovaContrasts = tests.Anova != AnovaType.Partial || moments.Design.Categories.Count == 0 ? null : isRecoded ? "sum" : "as coded",
            Against = tests.Against is { } against ? NestedModels.Compare(moments, against, source, options, cancellation) : null,
            Hypotheses = [.. tests.Hypotheses.Select(text => model.TestHypothesis(text))],
            Profiles = [.. tests.Profiles.Select(name => model.Profile(name))],
        };
    }

    /// <summary>Tests linear hypotheses about the coefficients together, with the model's covariance (Wald).</summary>
    /// <param name="model">The model.</param>
    /// <param name="hypothesis">
    /// One equation or several, joined by commas: <c>age = 0, a = 2 * b</c>. Names of coefficients as they are printed, or in backquotes; numbers;
    /// <c>+ - * /</c> and parentheses. Without <c>=</c> the combination is to be 0.
    /// </param>
    /// <param name="level">Of the intervals of the combinations; null for the model's.</param>
    /// <exception cref="PlumblineException">
    /// <c>hypothesis</c>: the text is no linear hypothesis, or its equations contradict each other; <c>no-coefficient</c>: a name is none of a
    /// coefficient; <c>option</c>: the level is out of its range.
    /// </exception>
    public static HypothesisTest TestHypothesis(this LinearModel model, string hypothesis, double? level = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(hypothesis);
        string[] names = [.. model.Coefficients.Select(static c => c.Name)];
        HypothesisEquations equations = HypothesisEquations.Of(HypothesisParser.Parse(hypothesis, NamesOf(model)));
        double[] estimates = [.. model.Coefficients.Select(static c => c.Estimate)];
        double df = model.Coefficients.Count > 0 ? model.Coefficients[0].Df : 0;
        return WaldTest.Run(hypothesis.Trim(), equations, names, estimates, [.. model.Covariance.Select(static row => (IReadOnlyList<double>)row)], df, LevelOf(model, level));
    }

    /// <summary>The profile likelihood of a coefficient, and the interval of values that the likelihood does not tell from the estimate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coefficient">The coefficient's name.</param>
    /// <param name="level">Of the interval; null for the model's.</param>
    /// <returns>The profile; without points, and NaN, when the likelihood is not defined.</returns>
    /// <exception cref="PlumblineException"><c>no-coefficient</c>: there is no coefficient of that name; <c>option</c>: the level is out of its range.</exception>
    public static LikelihoodProfile Profile(this LinearModel model, string coefficient, double? level = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(coefficient);
        double wanted = LevelOf(model, level);
        CoefficientNames names = NamesOf(model);
        int at = 0;
        if (names.Match(coefficient, ref at) is not { } index || at != coefficient.Length)
        {
            throw names.Unknown(coefficient, 0);
        }
        Coefficient c = model.Coefficients[index];
        return new ProfileCurve(c.Estimate, c.StandardError, model.DfResidual, model.Observations, model.LogLikelihood).Profile(c.Name, wanted);
    }

    /// <summary>The Gaussian likelihood of the model: its maximum, and the variance that maximizes it beside the one without bias.</summary>
    /// <param name="model">The model.</param>
    public static GaussianLikelihood Likelihood(this LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new GaussianLikelihood
        {
            LogLikelihood = model.LogLikelihood,
            Parameters = model.Rank + 1,
            MaximumLikelihoodVariance = model.Rss / model.Observations,
            UnbiasedVariance = model.DfResidual > 0 ? model.Rss / model.DfResidual : double.NaN,
        };
    }

    private static CoefficientNames NamesOf(LinearModel model) =>
        new([.. model.Coefficients.Select(static c => c.Name)], [.. model.Aliased.Select(static a => a.Name)]);

    private static double LevelOf(LinearModel model, double? level) => level switch
    {
        null => model.Level,
        > 0 and < 1 => level.Value,
        _ => throw new PlumblineException("option", $"The level is {level}; it must lie strictly between 0 and 1, as 0.95 does."),
    };
}
