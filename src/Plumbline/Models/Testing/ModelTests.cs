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
        if (options.CovarianceInUse is { Estimator: not CovarianceEstimator.Classical } robust && (tests.Anova is not null || tests.Against is not null))
        {
            throw new PlumblineException(
                "option",
                $"Analysis of variance and nested models compare residual sums of squares, which rests on classical errors; {robust} errors go with hypotheses. Test the coefficients in question together, as in `a = 0, b = 0`.");
        }
        var design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts);
        SecondLook.Prepare(source, options.Covariance);
        var moments = DesignMoments.Read(design, source, options, SecondLook.ProgressOfFirst(progress, options), cancellation);
        LinearModel model = SecondLook.Covariance(moments.FitParts(options), options, source, progress, cancellation);
        bool isRecoded = tests.Anova == AnovaType.Partial && !tests.ContrastsAsCoded && design.Categories.Count > 0;
        return Of(model, tests) with
        {
            Anova = tests.Anova is { } type ? AnovaTests.Table(new CodedSubmodels(moments.Code(isRecoded ? ContrastKind.Sum : null)), type) : null,
            AnovaContrasts = tests.Anova != AnovaType.Partial || design.Categories.Count == 0 ? null : isRecoded ? "sum" : "as coded",
            Against = tests.Against is { } against ? NestedModels.Compare(moments, against, source, options, cancellation) : null,
        };
    }

    /// <summary>Tests a model that was fitted before, or read from a file: hypotheses and profiles need no rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tests">What is tested.</param>
    /// <param name="level">Of all intervals; null for the model's.</param>
    /// <exception cref="PlumblineException">
    /// <c>option</c>: the level is out of its range; <c>needs-rows</c>: an analysis of variance or a comparison was asked for; <c>hypothesis</c>, <c>no-coefficient</c>, <c>no-likelihood</c> as of
    /// <see cref="TestHypothesis"/> and <see cref="Profile"/>.
    /// </exception>
    public static TestResults Run(LinearModel model, TestOptions tests, double? level = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tests);
        double wanted = LevelOf(model, level);
        LinearModel same = wanted == model.Level ? model : model with { Level = wanted, Coefficients = CoefficientInference.At(model.Coefficients, wanted) };
        return tests.Anova is null && tests.Against is null ? Of(same, tests) : throw new PlumblineException(
            "needs-rows", "Analysis of variance and nested models need the sums over the rows, which a model does not keep. Give the data and the formula.");
    }

    private static TestResults Of(LinearModel model, TestOptions tests) => new()
    {
        Model = model,
        Likelihood = model.Likelihood(),
        Hypotheses = [.. tests.Hypotheses.Select(text => model.TestHypothesis(text))],
        Profiles = [.. tests.Profiles.Select(name => model.Profile(name))],
    };

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
        return WaldTest.Run(hypothesis.Trim(), equations, names, estimates, CovarianceOf(model), df, LevelOf(model, level));
    }

    /// <summary>The profile likelihood of a coefficient, and the interval of values that the likelihood does not tell from the estimate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coefficient">The coefficient's name.</param>
    /// <param name="level">Of the interval; null for the model's.</param>
    /// <returns>The profile; without points, and NaN, when the likelihood is not defined.</returns>
    /// <exception cref="PlumblineException">
    /// <c>no-coefficient</c>: there is no coefficient of that name; <c>no-likelihood</c>: the model has sampling weights, or robust errors alone;
    /// <c>option</c>: the level is out of its range.
    /// </exception>
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
        return new ProfileCurve(c.Estimate, ClassicalError(model, index), model.DfResidual, model.Observations, model.LogLikelihood).Profile(c.Name, wanted);
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
            MaximumLikelihoodVariance = model.WeightKind == WeightKind.Sampling ? double.NaN : model.Rss / model.Observations,
            UnbiasedVariance = model.DfResidual > 0 ? model.Rss / model.DfResidual : double.NaN,
        };
    }

    /// <summary>The root of the classical covariance where that is in use and known, else the covariance.</summary>
    private static CombinationCovariance CovarianceOf(LinearModel model) => model.CovarianceDetails.IsClassical && model.InverseRoot.Length > 0 && model.DfResidual > 0
        ? CombinationCovariance.OfRoot(model.Rss / model.DfResidual, [.. model.InverseRoot.Select(static c => (IReadOnlyList<double>)c)])
        : CombinationCovariance.Of([.. model.Covariance.Select(static row => (IReadOnlyList<double>)row)]);

    /// <summary>The likelihood knows one variance, whatever errors the model shows.</summary>
    private static double ClassicalError(LinearModel model, int coefficient)
    {
        if (model.WeightKind == WeightKind.Sampling)
        {
            throw new PlumblineException("no-likelihood", "With sampling weights there is no likelihood, and no profile of it. Use the confidence interval of the coefficient.");
        }
        if (model.CovarianceDetails.IsClassical)
        {
            return model.Coefficients[coefficient].StandardError;
        }
        if (model.InverseRoot.Length == 0)
        {
            throw new PlumblineException("no-likelihood", "The profile of the likelihood rests on classical errors, and this model has others alone. Fit it with the classical covariance.");
        }
        double sum = 0;
        for (int k = coefficient; k < model.InverseRoot.Length; k++)
        {
            sum += model.InverseRoot[k][coefficient] * model.InverseRoot[k][coefficient];
        }
        return model.Sigma * Math.Sqrt(sum);
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
