using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Collinearity: variance inflation of the terms, condition of the centered columns, equations that nearly hold.
/// </summary>
/// <remarks>
/// Method      <see cref="CollinearityMeasures"/>. A term that shares a column of the data with another one (x and its square, a and a:b) is inflated by
///             the way the model is written, which centering changes and predictions do not feel: it is listed, and not judged.
/// Source      Fox, Monette, JASA 87 (1992); Belsley, Kuh, Welsch, Regression Diagnostics (1980).
/// </remarks>
internal static class CollinearityChecks
{
    private const double ListedIndex = 30;
    private const double Part = 0.1;            // of the largest entry of a direction

    /// <summary>The checks, the inflation of each term, the equations.</summary>
    public static (AssumptionCheck[] Checks, TermInflation[] Inflation, NearDependence[] Equations) Of(
        LinearModel model, LeastSquaresGeometry geometry, double[] centers, double[] scales)
    {
        FittedDesign design = model.Design!;
        int skipped = design.HasIntercept ? 1 : 0;
        if (design.Columns.Count - skipped < 2)
        {
            return ([], [], []);
        }
        var measures = new CollinearityMeasures(geometry.Root<DoubleDouble>(), design.HasIntercept);
        int[][] terms = [.. Enumerable.Range(skipped, design.Columns.Count - skipped).GroupBy(c => design.Columns[c].Term).Select(static g => g.ToArray())];
        ConditionDirection[] directions = measures.Directions();
        NearDependence[] equations = [.. directions.Where(static d => d.Index >= ListedIndex).OrderByDescending(static d => d.Index)
            .Select(d => Equation(model, measures, d, skipped, centers, scales))];
        AssumptionCheck condition = Condition(model, directions[^1].Index, equations, terms.Length < design.Columns.Count - skipped || Shared(design, terms).Count > 0);
        if (terms.Length < 2)
        {
            return ([condition], [], equations);
        }
        TermInflation[] inflation = [.. terms.Select(t => new TermInflation(TermName(design, t), t.Length, measures.Inflation(t)))];
        return ([Vif(model, design, terms, inflation), condition], inflation, equations);
    }

    private static string TermName(FittedDesign design, int[] term) => design.Columns[term[0]].Term is int t and > 0 ? design.Terms[t - 1] : design.Columns[term[0]].Name;

    private static AssumptionCheck Vif(LinearModel model, FittedDesign design, int[][] terms, TermInflation[] inflation)
    {
        HashSet<int> shared = Shared(design, terms);
        int worst = Enumerable.Range(0, terms.Length).Where(t => !shared.Contains(t)).DefaultIfEmpty(-1).MaxBy(t => t < 0 ? 0 : inflation[t].ErrorInflation);
        int shown = worst >= 0 ? worst : Enumerable.Range(0, terms.Length).MaxBy(t => inflation[t].ErrorInflation);
        double value = inflation[shown].ErrorInflation;
        double size = worst < 0 ? 0 : EffectScale.Inflation.Size(value - 1, double.NaN);
        CheckVerdict verdict = EffectScale.Verdict(size);
        string name = Words.Code(inflation[shown].Term);
        string written = worst < 0 ? " Its columns stand in other terms too, as those of x and its square do, so that is how the model is written, and no fault of the data." : "";
        return new AssumptionCheck
        {
            Name = "vif",
            Assumption = ModelAssumption.Collinearity,
            Statistic = inflation[shown].Gvif,
            Df = [inflation[shown].Df],
            P = double.NaN,
            Method = $"Fox and Monette's generalized variance inflation, the largest of {(shared.Count > 0 && worst >= 0 ? "terms that share no column" : $"{terms.Length} terms")}; no test",
            EffectSize = size,
            EffectMeasure = "by how much the other terms widen a term's standard error",
            EffectValue = value,
            Verdict = verdict,
            Effect = $"The standard error of {name} is {Words.Ratio(value)} times what it would be if {name} had nothing to do with the other terms.{written}",
            Remedy = verdict == CheckVerdict.Ok ? null : Remedy(model, terms, shared, inflation),
        };
    }

    private static AssumptionCheck Condition(LinearModel model, double index, NearDependence[] equations, bool isWritten)
    {
        double size = EffectScale.Condition.Size(index - 1, double.NaN);
        size = isWritten ? Math.Min(size, 0.49) : Math.Min(size, 0.9 * size);
        string equation = equations.Length == 0
            ? "no column is nearly a combination of others"
            : $"{Words.Code(equations[0].Column)} ≈ {string.Join(" + ", equations[0].Terms.Select(static t => t.Name == "(Intercept)" ? Words.Number(t.Multiplier) : $"{Words.Number(t.Multiplier)} · {Words.Code(t.Name)}")).Replace(" + -", " − ", StringComparison.Ordinal)}, but for {Words.Percent(equations[0].ResidualShare)} of its variance";
        return new AssumptionCheck
        {
            Name = "condition",
            Assumption = ModelAssumption.Collinearity,
            Statistic = index,
            Df = [],
            P = double.NaN,
            Method = model.HasIntercept ? "Belsley's largest condition index of the columns less their means, scaled to length 1; no test" : "Belsley's largest condition index of the columns scaled to length 1; no test",
            EffectSize = size,
            EffectMeasure = "largest condition index",
            EffectValue = index,
            Verdict = EffectScale.Verdict(size),
            Effect = $"The columns' condition index is {Words.Number(index)}: {equation}.",
        };
    }

