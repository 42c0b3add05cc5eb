using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Linearity: RESET, and the gain of the best square and of the best product that the model lacks.
/// </summary>
/// <remarks>
/// Method      all from moments. The effect is the share of the errors' variance that the added columns explain, separate fits before and after a
///             break of regime made first, where there is one; errors that follow each other count as fewer.
/// Source      Ramsey, JRSS B 31 (1969), as lmtest's <c>resettest(power = 2:3)</c>.
/// </remarks>
internal static class LinearityChecks
{
    private const string Measure = "share of the errors' variance that the added columns explain";

    /// <summary>The checks.</summary>
    public static IEnumerable<AssumptionCheck> Of(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        if (layout.Fitted.Scale > 0 && Reset(evidence) is { } reset)
        {
            yield return reset;
        }
        Suspicion suspicion = evidence.Suspicion;
        foreach (bool isSquare in (bool[])[true, false])
        {
            if (Array.Find(suspicion.Gains, g => g.Term.IsSquare == isSquare) is { } gain)
            {
                yield return Missing(evidence, gain);
            }
        }
    }

    private static AssumptionCheck? Reset(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        int[] powers = [layout.FittedPowers, layout.FittedPowers + 1];
        AuxiliaryMoments partial = evidence.First.Whole.Sweep(layout.Orthonormal, out _);
        double left = partial.Sweep(powers, out int added)[layout.Residual, layout.Residual];
        TestValue test = AuxiliaryTests.Reset(partial[layout.Residual, layout.Residual], left, evidence.Rows, evidence.Coefficients, added);
        if (!(test.Df > 0))
        {
            return null;
        }
        (double share, double p) = Beside(evidence, powers, added, ofTerm: null);
        double size = EffectScale.Share.Size(share, p);
        CheckVerdict verdict = EffectScale.Verdict(size);
        double moved = Math.Sqrt(Math.Max(0, layout.DfResidual - left) / evidence.First.Whole[layout.Constant, layout.Constant]) * layout.Sigma;
        return new AssumptionCheck
        {
            Name = "reset",
            Assumption = ModelAssumption.Linearity,
            Statistic = test.Statistic,
            Df = [test.Df, test.DenominatorDf],
            P = test.P,
            Method = "Ramsey's RESET: the square and the cube of the fitted values added, F",
            EffectSize = size,
            EffectMeasure = Measure,
            EffectValue = share,
            Verdict = verdict,
            Effect = $"The square and the cube of the fitted values would explain {Words.Percent(share)} of the errors' variance, and move predictions of {Words.Code(evidence.Model.Response)} by {Words.Number(moved)} (root mean square).",
            Remedy = verdict == CheckVerdict.Ok ? null
                : OfLog(evidence, share) ?? (evidence.Suspicion.Term is { } term ? Remedy(evidence, term) : null),
        };
    }

    /// <summary>log y, when its RESET finds much less; weighted rows have another mean of it than this pass knows.</summary>
    private static CheckRemedy? OfLog(Evidence evidence, double share)
    {
        if (!evidence.Layout.HasLog || evidence.Layout.IsWeighted)
        {
            return null;
        }
        int k = evidence.Coefficients, residual = k + SecondLookColumns.Log;
        AuxiliaryMoments partial = evidence.Second.Sweep(Enumerable.Range(0, k), out _);
        double without = partial[residual, residual];
        double with = partial.Sweep([k + SecondLookColumns.LogFittedSquare, k + SecondLookColumns.LogFittedCube], out int added)[residual, residual];
        double df = evidence.Suspicion.Rows - k;
        double then = TermGains.Share(without, df, with, df - added);
        return !(then < 0.3 * share) ? null : new CheckRemedy
        {
            Kind = RemedyKind.Formula,
            Value = FormulaEdits.WithLog(evidence.Model),
            Text = $"Fit log({Words.Code(evidence.Model.Response)}): there the square and the cube of the fitted values explain {Words.Percent(then)} of the errors' variance instead of {Words.Percent(share)}; coefficients then are relative changes.",
            Numbers = [new RemedyNumber("share of the errors' variance that powers of the fitted values explain", share, then)],
        };
    }

    private static AssumptionCheck Missing(Evidence evidence, TermGain gain)
    {
        CheckLayout layout = evidence.Layout;
        int[] columns = Columns(layout, gain);
        (double share, double p) = Beside(evidence, columns, gain.Df, gain);
        double size = EffectScale.Share.Size(share, p);
        CheckVerdict verdict = EffectScale.Verdict(size);
        string kind = gain.Term.IsSquare ? "square" : "product";
        int tested = layout.Terms.Terms.Count(t => t.IsSquare == gain.Term.IsSquare);
        string term = Words.Code(gain.Term.Text);
        return new AssumptionCheck
        {
            Name = kind,
            Assumption = ModelAssumption.Linearity,
            Statistic = gain.F,
            Df = [gain.Df, evidence.Suspicion.Rows - evidence.Coefficients - gain.Df],
            P = Math.Min(1, gain.Classical * tested / layout.Terms.Terms.Count),
            Method = $"{term} added, the {kind} that explains most of {tested}: F; p times {tested}{Left(evidence)}",
            EffectSize = size,
            EffectMeasure = Measure,
            EffectValue = share,
            Verdict = verdict,
            Effect = $"Adding {term} would explain {Words.Percent(share)} of the errors' variance, and move predictions of {Words.Code(evidence.Model.Response)} by {Words.Number(Moved(evidence, gain))} (root mean square).",
            Remedy = verdict == CheckVerdict.Ok ? null : Remedy(evidence, gain),
        };
    }

