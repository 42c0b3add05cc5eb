namespace Plumbline.Reports;

/// <summary>What a report on tests says, before it is laid out: text and Markdown share it, so they cannot differ.</summary>
internal sealed class TestSections(TestResults results, TestReportOptions options)
{
    private const int MostDigits = 14;                      // of what goes through more than one rounding

    private readonly int _digits = options.Digits;
    private readonly int _statistic = Math.Min(Math.Max(options.Digits - 2, 3), MostDigits);
    private readonly int _probability = Math.Min(Math.Max(options.Digits - 3, 2), 12);

    /// <summary>The sections, in their order.</summary>
    public static IReadOnlyList<TestSection> Of(TestResults results, TestReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Digits, 17);
        var sections = new TestSections(results, options);
        List<TestSection> all = [];
        if (results.Anova is { } anova)
        {
            all.Add(sections.Anova(anova));
        }
        if (results.Against is { } against)
        {
            all.Add(sections.Against(against));
        }
        all.AddRange(results.Hypotheses.Select(sections.Hypothesis));
        if (options.ShowIntervals)
        {
            all.Add(sections.Intervals());
        }
        if (options.ShowLikelihood || results.Profiles.Count > 0)
        {
            all.Add(sections.Likelihood());
        }
        all.AddRange(results.Profiles.Select(sections.Profile));
        return all;
    }

    private TestSection Anova(AnovaTable table)
    {
        AnovaRow[] rows = [.. table.Terms, table.Residuals];
        string title = table.Type switch
        {
            AnovaType.Sequential => "Analysis of variance, type I",
            AnovaType.Hierarchical => "Analysis of variance, type II",
            _ => "Analysis of variance, type III",
        };
        string compares = table.Type switch
        {
            AnovaType.Sequential => "Each term beside those before it, in the order of the formula (R's anova).",
            AnovaType.Hierarchical => "Each term beside all terms that do not contain it (R's car::Anova).",
            _ => "Each term beside all others." + (results.AnovaContrasts switch
            {
                "sum" => " Categories have sum contrasts.",
                "as coded" => " Categories have contrasts as the formula codes them.",
                _ => "",
            }),
        };
        return new TestSection(title)
        {
            Introduction = [compares],
            Rows = [.. rows.Select(static r => r.Term)],
            Columns =
            [
                new("Df", [.. rows.Select(static r => NumberText.Count(r.Df))]),
                new("Sum of squares", [.. rows.Select(r => SumOfSquares(r.SumOfSquares, r.Digits))]),
                new("Mean square", [.. rows.Select(r => Value(r.MeanSquare))]),
                new("F", [.. rows.Select(r => r == table.Residuals ? "" : Statistic(r.F))], Together: false),
                new("p", [.. rows.Select(r => r == table.Residuals ? "" : Probability(r.P))]),
            ],
        };
    }

    private TestSection Against(NestedComparison nested)
    {
        long added = nested.SmallerDfResidual - nested.LargerDfResidual;
        return new TestSection("Nested models")
        {
            Introduction = [$"Smaller: {nested.Smaller}", $"Larger: {nested.Larger}"],
            Rows = ["F", "Likelihood ratio", "Wald"],
            Columns =
            [
                new("Statistic", [Statistic(nested.F.Value), Statistic(nested.LikelihoodRatio), Statistic(nested.Wald)]),
                new("Df", [$"{added} and {nested.LargerDfResidual}", $"{added}", $"{added}"]),
                new("p", [Probability(nested.F.P), Probability(nested.LikelihoodRatioP), Probability(nested.WaldP)]),
            ],
            Facts =
            [
                new("Residual sum of squares", $"{Value(nested.SmallerRss)} in the smaller, {Value(nested.LargerRss)} in the larger: {SumOfSquares(nested.SumOfSquares, nested.Digits)} less"),
                new("Log-likelihood", $"{Criterion(nested.SmallerLogLikelihood)} in the smaller, {Criterion(nested.LargerLogLikelihood)} in the larger"),
            ],
        };
    }

    private TestSection Hypothesis(HypothesisTest test)
    {
        IReadOnlyList<HypothesisEquation> rows = test.Equations;
        List<FitSummaryFact> facts = [];
        if (rows.Count > 1)
        {
            facts.Add(new("Together", $"F {Defined(test.F.Value)} on {Count(test.F.Df1)} and {Count(test.F.Df2)} degrees of freedom, {NumberText.ProbabilityPhrase(test.F.P, _probability)}"));
            facts.Add(new("", $"χ² {Defined(test.ChiSquared)} on {Count(test.F.Df1)} degrees of freedom, {NumberText.ProbabilityPhrase(test.ChiSquaredP, _probability)}"));
        }
        return new TestSection("Hypothesis")
        {
            Introduction = [test.Text],
            Rows = [.. rows.Select(static r => r.Combination)],
            Columns =
            [
                new("Value", [.. rows.Select(r => Given(r.Value))]),
                new("Estimate", [.. rows.Select(r => Value(r.Estimate))]),
                new("Std. error", [.. rows.Select(r => Value(r.StandardError))]),
                new("t", [.. rows.Select(r => Statistic(r.T))], Together: false),
                new("p", [.. rows.Select(r => Probability(r.P))]),
                new($"{NumberText.Percent(results.Model.Level)} from", [.. rows.Select(r => Value(r.Lower))], Together: false),
                new("to", [.. rows.Select(r => Value(r.Upper))]),
            ],
            Facts = facts,
            Notes = [.. test.Notes.Select(static n => n.Text)],
        };
    }

    private TestSection Intervals()
    {
        IReadOnlyList<Coefficient> rows = results.Model.Coefficients;
        return new TestSection("Confidence intervals")
        {
            Rows = [.. rows.Select(static c => c.Name)],
            Columns =
            [
                new("Estimate", [.. rows.Select(c => Value(c.Estimate))]),
                new("Std. error", [.. rows.Select(c => Value(c.StandardError))]),
                new($"{NumberText.Percent(results.Model.Level)} from", [.. rows.Select(c => Value(c.Lower))], Together: false),
                new("to", [.. rows.Select(c => Value(c.Upper))]),
            ],
        };
    }

    private TestSection Likelihood()
    {
        GaussianLikelihood likelihood = results.Likelihood;
        return new TestSection("Gaussian likelihood")
        {
            Facts =
            [
                new("Log-likelihood", $"{Criterion(likelihood.LogLikelihood)}, with {likelihood.Parameters} parameters"),
                new("σ², maximum likelihood", $"{Defined(likelihood.MaximumLikelihoodVariance)} (RSS over observations)"),
                new("σ², unbiased", $"{Defined(likelihood.UnbiasedVariance)} (RSS over residual degrees of freedom)"),
            ],
        };
    }

    private TestSection Profile(LikelihoodProfile profile)
    {
        const int step = 3;                                 // every third point is enough on a page
        ProfilePoint[] points = [.. profile.Points.Where(static (_, i) => i % step == 0)];
        string level = NumberText.Percent(profile.Level);
        return new TestSection("Profile likelihood")
        {
            Introduction = [profile.Name],
            Rows = [.. points.Select(p => NumberText.Significant(p.Value, Math.Min(_digits, MostDigits)))],
            Columns =
            [
                new("Log-likelihood", [.. points.Select(p => Criterion(p.LogLikelihood))]),
                new("Signed root", [.. points.Select(p => Statistic(p.SignedRoot))]),
            ],
            Facts =
            [
                new("Estimate", Value(profile.Estimate)),
                new($"{level} interval", $"{Defined(profile.Lower)} to {Defined(profile.Upper)}: log-likelihood within {NumberText.Significant(profile.Cut, 4)} of its maximum"),
            ],
        };
    }

    private string SumOfSquares(double value, int? digits) => NumberText.Significant(value, Math.Min(_digits, Math.Max(1, digits ?? 17)), Math.Max(1, digits ?? 17));

    private string Value(double value) => NumberText.Significant(value, Math.Min(_digits, MostDigits));

    // What was typed, as it was typed, unless it is long.
    private string Given(double value)
    {
        string shortest = NumberText.Shortest(value);
        return shortest.Length <= _digits + 2 ? shortest : Value(value);
    }

    private string Criterion(double value) => FitFacts.Criterion(value, Math.Min(_digits, MostDigits));

    private string Statistic(double value) => NumberText.Significant(value, _statistic);

    private string Probability(double value) => NumberText.Probability(value, _probability);

    private string Defined(double value) => double.IsNaN(value) ? "undefined" : Value(value);

    private static string Count(double value) => double.IsInfinity(value) ? "∞" : NumberText.Count((long)value);
}