    /// <summary>Places of terms that share a column of the data with another term.</summary>
    private static HashSet<int> Shared(FittedDesign design, int[][] terms)
    {
        HashSet<string>[] columns = [.. terms.Select(t => t.SelectMany(c => design.Columns[c].Factors)
            .SelectMany(f => NodeNames.Of(Parser.ParseExpression(design.Variables[f.Variable].Expression))).ToHashSet(StringComparer.Ordinal))];
        return [.. Enumerable.Range(0, terms.Length).Where(t => Enumerable.Range(0, terms.Length).Any(o => o != t && columns[o].Overlaps(columns[t])))];
    }

    private static NearDependence Equation(
        LinearModel model, CollinearityMeasures measures, ConditionDirection direction, int skipped, double[] centers, double[] scales)
    {
        double[] v = [.. direction.Vector];
        int column = Enumerable.Range(0, v.Length).MaxBy(i => Math.Abs(v[i]));
        double own = v[column] / scales[column + skipped], constant = centers[column + skipped];
        var terms = new List<AliasTerm>();
        for (int i = 0; i < v.Length; i++)
        {
            if (i != column && Math.Abs(v[i]) >= Part * Math.Abs(v[column]))
            {
                double multiplier = -(v[i] / scales[i + skipped]) / own;
                terms.Add(new AliasTerm(model.Coefficients[i + skipped].Name, multiplier));
                constant -= multiplier * centers[i + skipped];
            }
        }
        if (skipped == 1)
        {
            terms.Insert(0, new AliasTerm("(Intercept)", constant));
        }
        return new NearDependence(direction.Index, model.Coefficients[column + skipped].Name, terms, 1 / measures.Inflation([column + skipped]));
    }

    /// <summary>Leaves out the inflated term of one coefficient that matters least.</summary>
    private static CheckRemedy? Remedy(LinearModel model, int[][] terms, HashSet<int> shared, TermInflation[] inflation)
    {
        int out_ = Enumerable.Range(0, terms.Length)
            .Where(t => !shared.Contains(t) && terms[t].Length == 1 && inflation[t].ErrorInflation >= EffectScale.Inflation.Doubt + 1)
            .DefaultIfEmpty(-1).MinBy(t => t < 0 ? 0 : Math.Abs(model.Coefficients[terms[t][0]].Estimate / model.Coefficients[terms[t][0]].StandardError));
        if (out_ < 0 || FormulaEdits.Without(model, inflation[out_].Term) is not { } formula || model.InverseRoot.Length == 0)
        {
            return null;
        }
        int j = terms[out_][0];
        double[][] root = [.. model.InverseRoot.Select(static c => c.ToArray())];
        double Entry(int a, int b) => Enumerable.Range(Math.Max(a, b), root.Length - Math.Max(a, b)).Sum(k => root[k][a] * root[k][b]);
        double own = Entry(j, j), estimate = model.Coefficients[j].Estimate, before = Math.Sqrt(model.Rss / model.DfResidual);
        double sigma = Math.Sqrt((model.Rss + (estimate * estimate / own)) / (model.DfResidual + 1));
        double WithoutIt(int a) => sigma * Math.Sqrt(Math.Max(0, Entry(a, a) - (Entry(a, j) * Entry(a, j) / own)));
        int[] others = [.. Enumerable.Range(0, root.Length).Where(a => a != j && !(model.HasIntercept && a == 0))];
        int most = others.MaxBy(a => before * Math.Sqrt(Entry(a, a)) / WithoutIt(a));
        string dropped = Words.Code(inflation[out_].Term), name = Words.Code(model.Coefficients[most].Name);
        double was = before * Math.Sqrt(Entry(most, most));
        return new CheckRemedy
        {
            Kind = RemedyKind.Formula,
            Value = formula,
            Text = $"Leave {dropped} out, if the others may stand for it: the standard error of {name} goes from {Words.Number(was)} to {Words.Number(WithoutIt(most))}, the residual standard error from {Words.Number(before)} to {Words.Number(sigma)}.",
            Numbers =
            [
                new RemedyNumber($"standard error of {model.Coefficients[most].Name}", was, WithoutIt(most)),
                new RemedyNumber("residual standard error", before, sigma),
            ],
        };
    }
}
