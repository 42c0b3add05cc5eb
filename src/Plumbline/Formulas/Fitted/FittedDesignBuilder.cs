using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A design, what the rows said, and the columns that got coefficients → what a model keeps.
/// The constants of polynomials come from the exact coefficients: with P_j = Σ c_ji x^i and a_j = c_{j,j−1}/c_jj,
/// α_j = a_j − a_{j+1}, and Σ p_j² = Σ P_j²/c_jj².
/// </summary>
internal static class FittedDesignBuilder
{
    private const int Bits = 120;       // more than a double-double holds

    /// <summary>What a model keeps.</summary>
    /// <param name="design">The design.</param>
    /// <param name="levels">The levels of its categories.</param>
    /// <param name="coded">Its columns.</param>
    /// <param name="kept">The columns of <paramref name="coded"/> that have a coefficient, ascending.</param>
    /// <param name="rows">The count of rows kept, those of weight 0 among them.</param>
    /// <param name="ranges">For each input its range.</param>
    public static FittedDesign Fitted(
        this Design design, DesignLevels levels, CodedDesign coded, IReadOnlyList<int> kept, long rows, IReadOnlyList<ValueRange> ranges)
    {
        DesignPlan plan = design.Plan;
        int variables = plan.Variables.Length - 1 - design.OffsetCount;
        return new FittedDesign
        {
            Formula = design.Formula.Text,
            HasIntercept = design.HasIntercept,
            Inputs = [.. design.InputColumns.Select((c, i) => c.IsCategory
                ? new FittedInput(c, double.NaN, double.NaN)
                : new FittedInput(c, ranges[i].Least, ranges[i].Largest))],
            Response = plan.Numbers[plan.Variables[^1].Place].Key,
            Offsets = [.. plan.Variables.Skip(variables).SkipLast(1).Select(v => plan.Numbers[v.Place].Key)],
            Weights = design.Weights,
            Contrasts = design.Contrasts,
            Variables = [.. plan.Variables.Take(variables).Select((v, i) => v.Category is null
                ? Number(plan, v, coded.Codings[i], rows)
                : Category(plan, v, levels.Categories[v.Place], coded.Categories[i]!))],
            Columns = [.. kept.Select(k => coded.Columns[k]).Select(static c => new FittedColumn(
                c.Name, c.Pieces, c.Term, [.. c.Factors.Select(static f => new FittedFactor(f.Variable, f.Element, f.IsIndicator))]))],
            Terms = [.. plan.Terms.Select(static t => t.Name)],
        };
    }

    private static FittedVariable Category(DesignPlan plan, VariablePlan variable, CategoryLevels found, CategoryCoding coding)
    {
        Dictionary<string, long> rows = found.Texts.Zip(found.Rows).ToDictionary(static l => l.First, static l => l.Second, StringComparer.Ordinal);
        return new FittedVariable
        {
            Name = variable.Spec.Name,
            Expression = Deparser.Key(variable.Spec.Expression),
            Kind = VariableKind.Category,
            Levels = coding.Texts,
            LevelRows = [.. coding.Texts.Select(t => rows[t])],
            Listed = plan.Categories[variable.Place].Listed,
            Contrast = coding.Contrast,
            Base = coding.Contrast == ContrastKind.Treatment ? coding.Texts[coding.Base] : null,
        };
    }

    private static FittedVariable Number(DesignPlan plan, VariablePlan variable, VariableCoding coding, long rows)
    {
        var fitted = new FittedVariable
        {
            Name = variable.Spec.Name,
            Expression = plan.Numbers[variable.Place].Key,
            Kind = VariableKind.Number,
        };
        return variable.Spec switch
        {
            PolynomialSpec { Raw: true } raw => fitted with { Kind = VariableKind.Powers, Degree = raw.Degree },
            PolynomialSpec poly => Polynomial(fitted with { Kind = VariableKind.Polynomial, Degree = poly.Degree }, coding.Elements, rows),
            ScaleSpec => Scale(fitted with { Kind = VariableKind.Scale }, coding.Elements[0]),
            _ => fitted,
        };
    }

    private static FittedVariable Polynomial(FittedVariable variable, IReadOnlyList<CodedElement> elements, long rows)
    {
        // c_jj and c_{j,j−1} for j = 0 … k; p₀ = 1.
        (ExactValue Leading, ExactValue Next)[] c =
        [
            (ExactMath.One, ExactValue.Zero),
            .. elements.Select(static (e, i) => (Factor(e, i + 1), Factor(e, i))),
        ];
        var centers = new DoubleDouble[elements.Count];
        var norms = new DoubleDouble[elements.Count + 1];
        norms[0] = DoubleDouble.From(ExactValue.From(rows));
        for (int j = 0; j < elements.Count; j++)
        {
            ExactValue difference = (c[j].Next * c[j + 1].Leading) - (c[j + 1].Next * c[j].Leading);
            centers[j] = Quotient(difference, c[j].Leading * c[j + 1].Leading);
            norms[j + 1] = Quotient(elements[j].NormSquared, c[j + 1].Leading * c[j + 1].Leading);
        }
        return variable with { Centers = centers, Norms = norms };
    }

    // (a·x + b)/√norm² = (x + b/a)/√(norm²/a²), a positive.
    private static FittedVariable Scale(FittedVariable variable, CodedElement element)
    {
        ExactValue a = Factor(element, 1), b = Factor(element, 0);
        return variable with { Centers = [Quotient(-b, a)], Norms = [Quotient(element.NormSquared, a * a)] };
    }

    private static ExactValue Factor(CodedElement element, int power)
    {
        foreach ((int e, ExactValue factor) in element.Combination)
        {
            if (e == power)
            {
                return factor;
            }
        }
        return ExactValue.Zero;
    }

    private static DoubleDouble Quotient(ExactValue a, ExactValue b) => DoubleDouble.From(ExactMath.DivideDown(a, b, Bits));
}
