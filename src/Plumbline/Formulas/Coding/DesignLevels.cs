using Plumbline.Numerics;

namespace Plumbline;

/// <summary>What a pass over the rows found that the design did not know: the levels of its categories.</summary>
/// <param name="Sets">For each category the texts of its codes.</param>
/// <param name="Categories">For each category its levels, sorted.</param>
internal sealed record DesignLevels(IReadOnlyList<LevelSet> Sets, IReadOnlyList<CategoryLevels> Categories)
{
    /// <summary>Sorts what was counted.</summary>
    /// <param name="sets">For each category the texts of its codes.</param>
    /// <param name="rows">For each category and code in how many rows that were kept (those of weight 0 count) it stood.</param>
    public static DesignLevels Of(IReadOnlyList<LevelSet> sets, IReadOnlyList<long[]> rows) =>
        new(sets, [.. sets.Zip(rows, static (set, counts) => CategoryLevels.Sort(set, counts))]);
}

/// <summary>Coding a design when its levels are known.</summary>
internal static class DesignCoding
{
    /// <summary>The columns of the model.</summary>
    /// <param name="design">The design.</param>
    /// <param name="levels">What the rows had.</param>
    /// <param name="unweighted">Σ of part a times part b over the rows kept, for the parts of <see cref="DesignShape.Unweighted"/>.</param>
    /// <param name="contrasts">Contrasts for all categories, whatever the formula says (type III tests want sums); null to follow it.</param>
    /// <exception cref="PlumblineException">
    /// <c>unknown-level</c>, <c>one-level</c>, <c>too-many-levels</c>, <c>too-many-columns</c>; <c>formula</c> when the rows do not determine
    /// a <c>poly</c> or <c>scale</c>.
    /// </exception>
    public static CodedDesign Code(
        this Design design, DesignLevels levels, Func<int, int, ExactValue> unweighted, ContrastKind? contrasts = null)
    {
        CategoryCoding?[] categories = design.CodeCategories(levels, contrasts);
        var codings = new VariableCoding[design.Plan.Variables.Length];
        for (int v = 0; v < codings.Length; v++)
        {
            codings[v] = categories[v]?.Coding() ?? Number(design, design.Plan.Variables[v], unweighted);
        }
        return DesignCoder.Code(design, codings, categories);
    }

    /// <summary>For each variable that is a category its levels in the order of the model; null for numbers.</summary>
    public static CategoryCoding?[] CodeCategories(this Design design, DesignLevels levels, ContrastKind? contrasts) => Array.ConvertAll(
        design.Plan.Variables,
        variable =>
        {
            if (variable.Category is not CategorySpec spec)
            {
                return null;
            }
            CategoryLevels found = levels.Categories[variable.Place];
            IReadOnlyList<string> listed = design.Plan.Categories[variable.Place].Listed ?? [];
            string[] unlisted = listed.Count == 0 ? [] : [.. levels.Sets[variable.Place].ToArray().Except(listed, StringComparer.Ordinal)];
            return CategoryCoding.Of(design.Formula.Text, spec, found, unlisted, design.Contrasts, contrasts);
        });

    private static VariableCoding Number(Design design, VariablePlan variable, Func<int, int, ExactValue> unweighted)
    {
        ExactValue Sum(int i, int j) => unweighted(design.Plan.PowerPart(variable.Place, i), design.Plan.PowerPart(variable.Place, j));
        CodedElement[] elements = variable.Spec switch
        {
            PolynomialSpec { Raw: false } poly => NumberCoding.Orthogonal(poly.Degree, Sum) ?? throw FormulaError.At(
                design.Formula.Text,
                poly.Expression.Position,
                $"{FormulaError.Code(poly.Name)} asks for degree {poly.Degree}, and the number has too few distinct values: the degree must be smaller than their count.",
                "Lower the degree, or use the values as levels with `C(x)`.",
                "poly-degree"),
            PolynomialSpec raw => NumberCoding.Raw(raw.Degree),
            ScaleSpec scale => NumberCoding.Scaled(scale, Sum) ?? throw FormulaError.At(
                design.Formula.Text,
                scale.Expression.Position,
                $"{FormulaError.Code(scale.Name)} divides by 0: the number is the same in every row.",
                "Leave it out of the formula.",
                "constant-number"),
            _ => NumberCoding.Raw(1),
        };
        return new VariableCoding(elements, elements);
    }
}
