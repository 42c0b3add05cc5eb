namespace Plumbline;

public sealed partial class DesignMoments
{
    /// <summary>
    /// The moments of the same rows for another formula, whose terms are among those of <see cref="Design"/>, or follow from them: fewer
    /// terms, another coding of categories, another response. Rows that were left out because of a column stay out.
    /// </summary>
    /// <param name="formula">For example <c>price ~ area</c> from moments of <c>price ~ area + C(zip)</c>.</param>
    /// <param name="contrasts">The contrasts of categories for which the formula names none; null for those that the rows were read with.</param>
    /// <exception cref="PlumblineException">
    /// Code <c>not-in-moments</c>: the formula needs what the moments do not hold; the message names it. And what a formula may be wrong in.
    /// </exception>
    public DesignMoments Select(string formula, ContrastKind? contrasts = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return On(Bind(Formula.Parse(formula), contrasts ?? Design.Contrasts));
    }

    /// <summary>The moments for a design of the same columns of data.</summary>
    internal DesignMoments On(Design design)
    {
        if (ReferenceEquals(design, Design))
        {
            return this;
        }
        DesignKeys here = DesignKeys.Of(Design), there = DesignKeys.Of(design);
        if (here.IsLike(there))
        {
            return With(design, _cells.With(design.Shape), _levels);
        }
        int[] categories = [.. design.Plan.Categories.Select(FindCategory)];
        int[][] parts = FindParts(here, there);
        for (int p = 0; p < parts.Length; p++)
        {
            if (parts[p].Length == 0)
            {
                throw NotThere(design, there.Products[p].Length > 0 ? design.Shape.Parts[p].Name : there.Parts[p]);
            }
        }
        var projection = new CellProjection(_cells, parts, categories);
        if (projection.FindMissing(design.Shape) is var (a, b, within))
        {
            IEnumerable<string> factors = ((string[])[design.Shape.Parts[a].Name, design.Shape.Parts[b].Name]).Where((_, i) => (i == 0 ? a : b) != 0).Distinct(StringComparer.Ordinal);
            throw NotThere(design, string.Join(':', [.. factors, .. within.Select(k => design.Categories[k])]));
        }
        CellMoments cells = projection.To(design.Shape);
        return With(design, cells, DesignLevels.Of([.. categories.Select(k => _levels.Sets[k])], cells.LevelRows));
    }

    private DesignMoments With(Design design, CellMoments cells, DesignLevels levels)
    {
        Dictionary<string, ValueRange> ranges = Design.Inputs.Zip(_ranges).ToDictionary(static r => r.First, static r => r.Second, StringComparer.Ordinal);
        return new DesignMoments(design, cells, levels, [.. design.Inputs.Select(i => ranges[i])], History, WeightKind, Rows) { Version = Version, Engine = Engine };
    }

    private Design Bind(Formula formula, ContrastKind? contrasts)
    {
        try
        {
            return Design.Create(formula, new Schema(Design.SourceColumns), Design.Weights, contrasts);
        }
        catch (PlumblineException error) when (error.Code == "unknown-column")
        {
            throw new PlumblineException(
                "not-in-moments",
                $"{error.Message}\nMoments hold what their formula names, here {FormulaError.Code(Design.Formula.Text)}. Build them again with a formula that names it too.",
                error)
            {
                Column = error.Column,
                Position = error.Position,
            };
        }
    }

    /// <summary>For each part there the parts here that are the same number in every row.</summary>
    private static int[][] FindParts(DesignKeys here, DesignKeys there)
    {
        ILookup<string, int> parts = Enumerable.Range(0, here.Parts.Count).ToLookup(p => here.Parts[p], StringComparer.Ordinal);
        ILookup<string, int> products = Enumerable.Range(0, here.Parts.Count).Where(p => here.Products[p].Length > 0).ToLookup(p => here.Products[p], StringComparer.Ordinal);
        return [.. there.Parts.Zip(there.Products, (key, product) => (int[])[.. parts[key].Union(products[product])])];
    }

    /// <summary>The category here of the same expression; levels that a formula lists must be all that stood in the rows.</summary>
    private int FindCategory(CategoryPlan category)
    {
        int place = Array.FindIndex(Design.Plan.Categories, c => c.Key == category.Key);
        string expression = DesignKeys.Expression(category);
        place = place >= 0 ? place : Array.FindIndex(Design.Plan.Categories, c => DesignKeys.Expression(c) == expression);
        if (place < 0)
        {
            throw NotThere(null, category.Name);
        }
        string? unlisted = category.Listed is { } listed ? _levels.Categories[place].Texts.FirstOrDefault(t => !listed.Contains(t, StringComparer.Ordinal)) : null;
        return unlisted is null ? place : throw new PlumblineException(
            "not-in-moments",
            $"{FormulaError.Code(category.Name)} does not list the level {LevelShown.Of(unlisted)}, which rows in the moments have, and from moments no rows can be left out. "
            + "List all levels, or build the moments with this formula.");
    }

    private PlumblineException NotThere(Design? design, string what)
    {
        string terms = string.Join(", ", Design.Plan.Terms.Select(static t => FormulaError.Code(t.Name)));
        return new PlumblineException(
            "not-in-moments",
            $"{FormulaError.Code(what)} is not in the moments{(design is null ? "" : $", and {FormulaError.Code(design.Formula.Text)} needs it")}. "
            + $"They were built for {FormulaError.Code(Design.Formula.Text)}, and have the response {FormulaError.Code(Design.Response)}"
            + (terms.Length == 0 ? " and no terms. " : $" and the terms {terms}. ")
            + "Choose among these, or build the moments with a formula that has it.");
    }
}
