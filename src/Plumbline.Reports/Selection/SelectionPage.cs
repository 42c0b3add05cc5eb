namespace Plumbline.Reports;

/// <summary>A selection of terms as a page: the steps, or the best of each size, then the fit of the model selected.</summary>
internal static class SelectionPage
{
    /// <summary>The page.</summary>
    public static string Of(SelectionResult result, FitReportOptions options, bool isMarkdown)
    {
        var page = new ReportPage(isMarkdown, options.Width, labelWidth: 17);
        page.Title(result.Formula);
        page.Line($"{Way(result)}, by {Words(result.Options.Criterion)}; {NumberText.Count(result.Examined)} models examined");
        if (result.Validation is { } validation)
        {
            page.Line($"{validation.Folds}, each selecting anew in its training rows");
        }
        page.Table(Models(result, options));
        page.Fact("Selected", result.Validation is null
            ? $"{result.Best.Formula}, {Words(result.Options.Criterion)} {NumberText.Significant(result.Options.Criterion == SelectionCriterion.Aic ? result.Best.Aic : result.Best.Bic, options.Digits)}"
            : result.Best.Formula);
        if (result.Validation is { } score)
        {
            int chosen = result.Sizes.Index().First(m => ReferenceEquals(m.Item, result.Best)).Index;
            page.Fact("Validation RMSE", EvaluationPage.Score(score.Scores[chosen], options.Digits));
            page.Fact("Validation rows", PathText.Sizes(score.ValidationRows));
            if (score.Test is { } test)
            {
                page.Fact("Test RMSE", EvaluationPage.Test(test, options.Digits));
            }
        }
        page.Append(isMarkdown ? FitMarkdown.Render(result.Model, options) : FitText.Render(result.Model, options));
        return page.ToString();
    }

    private static string Way(SelectionResult result) => result.Method == SelectionMethod.BestSubsets ? "Best subsets" : result.Options.Direction switch
    {
        StepDirection.Forward => "Stepwise, forward",
        StepDirection.Backward => "Stepwise, backward",
        _ => "Stepwise, both ways",
    };

    private static string Words(SelectionCriterion criterion) => criterion switch
    {
        SelectionCriterion.Aic => "AIC",
        SelectionCriterion.Bic => "BIC",
        SelectionCriterion.ValidationError => "least validation error",
        _ => "fewest terms within one standard error of the least validation error",
    };

    private static TextTable Models(SelectionResult result, FitReportOptions options)
    {
        (string Name, SubsetModel Model)[] lines = result.Steps.Count > 0
            ? [.. result.Steps.Select(static s => (s.Added is not null ? $"+ {s.Added}" : s.Dropped is not null ? $"- {s.Dropped}" : "start", s.Model))]
            : [.. result.Sizes.Select(m => ((result.Validation is null ? "" : ReferenceEquals(m, result.Best) ? "> " : "  ") + (m.Terms.Count == 0 ? "(none)" : string.Join(" + ", m.Terms)), m))];
        TextTable table = new([.. lines.Select(static l => l.Name)]);
        string Number(double value) => NumberText.Significant(value, options.Digits);
        table.Add("Coefs.", [.. lines.Select(static l => NumberText.Count(l.Model.Rank))], together: false);
        table.Add("RSS", [.. lines.Select(l => Number(l.Model.Rss))], together: true);
        table.Add("Adj. R²", [.. lines.Select(static l => NumberText.Significant(l.Model.AdjustedRSquared, 4))], together: true);
        if (result.Validation is { } validation)
        {
            table.Add("Validation MSE", [.. validation.Scores.Select(s => Number(s.Mean))], together: false);
            table.Add("±", [.. validation.Scores.Select(static s => NumberText.Significant(s.StandardError, 3))], together: true);
            table.Add("Same in", [.. validation.Agreeing.Select(n => $"{n} of {validation.ValidationRows.Count}")], together: true);
            DotPlot.Add(table, new DotCurve('●', [.. validation.Scores.Select(static s => s.Mean)], [.. validation.Scores.Select(static s => s.StandardError)]));
            return table;
        }
        table.Add("Cp", [.. lines.Select(static l => NumberText.Significant(l.Model.MallowsCp, 4))], together: true);
        table.Add("AIC", [.. lines.Select(l => Number(l.Model.Aic))], together: true);
        table.Add("BIC", [.. lines.Select(l => Number(l.Model.Bic))], together: true);
        return table;
    }
}
