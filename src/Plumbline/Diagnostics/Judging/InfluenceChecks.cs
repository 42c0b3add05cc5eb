using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Influence: the row of largest Cook's distance, and the largest studentized residual.
/// </summary>
/// <remarks>
/// Method      from residual, leverage and z of a row, no refit. The effect is how far coefficients move without the wild rows
///             (<see cref="WildRows"/>), or without the most influential row when there is none; without a wild row nothing is in doubt, since some
///             row always is the most influential.
/// Source      Belsley, Kuh, Welsch, Regression Diagnostics (1980); car's <c>outlierTest</c>.
/// </remarks>
internal static class InfluenceChecks
{
    private const double Unremarkable = 0.49;
    private const double Unnoticed = 0.1;           // of its size an effect keeps, when there is no wild row

    /// <summary>The checks, and the most influential rows.</summary>
    public static (AssumptionCheck[] Checks, InfluenceRow[] Rows) Of(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        var maker = new InfluenceRows(layout, evidence.Components);
        InfluenceRow[] influential = [.. evidence.First.Influential.Select(maker.Of).Where(static r => !double.IsNaN(r.CooksDistance)).OrderByDescending(static r => r.CooksDistance).ThenBy(static r => r.Row)];
        InfluenceRow? outlying = evidence.First.Outlying.Select(maker.Of).Where(static r => !double.IsNaN(r.Studentized)).MaxBy(static r => Math.Abs(r.Studentized));
        if (influential.Length == 0)
        {
            return ([], []);
        }
        double chance = evidence.Suspicion.Wild.Select(r => maker.Of(r).OutlierP).DefaultIfEmpty(1).Min();
        var checks = new List<AssumptionCheck> { Cook(evidence, influential[0], chance) };
        if (outlying is not null)
        {
            checks.Add(Outlier(evidence, outlying));
        }
        return ([.. checks], [.. influential.Take(evidence.Options.MostInfluential)]);
    }

    private static AssumptionCheck Cook(Evidence evidence, InfluenceRow row, double chance)
    {
        CheckRow[] wild = [.. evidence.Suspicion.Wild];
        CheckRow[] without = wild.Length > 0 ? wild : [evidence.First.Influential.First(r => r.Row == row.Row)];
        (double[] moves, _) = WildRows.Without(without, evidence.Layout);
        double[] inUnits = evidence.Moves(moves);
        int most = Enumerable.Range(0, inUnits.Length).MaxBy(j => Math.Abs(inUnits[j]) / evidence.Errors[j]);
        double value = Math.Abs(inUnits[most]) / evidence.Errors[most];
        double size = wild.Length == 0 ? Math.Min(Unremarkable, Unnoticed * EffectScale.Move.Size(value, double.NaN)) : EffectScale.Move.Size(value, chance);
        CheckVerdict verdict = EffectScale.Verdict(size);
        double estimate = evidence.Model.Coefficients[most].Estimate;
        string rows = wild.Length > 1 ? $"rows {string.Join(", ", without.Select(static r => Words.Count(r.Row)).Order(StringComparer.Ordinal))}" : $"row {Words.Count(without[0].Row)}";
        return new AssumptionCheck
        {
            Name = "cook",
            Assumption = ModelAssumption.Influence,
            Statistic = row.CooksDistance,
            Df = [],
            P = double.NaN,
            Method = $"largest Cook's distance, of row {Words.Count(row.Row)}; no test",
            EffectSize = size,
            EffectMeasure = "largest move of a coefficient without the rows named, in its standard errors",
            EffectValue = value,
            Verdict = verdict,
            Effect = $"Without {rows} the coefficient of {Words.Code(evidence.Name(most))} goes from {Words.Number(estimate)} to {Words.Number(estimate + inUnits[most])}, {Words.Ratio(value)} of its standard errors.",
            Remedy = verdict == CheckVerdict.Ok ? null : Remedy(evidence, without, inUnits),
        };
    }

