namespace Plumbline.Reports;

/// <summary>A penalized path as plain text: its steps, the coefficients of the one chosen, and how it was chosen.</summary>
public static class PathText
{
    private const int ShownSteps = 12;
    private const double NoGap = 1e-20;         // below, it is the rounding of double-double

    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="fit">The path.</param>
    /// <param name="step">The step chosen.</param>
    /// <param name="choice">By which rule; null when λ was given.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(PenalizedFit fit, int step, LambdaChoice? choice, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        options ??= FitReportOptions.Default;
        return Page(fit, step, choice, options, isMarkdown: false);
    }

    /// <summary>A rule in words.</summary>
    internal static string Words(LambdaChoice? choice) => choice switch
    {
        null => "given",
        LambdaChoice.Minimum => "least validation error",
        LambdaChoice.OneStandardError => "largest λ within one standard error of the least validation error",
        LambdaChoice.Aic => "least AIC",
        _ => "least BIC",
    };

    /// <summary>The report in one of its forms.</summary>
    internal static string Page(PenalizedFit fit, int step, LambdaChoice? choice, FitReportOptions options, bool isMarkdown)
    {
        var page = new ReportPage(isMarkdown, options.Width, labelWidth: 18);
        page.Title(fit.Formula);
        page.Line(fit.Source);
        page.Line(Head(fit));
        page.Table(Steps(fit, step, options));
        page.Table(Coefficients(fit, step, options));
        foreach ((string label, string text) in Facts(fit, step, choice, options.Digits))
        {
            page.Fact(label, text);
        }
        page.Notes(fit.Notes);
        return page.ToString();
    }

    private static string Head(PenalizedFit fit)
    {
        PathOptions path = fit.Path.Options;
        string kind = path.Alpha == 1 ? "lasso" : path.Alpha == 0 ? "ridge" : $"elastic net, α = {NumberText.Shortest(path.Alpha)}";
        string validation = fit.Validation is { } v ? $", {v.Folds}" : "";
        return $"{kind}, {(path.Standardize ? "penalty on standardized predictors" : "penalty on predictors as they are")}{validation}";
    }

    private static TextTable Steps(PenalizedFit fit, int step, FitReportOptions options)
    {
        IReadOnlyList<PathStep> all = fit.Path.Steps;
        int[] shown = all.Count <= ShownSteps
            ? [.. Enumerable.Range(0, all.Count)]
            : [.. Enumerable.Range(0, ShownSteps).Select(k => (int)Math.Round(k * (all.Count - 1.0) / (ShownSteps - 1))).Append(step).Distinct().Order()];
        TextTable table = new([.. shown.Select(k => (k == step ? "> " : "  ") + "λ " + NumberText.Significant(all[k].Lambda, Math.Min(options.Digits, 5)))]);
        table.Add("Not 0", [.. shown.Select(k => NumberText.Count(all[k].NonZero))], together: false);
        table.Add("Df", [.. shown.Select(k => NumberText.Significant(all[k].Df, 4))], together: false);
        table.Add("R²", [.. shown.Select(k => NumberText.Significant(all[k].RSquared, Math.Min(options.Digits, 5)))], together: false);
        if (fit.Validation is { } validation)
        {
            table.Add("Validation MSE", [.. shown.Select(k => NumberText.Significant(validation.Scores[k].Mean, options.Digits))], together: false);
            table.Add("±", [.. shown.Select(k => NumberText.Significant(validation.Scores[k].StandardError, 3))], together: true);
        }
        table.Add("AIC", [.. shown.Select(k => FitFacts.Criterion(all[k].Aic, options.Digits))], together: false);
        table.Add("BIC", [.. shown.Select(k => FitFacts.Criterion(all[k].Bic, options.Digits))], together: false);
        if (fit.Validation?.Scores is { } scores)
        {
            DotPlot.Add(table, new DotCurve('●', [.. shown.Select(k => scores[k].Mean)], [.. shown.Select(k => scores[k].StandardError)]));
        }
        return table;
    }

    private static TextTable Coefficients(PenalizedFit fit, int step, FitReportOptions options)
    {
        TextTable table = new([.. fit.Path.Names]);
        table.Add("Estimate", [.. fit.Path.Steps[step].Coefficients.Select(b => NumberText.Significant(b, options.Digits))], together: false);
        PathOptions path = fit.Path.Options;
        bool isBounded = path.Lower.Count + path.Upper.Count > 0 || !double.IsInfinity(path.LowerOfAll) || !double.IsInfinity(path.UpperOfAll);
        if (path.Alpha == 0 && !isBounded && fit.Path.Steps[step].Lambda > 0)
        {
            RidgeErrors errors = fit.RidgeErrors(step);
            table.Add("Std. error", [.. errors.StandardErrors.Select(e => NumberText.Significant(e, options.Digits))], together: true);
            table.Add("Posterior sd", [.. errors.PosteriorDeviations.Select(e => NumberText.Significant(e, options.Digits))], together: true);
        }
        return table;
    }

    private static IEnumerable<(string Label, string Text)> Facts(PenalizedFit fit, int step, LambdaChoice? choice, int digits)
    {
        PathStep chosen = fit.Path.Steps[step];
        yield return ("Chosen", $"λ = {NumberText.Significant(chosen.Lambda, digits)}: {Words(choice)}");
        if (fit.Validation is { } validation)
        {
            ValidationScore score = validation.Scores[step];
            string error = double.IsNaN(score.StandardError) ? "" : $", MSE {NumberText.Significant(score.Mean, digits)} ± {NumberText.Significant(score.StandardError, 3)}";
            yield return ("Validation RMSE", $"{NumberText.Significant(score.Rmse, digits)}{error}");
            yield return ("Validation rows", Sizes(validation.ValidationRows));
            if (step == 0 || step == fit.Path.Steps.Count - 1)
            {
                yield return ("At the edge", $"the {(step == 0 ? "largest" : "smallest")} λ of the path: look beyond it with --lambda.");
            }
        }
        yield return ("Training RMSE", NumberText.Significant(Math.Sqrt(chosen.Rss / fit.Path.Weight), digits));
        if (fit.Path.Options.Alpha == 0 && chosen.Lambda > 0)
        {
            yield return ("Errors", "of sampling, without the bias; of a normal prior (MAP). Both take λ as given.");
        }
        double largest = fit.Path.Steps.Max(static s => s.DualityGap);
        yield return ("Duality gap", largest < NoGap ? "below 1e-20 of the null deviance in every step" : $"{NumberText.Significant(chosen.DualityGap, 2)} of the null deviance; largest on the path {NumberText.Significant(largest, 2)}");
        yield return ("Rows", $"{NumberText.Count(fit.Rows.Read)} read, {NumberText.Count(fit.Rows.Used)} used, {NumberText.Count(fit.Rows.Dropped)} dropped");
    }

    /// <summary>How large parts are: <c>10 folds of 43 to 46</c>.</summary>
    internal static string Sizes(IReadOnlyList<long> rows)
    {
        long least = rows.Min(), most = rows.Max();
        string range = least == most ? NumberText.Count(least) : $"{NumberText.Count(least)} to {NumberText.Count(most)}";
        return rows.Count == 1 ? range : $"{rows.Count} folds of {range}";
    }
}

/// <summary>A penalized path as Markdown. Names from the data are escaped.</summary>
public static class PathMarkdown
{
    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="fit">The path.</param>
    /// <param name="step">The step chosen.</param>
    /// <param name="choice">By which rule; null when λ was given.</param>
    /// <param name="options">Digits; the width is of no account. Null for the defaults.</param>
    public static string Render(PenalizedFit fit, int step, LambdaChoice? choice, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return PathText.Page(fit, step, choice, options ?? FitReportOptions.Default, isMarkdown: true);
    }
}