    private static string Left(Evidence evidence) => evidence.Suspicion.Wild.Count == 0 ? "" : $"; without {Words.Count(evidence.Suspicion.Wild.Count)} wild rows";

    private static int[] Columns(CheckLayout layout, TermGain gain) => [.. gain.Term.Pairs.Select(p => layout.Products + p)];

    /// <summary>What columns explain when a break is allowed for, and p.</summary>
    private static (double Share, double P) Beside(Evidence evidence, int[] columns, int added, TermGain? ofTerm)
    {
        CheckLayout layout = evidence.Layout;
        Suspicion suspicion = evidence.Suspicion;
        AuxiliaryMoments[] parts = suspicion.Repairs.Break
            ? [AuxiliaryMoments.Sum(suspicion.Eighths[..suspicion.Break!.Cut]), AuxiliaryMoments.Sum(suspicion.Eighths[suspicion.Break!.Cut..])]
            : [suspicion.Whole];
        (double without, int rank) = Breaks.Rss(layout, parts, []);
        (double with, int larger) = Breaks.Rss(layout, parts, columns);
        double df = suspicion.Rows - larger;
        if (larger <= rank || df < 1)
        {
            return (0, 1);
        }
        TestValue test = TestValue.F((without - with) / (larger - rank) / (with / df), larger - rank, df);
        double p = evidence.WithRepetition(test);
        // Unequal variances make a term seem missing; p that allows for them tells whether there is more to it.
        double tested = ofTerm is null ? 1 : layout.Terms.Terms.Count(t => t.IsSquare == ofTerm.Term.IsSquare), all = layout.Terms.Terms.Count;
        bool isAlone = evidence.Repetition == 1 && !suspicion.Repairs.Break;
        if (suspicion.Causes is { } causes)
        {
            long border = suspicion.Repaired.Last;
            p = p * tested < 0.05 ? causes.P(p, (columns, border), ([], border)) : p;
        }
        else if (ofTerm is null)
        {
            p = Math.Max(p, RobustReset(evidence, columns, test));
        }
        else if (isAlone)
        {
            p = Math.Max(p, ofTerm.P / all);
        }
        p = Math.Min(1, p * tested);
        return (TermGains.Share(without, suspicion.Rows - rank, with, df), p);
    }

    private static double RobustReset(Evidence evidence, int[] columns, TestValue classical)
    {
        Suspicion suspicion = evidence.Suspicion;
        return suspicion.Repairs.Break ? 0 : TermGains.Robust(
            evidence.Layout, suspicion.Whole, suspicion.Scores, suspicion.Whole.Sweep(evidence.Layout.Orthonormal, out _), columns, suspicion.Rows - evidence.Coefficients, classical);
    }

    private static double Moved(Evidence evidence, TermGain gain)
    {
        CheckLayout layout = evidence.Layout;
        (double without, _) = Breaks.Rss(layout, [evidence.Suspicion.Whole], []);
        (double with, _) = Breaks.Rss(layout, [evidence.Suspicion.Whole], Columns(layout, gain));
        AuxiliaryMoments whole = evidence.Suspicion.Whole;
        return Math.Sqrt(Math.Max(0, without - with) / whole[layout.Constant, layout.Constant]) * layout.Sigma;
    }

    private static CheckRemedy Remedy(Evidence evidence, TermGain gain)
    {
        CheckLayout layout = evidence.Layout;
        (double with, int rank) = Breaks.Rss(layout, [evidence.First.Whole], Columns(layout, gain));
        double sigma = Math.Sqrt(with / (evidence.Rows - rank)) * layout.Sigma;
        double squared = 1 - (with * layout.Sigma * layout.Sigma / evidence.Model.Tss);
        return new CheckRemedy
        {
            Kind = RemedyKind.Formula,
            Value = FormulaEdits.With(evidence.Model, gain.Term.Text),
            Text = $"Add {Words.Code(gain.Term.Text)}: the residual standard error of {Words.Code(evidence.Model.Response)} goes from {Words.Number(layout.Sigma)} to {Words.Number(sigma)}, R² from {Words.Number(evidence.Model.RSquared)} to {Words.Number(squared)}.",
            Numbers =
            [
                new RemedyNumber("residual standard error", layout.Sigma, sigma),
                new RemedyNumber("R²", evidence.Model.RSquared, squared),
            ],
        };
    }
}