    private static AssumptionCheck Outlier(Evidence evidence, InfluenceRow row)
    {
        double n = evidence.Rows, df = evidence.Layout.DfResidual - 1;
        double bound = StudentT.UpperQuantile(0.025 / n, Math.Max(1, df));
        double value = Math.Abs(row.Studentized) / bound;
        bool isWild = evidence.Suspicion.Excluded.Contains(row.Row);
        double size = isWild ? EffectScale.Outlier.Size(value, row.OutlierP) : Math.Min(Unremarkable, Unnoticed * EffectScale.Outlier.Size(value, row.OutlierP));
        CheckVerdict verdict = EffectScale.Verdict(size);
        CheckRow[] wild = [.. evidence.Suspicion.Wild];
        string beside = isWild || value < 1.2 ? "" : "; others stand out like it, so that it is the law of the errors rather than this row";
        return new AssumptionCheck
        {
            Name = "outlier",
            Assumption = ModelAssumption.Influence,
            Statistic = row.Studentized,
            Df = [df],
            P = row.OutlierP,
            Method = $"largest studentized residual, of row {Words.Count(row.Row)}: t, p times {Words.Count(n)} rows (Bonferroni)",
            EffectSize = size,
            EffectMeasure = "the largest studentized residual over the 5 % bound for the largest of n",
            EffectValue = value,
            Verdict = verdict,
            Effect = $"In row {Words.Count(row.Row)} {Words.Code(evidence.Model.Response)} is {Words.Number(row.Response)}, where the model says {Words.Number(row.Fitted)}: {Words.Ratio(Math.Abs(row.Studentized))} standard deviations off; the largest of {Words.Count(n)} should stay below {Words.Ratio(bound)}{beside}.",
            Remedy = verdict == CheckVerdict.Ok || wild.Length == 0 ? null : Remedy(evidence, wild, evidence.Moves(WildRows.Without(wild, evidence.Layout).Moves)),
        };
    }

    private static CheckRemedy Remedy(Evidence evidence, CheckRow[] without, double[] moves)
    {
        string condition = string.Join(" AND ", without.Select(r => RowCondition.Except(evidence.Inputs.Zip(r.Inputs))));
        (_, double rss) = WildRows.Without(without, evidence.Layout);
        double left = evidence.Rows - evidence.Coefficients - without.Length;
        double sigma = evidence.Layout.Sigma, after = Math.Sqrt(rss / left) * sigma;
        string rows = string.Join(", ", without.Select(static r => Words.Count(r.Row)));
        return new CheckRemedy
        {
            Kind = RemedyKind.Rows,
            Value = condition,
            Text = $"Look where row {rows} comes from; if it is a mistake, correct it, or leave it out: the residual standard error of {Words.Code(evidence.Model.Response)} goes from {Words.Number(sigma)} to {Words.Number(after)}.",
            Numbers =
            [
                .. moves.Select((move, j) => new RemedyNumber(evidence.Name(j), evidence.Model.Coefficients[j].Estimate, evidence.Model.Coefficients[j].Estimate + move)),
                new RemedyNumber("residual standard error", sigma, after),
            ],
        };
    }
}

/// <summary>Influence measures of rows, from their auxiliary columns.</summary>
internal sealed class InfluenceRows
{
    private readonly CheckLayout _layout;
    private readonly TermComponents _components;
    private readonly InfluenceMeasures _measures;
    private readonly DoubleDouble[][] _root;

    /// <param name="layout">What the rows hold.</param>
    /// <param name="components">What the terms add.</param>
    public InfluenceRows(CheckLayout layout, TermComponents components)
    {
        LeastSquaresGeometry geometry = layout.Parts.Solution.Geometry;
        _layout = layout;
        _components = components;
        _root = geometry.Root<DoubleDouble>();
        _measures = new InfluenceMeasures(layout.DfResidual, layout.Rows, layout.Coefficients, Math.ScaleB(geometry.Count * geometry.Condition, -92));
    }

    /// <summary>The measures of a row.</summary>
    public InfluenceRow Of(CheckRow row)
    {
        double weight = _layout.IsFrequency ? 1 : row.Weight;
        DoubleDouble residual = row.Columns[_layout.Residual], leverage = row.Leverage;
        RowInfluence influence = _measures.Of(residual, weight, leverage);
        var dfbetas = new double[_layout.Coefficients];
        DoubleDouble[] z = [.. row.Columns.Take(dfbetas.Length).Select(DoubleDouble.From)];
        _measures.Dfbetas(dfbetas, residual, weight, leverage, z, _root);
        var partial = new double[_components.Count];
        _components.PartialOfOrthonormal(partial, row.Residual, z);
        return new InfluenceRow
        {
            Row = row.Row,
            Response = row.Response,
            Fitted = row.Response - row.Residual,
            Residual = row.Residual,
            Leverage = row.Leverage,
            Standardized = influence.Standardized,
            Studentized = influence.Studentized,
            OutlierP = _measures.OutlierP(influence.Studentized, _layout.Rows),
            CooksDistance = influence.CooksDistance,
            Dffits = influence.Dffits,
            CovarianceRatio = influence.CovarianceRatio,
            Dfbetas = ImmutableCollectionsMarshal.AsImmutableArray(dfbetas),
            PartialResiduals = ImmutableCollectionsMarshal.AsImmutableArray(partial),
        };
    }
}
