namespace Plumbline;

/// <summary>
/// Identical distribution: whether parts of the rows have the same coefficients (Chow), the halves of the file, the best of seven borders, the
/// levels of a column.
/// </summary>
/// <remarks>
/// Method      fits to parts from their moments. The effect is the share of the errors' variance that separate fits explain, beside a term that the
///             model lacks where that is real too; errors that follow each other count as fewer.
/// Source      Chow, Tests of equality between sets of coefficients in two linear regressions, Econometrica 28 (1960).
/// </remarks>
internal static class StabilityChecks
{
    private const string Measure = "share of the errors' variance that separate fits explain";

    /// <summary>The checks.</summary>
    public static IEnumerable<AssumptionCheck> Of(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        AuxiliaryMoments[] eighths = evidence.First.Eighths;
        int half = eighths.Length / 2;
        BreakGain? middle = evidence.Suspicion.Breaks.FirstOrDefault(b => b.Cut == half);
        (TestValue test, _) = Breaks.Compare(layout, [AuxiliaryMoments.Sum(eighths[..half]), AuxiliaryMoments.Sum(eighths[half..])], evidence.Rows);
        if (middle is not null && test.Df > 0)
        {
            string method = $"Chow's test of the first {Words.Count(RowsBefore(evidence, half))} rows against the rest, F";
            yield return AtCut(evidence, "chow", middle, test, method, evidence.WithRepetition(test), 1);
        }
        BreakGain? best = evidence.Suspicion.Breaks.Where(static b => !double.IsNaN(b.Test.P)).MaxBy(static b => b.Share);
        if (best is not null && best.Cut != half)
        {
            int cuts = evidence.Suspicion.Breaks.Length;
            string method = $"Chow's test of the first {Words.Count(RowsBefore(evidence, best.Cut))} rows against the rest, the best of {cuts} borders: F; p times {cuts}";
            yield return AtCut(evidence, "chow-best", best, best.Test with { P = best.Adjusted(cuts) }, method, Math.Min(1, cuts * evidence.WithRepetition(best.Test)), cuts);
        }
        if (evidence.First.Levels.Count > 1 && !evidence.First.TooManyLevels && Split(evidence) is { } split)
        {
            yield return split;
        }
    }

    /// <summary>The last row before a cut.</summary>
    private static long RowsBefore(Evidence evidence, int cut) => (long)cut * evidence.Layout.Parts.Origin.Rows.Read / FirstPass.Eighths;

    private static AssumptionCheck AtCut(Evidence evidence, string name, BreakGain gain, TestValue test, string method, double p, int tests)
    {
        CheckLayout layout = evidence.Layout;
        Suspicion suspicion = evidence.Suspicion;
        AuxiliaryMoments[] parts = [AuxiliaryMoments.Sum(suspicion.Eighths[..gain.Cut]), AuxiliaryMoments.Sum(suspicion.Eighths[gain.Cut..])];
        double share = gain.Share;
        if (suspicion.Repairs.Term)
        {
            (share, double beside) = Beside(evidence, parts, [.. suspicion.Term!.Term.Pairs.Select(q => layout.Products + q)]);
            p = Math.Max(p, beside);
        }
        if (gain.Test.P * tests < 0.05 && suspicion.Causes is not null)
        {
            p = Math.Max(p, Math.Min(1, tests * suspicion.P(gain)));
        }
        double size = EffectScale.Share.Size(share, p);
        CheckVerdict verdict = EffectScale.Verdict(size);
        (int most, double before, double after, double errors) = Difference(evidence, parts[0], parts[1]);
        long row = RowsBefore(evidence, gain.Cut);
        return new AssumptionCheck
        {
            Name = name,
            Assumption = ModelAssumption.IdenticalDistribution,
            Statistic = test.Statistic,
            Df = [test.Df, test.DenominatorDf],
            P = test.P,
            Method = method,
            EffectSize = size,
            EffectMeasure = Measure,
            EffectValue = share,
            Verdict = verdict,
            Effect = $"Separate fits to the rows up to {Words.Count(row)} and after would explain {Words.Percent(share)} of the errors' variance; most of all the coefficient of {Words.Code(evidence.Name(most))} differs, {Words.Number(before)} before and {Words.Number(after)} after ({Words.Ratio(errors)} standard errors of the model's).",
            Remedy = verdict == CheckVerdict.Ok ? null : Remedy(evidence, gain.Cut, parts[1], most),
        };
    }

    private static (double Share, double P) Beside(Evidence evidence, AuxiliaryMoments[] parts, int[] added)
    {
        CheckLayout layout = evidence.Layout;
        double rows = evidence.Suspicion.Rows;
        (double together, int rank) = Breaks.Rss(layout, [AuxiliaryMoments.Sum(parts)], added);
        (double apart, int ranks) = Breaks.Rss(layout, parts, added);
        return ranks > rank && rows > ranks
            ? (TermGains.Share(together, rows - rank, apart, rows - ranks), evidence.WithRepetition(AuxiliaryTests.Chow(together, apart, rows, rank, ranks)))
            : (0, 1);
    }

