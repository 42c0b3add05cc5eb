namespace Plumbline;

/// <summary>
/// Independence of rows in order: Durbin–Watson, Breusch–Godfrey, Ljung–Box.
/// </summary>
/// <remarks>
/// Method      statistics of the residuals as they are. The effect is the correlation of repaired residuals: a change of regime or a curve makes the
///             residuals of a wrong line follow each other, which is not the errors' fault.
/// </remarks>
internal static class IndependenceChecks
{
    /// <summary>The checks; none without an order.</summary>
    public static IEnumerable<AssumptionCheck> Of(Evidence evidence)
    {
        if (evidence.Raw is not { } raw || evidence.Following is not { } repaired || !(repaired.Products[0] > 0))
        {
            yield break;
        }
        double rows = evidence.Rows;
        double rho = repaired.Products[1] / repaired.Products[0];
        double all = 0;
        for (int l = 1; l <= repaired.Lags; l++)
        {
            double correlation = repaired.Products[l] / repaired.Products[0];
            all += Math.Max(0, (correlation * correlation) - (1 / rows));
        }
        bool isRepaired = repaired != raw && evidence.Suspicion.IsRepaired;
        double first = isRepaired ? Numerics.Normal.TwoSided(rho * Math.Sqrt(rows)) : 0;
        double box = isRepaired ? LjungBox.Test(repaired.Products, repaired.Rows).P : 0;
        string sentence = Sentence(evidence, rho);
        CheckRemedy? remedy = Remedy(evidence);

        double statistic = DurbinWatson.Statistic(raw.SquaredDifferences, raw.Products[0]);
        (DurbinWatsonP p, bool isExact) = raw.DurbinWatsonTest(statistic);
        yield return Make(
            "durbin-watson", TestValue.Plain(statistic, p.TwoSided), [], $"Durbin and Watson's test, two-sided; p {(isExact ? "exact" : "from the normal law with the mean and variance of the statistic")}", Math.Abs(rho), first);
        double left = raw.AuxiliaryRss(raw.Lags, out int order);
        TestValue godfrey = AuxiliaryTests.BreuschGodfrey(raw.Products[0], left, rows, order);
        // The F form knows that the model's columns alone make residuals follow each other, which Ljung and Box's χ² does not.
        double ofModel = AuxiliaryTests.BreuschGodfreyF(raw.Products[0], left, rows, evidence.Coefficients, order).P;
        box = double.IsNaN(ofModel) ? 1 : Math.Max(box, ofModel);
        yield return Make("breusch-godfrey", godfrey, [godfrey.Df], $"Breusch and Godfrey's test of order {order}, residuals before the first row 0: n·R², χ²", Math.Sqrt(all), box);
        TestValue ljung = LjungBox.Test(raw.Products, raw.Rows);
        yield return Make("ljung-box", ljung, [ljung.Df], $"Ljung and Box's test of {raw.Lags} autocorrelations, χ²", Math.Sqrt(all), box);

        AssumptionCheck Make(string name, TestValue test, IReadOnlyList<double> df, string method, double value, double veto)
        {
            double size = EffectScale.Correlation.Size(value, Math.Max(veto, test.P));
            CheckVerdict verdict = EffectScale.Verdict(size);
            return new AssumptionCheck
            {
                Name = name,
                Assumption = ModelAssumption.Independence,
                Statistic = test.Statistic,
                Df = df,
                P = test.P,
                Method = method,
                EffectSize = size,
                EffectMeasure = name == "durbin-watson" ? "correlation of errors beside each other" : $"root of the sum of the squared correlations of errors up to {raw.Lags} rows apart, less what chance gives",
                EffectValue = value,
                Verdict = verdict,
                Effect = sentence,
                Remedy = verdict == CheckVerdict.Ok ? null : remedy,
            };
        }
    }

    private static string Sentence(Evidence evidence, double rho)
    {
        int most = MostChanged(evidence);
        string errors = most < 0 ? "" : $"; the standard error of {Words.Code(evidence.Name(most))} is {Words.Number(evidence.NeweyWest![most])} when that is allowed for (Newey–West), {Words.Number(evidence.Errors[most])} classical";
        return Math.Abs(rho) < 0.1
            ? $"The error of {Words.Code(evidence.Model.Response)} in one row says little about the next (correlation {Words.Ratio(rho)}){errors}."
            : $"The error of {Words.Code(evidence.Model.Response)} in one row tells that of the next (correlation {Words.Ratio(rho)}), so {Words.Count(evidence.Rows)} rows say as much as {Words.Count(Math.Max(1, evidence.Rows * (1 - rho) / (1 + rho)))} independent ones would{errors}.";
    }

    private static int MostChanged(Evidence evidence)
    {
        if (evidence.NeweyWest is not { } errors)
        {
            return -1;
        }
        return Enumerable.Range(0, errors.Length).Where(j => errors[j] > 0 && evidence.Errors[j] > 0)
            .DefaultIfEmpty(-1).MaxBy(j => j < 0 ? 0 : Math.Abs(Math.Log(errors[j] / evidence.Errors[j])));
    }

    private static CheckRemedy? Remedy(Evidence evidence)
    {
        int most = MostChanged(evidence);
        if (most < 0)
        {
            return null;
        }
        int lags = evidence.Raw!.Lags;
        string order = evidence.Options.Order is { } column ? $" with --order {Words.Code(column)}" : "";
        return new CheckRemedy
        {
            Kind = RemedyKind.Covariance,
            Value = $"newey-west:{lags}",
            Text = $"Take standard errors that allow for it (newey-west:{lags}{order}): that of {Words.Code(evidence.Name(most))} goes from {Words.Number(evidence.Errors[most])} to {Words.Number(evidence.NeweyWest![most])}; the estimates stay.",
            Numbers = evidence.ChangedErrors(evidence.NeweyWest),
        };
    }
}
