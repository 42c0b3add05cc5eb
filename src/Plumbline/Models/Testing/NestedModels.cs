namespace Plumbline;

/// <summary>A fitted design against a second formula.</summary>
internal static class NestedModels
{
    private const int NamedColumns = 5;

    /// <summary>
    /// Compares the two, whichever is the larger. The rows are read again only when the first design's sums do not hold the second's
    /// columns, or when the two formulas may not use the same rows.
    /// </summary>
    /// <exception cref="PlumblineException"><c>not-nested</c>, <c>different-response</c>, <c>different-rows</c>, and those of a fit.</exception>
    public static NestedComparison Compare(DesignMoments moments, string against, IRowSource source, FitOptions options, CancellationToken cancellation)
    {
        Design first = moments.Design;
        var schema = new Schema(source.Columns);
        var second = Design.Create(Formula.Parse(against), schema, options.Weights, first.Contrasts);
        RequireSameResponse(first, second);
        DesignMoments both = moments;
        DesignEmbedding? place = DesignEmbedding.Of(second, first);
        if (place is null)
        {
            both = DesignMoments.Read(Union(first, second, schema), source, options, null, cancellation);
            place = DesignEmbedding.Of(second, both.Design);
        }
        DesignEmbedding? own = DesignEmbedding.Of(first, both.Design);
        if (own is null || place is null)
        {
            throw new PlumblineException(
                "not-nested", $"{Code(first)} and {Code(second)} write the same columns in different ways, and cannot be compared as they are. Write what they share alike.");
        }
        RequireSameRows(moments, both, second, source, options, cancellation);
        return Compare(JointColumns.Of(both, (first, own), (second, place)), first, second);
    }

    private static NestedComparison Compare(JointColumns joint, Design first, Design second)
    {
        LeastSquaresSolution a = joint.Solve(joint.First), b = joint.Solve(joint.Second);
        bool isFirstLarger = a.Rank >= b.Rank;
        (int[] larger, int[] smaller) = isFirstLarger ? (joint.First, joint.Second) : (joint.Second, joint.First);
        (Design large, Design small) = isFirstLarger ? (first, second) : (second, first);
        int[] intercept = larger.Contains(0) || smaller.Contains(0) ? [0] : [];
        int[] extra = [.. smaller.Except(larger)];
        LeastSquaresSolution union = joint.Solve([.. intercept, .. larger.Except(intercept), .. extra.Except(intercept)]);
        if (union.Rank > Math.Max(a.Rank, b.Rank))
        {
            int[] outside = [.. union.Kept.Where(extra.Contains)];
            throw NotNested(joint, large, small, outside.Length > 0 ? outside : extra);
        }
        if (a.Rank == b.Rank)
        {
            throw new PlumblineException(
                "not-nested", $"{Code(small)} and {Code(large)} are the same model: their columns span the same. Compare a model with one that has more columns.");
        }
        int[] added = [.. larger.Except(smaller)];
        LeastSquaresSolution all = joint.Solve([.. intercept, .. smaller.Except(intercept), .. added.Except(intercept)]);
        return NestedTests.Compare((small.Formula.Text, large.Formula.Text), isFirstLarger ? b : a, all, added);
    }

    private static Design Union(Design first, Design second, Schema schema)
    {
        IEnumerable<string> offsets = first.Plan.Variables.SkipLast(1).TakeLast(first.OffsetCount).Select(static v => v.Spec.Name);
        string[] terms = [.. first.Plan.Terms.Concat(second.Plan.Terms).Select(static t => t.Name).Distinct(StringComparer.Ordinal), .. offsets];
        return Design.Create(Formula.Parse($"{first.Response} ~ {(terms.Length == 0 ? "1" : string.Join(" + ", terms))}"), schema, first.Weights, first.Contrasts);
    }

    private static void RequireSameResponse(Design first, Design second)
    {
        string a = Response(first), b = Response(second);
        if (a != b)
        {
            throw new PlumblineException(
                "different-response",
                $"{Code(first)} and {Code(second)} have different responses, {FormulaError.Code(a)} and {FormulaError.Code(b)}. Nested models are of one response.");
        }
    }

    /// <summary>The response less its offsets.</summary>
    private static string Response(Design design) => string.Join(
        " − ", design.Plan.Variables.TakeLast(1).Concat(design.Plan.Variables.SkipLast(1).TakeLast(design.OffsetCount)).Select(static v => v.Spec.Name));

    /// <summary>Makes sure that each model alone would be fitted to the rows that both have all values in.</summary>
    private static void RequireSameRows(
        DesignMoments moments, DesignMoments both, Design second, IRowSource source, FitOptions options, CancellationToken cancellation)
    {
        Design first = moments.Design;
        RowCounts rows = both.Rows;
        string[] apart = [.. rows.DroppedByColumn.Keys.Where(name => Uses(first, name) != Uses(second, name))];
        Require(moments.Rows.Dropped, first);
        if (apart.Length > 0)
        {
            var pump = new RowPump(second, source, options);
            pump.Run(static _ => { }, null, cancellation);
            Require(pump.Count(0).Dropped, second);
        }

        void Require(long dropped, Design design)
        {
            if (dropped < rows.Dropped)
            {
                string columns = string.Join(", ", apart.Select(name => $"{FormulaError.Clean(name)}: {rows.DroppedByColumn[name]}"));
                throw new PlumblineException(
                    "different-rows",
                    $"The two models would not be fitted to the same rows: {Code(design)} has {rows.Dropped - dropped} more, because the other needs values that are missing there ({columns}). Leave those rows out for both, and compare again.");
            }
        }
    }

    /// <summary>Whether a design looks at what rows were dropped for: a column, a number or a category.</summary>
    private static bool Uses(Design design, string name) =>
        design.Inputs.Concat(design.Plan.Numbers.Select(static n => n.Name)).Concat(design.Categories).Contains(name, StringComparer.Ordinal);

    private static PlumblineException NotNested(JointColumns joint, Design large, Design small, int[] outside)
    {
        string names = string.Join(", ", outside.Take(NamedColumns).Select(c => FormulaError.Code(joint.Name(c))));
        string more = outside.Length > NamedColumns ? $" and {outside.Length - NamedColumns} more" : "";
        string are = outside.Length == 1 ? $"its column {names} is" : $"its columns {names}{more} are";
        return new PlumblineException(
            "not-nested",
            $"{Code(small)} is not part of {Code(large)}: {are} no combination of the other's. F, likelihood-ratio and Wald tests need nested models; compare others by AIC or by cross-validation.");
    }

    private static string Code(Design design) => FormulaError.Code(design.Formula.Text);
}