    /// <summary>The coefficient that differs most between two parts, in the model's standard errors.</summary>
    private static (int Coefficient, double First, double Second, double Errors) Difference(Evidence evidence, AuxiliaryMoments first, AuxiliaryMoments second)
    {
        int[] z = [.. evidence.Layout.Orthonormal];
        double[] a = evidence.Moves(first.Fit(evidence.Layout.Residual, z).Coefficients), b = evidence.Moves(second.Fit(evidence.Layout.Residual, z).Coefficients);
        int most = 0;
        double largest = -1;
        for (int j = 0; j < a.Length; j++)
        {
            double errors = Math.Abs(a[j] - b[j]) / evidence.Errors[j];
            if (errors > largest)
            {
                (most, largest) = (j, errors);
            }
        }
        double estimate = evidence.Model.Coefficients[most].Estimate;
        return (most, estimate + a[most], estimate + b[most], largest);
    }

    /// <summary>A fit to the later rows alone, where a column tells which they are.</summary>
    private static CheckRemedy? Remedy(Evidence evidence, int cut, AuxiliaryMoments later, int most)
    {
        if (evidence.Options.Order is not { } order || !evidence.First.FirstOrder.TryGetValue(cut, out double from))
        {
            return null;
        }
        CheckLayout layout = evidence.Layout;
        AuxiliaryFit fit = later.Fit(layout.Residual, [.. layout.Orthonormal]);
        double rows = later[layout.Constant, layout.Constant];
        double sigma = Math.Sqrt(fit.Rss / Math.Max(1, rows - fit.Rank)) * layout.Sigma;
        double before = evidence.Model.Coefficients[most].Estimate, after = before + evidence.Moves(fit.Coefficients)[most];
        string name = evidence.Name(most);
        string condition = $"{RowCondition.Quoted(order)} >= {RowCondition.Literal(from, evidence.OrderInfo)}";
        return new CheckRemedy
        {
            Kind = RemedyKind.Rows,
            Value = condition,
            Text = $"Fit the rows from {Words.Code(condition)} on alone, and those before: there the coefficient of {Words.Code(name)} is {Words.Number(after)} instead of {Words.Number(before)}, and the residual standard error {Words.Number(sigma)} instead of {Words.Number(layout.Sigma)}.",
            Numbers = [new RemedyNumber(name, before, after), new RemedyNumber("residual standard error", layout.Sigma, sigma)],
        };
    }

    private static AssumptionCheck? Split(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        (double Level, AuxiliaryMoments Moments)[] levels = [.. evidence.First.Levels];
        AuxiliaryMoments[] parts = [.. levels.Select(static l => l.Moments)];
        double rows = evidence.Rows;
        (TestValue test, double share) = Breaks.Compare(layout, parts, rows);
        if (!(test.Df > 0))
        {
            return null;
        }
        double size = EffectScale.Share.Size(share, test.P);
        CheckVerdict verdict = EffectScale.Verdict(size);
        int at = 0, most = 0;
        double value = 0, largest = -1;
        for (int l = 0; l < levels.Length; l++)
        {
            double[] moves = evidence.Moves(parts[l].Fit(layout.Residual, [.. layout.Orthonormal]).Coefficients);
            for (int j = 0; j < moves.Length; j++)
            {
                if (Math.Abs(moves[j]) / evidence.Errors[j] > largest)
                {
                    (at, most, value, largest) = (l, j, evidence.Model.Coefficients[j].Estimate + moves[j], Math.Abs(moves[j]) / evidence.Errors[j]);
                }
            }
        }
        string split = Words.Code(evidence.Options.Split!), text = Words.Code(evidence.LevelText(levels[at].Level));
        double estimate = evidence.Model.Coefficients[most].Estimate;
        return new AssumptionCheck
        {
            Name = "chow-split",
            Assumption = ModelAssumption.IdenticalDistribution,
            Statistic = test.Statistic,
            Df = [test.Df, test.DenominatorDf],
            P = test.P,
            Method = $"Chow's test of the {levels.Length} levels of {split} against each other, F",
            EffectSize = size,
            EffectMeasure = Measure,
            EffectValue = share,
            Verdict = verdict,
            Effect = $"Separate fits to the {levels.Length} levels of {split} would explain {Words.Percent(share)} of the errors' variance; {split} = {text} differs most: the coefficient of {Words.Code(evidence.Name(most))} is {Words.Number(value)} there, {Words.Number(estimate)} in all rows.",
            Remedy = verdict == CheckVerdict.Ok ? null : Crossed(evidence, parts),
        };
    }

    private static CheckRemedy? Crossed(Evidence evidence, AuxiliaryMoments[] parts)
    {
        string split = Names.Quote(evidence.Options.Split!);
        if (FormulaEdits.Crossed(evidence.Model, evidence.SplitIsNumber ? $"C({split})" : split) is not { } formula)
        {
            return null;
        }
        CheckLayout layout = evidence.Layout;
        (double rss, int ranks) = Breaks.Rss(layout, parts, []);
        double sigma = Math.Sqrt(rss / (evidence.Rows - ranks)) * layout.Sigma;
        return new CheckRemedy
        {
            Kind = RemedyKind.Formula,
            Value = formula,
            Text = $"Let the coefficients differ: {Words.Code(formula)}; the residual standard error of {Words.Code(evidence.Model.Response)} goes from {Words.Number(layout.Sigma)} to {Words.Number(sigma)}.",
            Numbers = [new RemedyNumber("residual standard error", layout.Sigma, sigma)],
        };
    }
}
