using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>
/// Names for what a design is made of that do not depend on how its formula is spelled, in which order its terms stand, or how its
/// categories are coded: equal names mean equal columns. <c>y ~ x + z</c> and <c>y~z+(x)</c> have the same.
/// </summary>
internal sealed class DesignKeys
{
    private DesignKeys(Design design)
    {
        DesignPlan plan = design.Plan;
        int offsets = design.OffsetCount, variables = plan.Variables.Length - 1 - offsets;
        Response = plan.Numbers[plan.Variables[^1].Place].Key;
        Offsets = [.. plan.Variables[variables..^1].Select(v => plan.Numbers[v.Place].Key).Order(StringComparer.Ordinal)];
        Categories = [.. plan.Categories.Select(Category)];
        Products = ["1", .. plan.Parts.Select(p => Product(plan, p))];
        var parts = Products.ToArray();
        if (plan.Offset is int offset)
        {
            parts[offset] = $"offset({string.Join(" + ", Offsets)})";
        }
        parts[design.Shape.Response] = Offsets.Count == 0 ? $"response: {Response}" : $"response: {Response} - offset({string.Join(" + ", Offsets)})";
        Products[design.Shape.Response] = Offsets.Count == 0 ? Response : "";
        Parts = parts;
        string[] keys = [.. plan.Variables.Select(v => Variable(plan, v))];
        Terms = [.. plan.Terms.Select(t => string.Join(':', t.Variables.Select(v => keys[v]).Order(StringComparer.Ordinal)))];
    }

    /// <summary>For each part of the shape a name of its own.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>For each part of the shape the product that it is; empty for an offset, and for a response that is less an offset.</summary>
    public string[] Products { get; }

    /// <summary>For each category a name that its coding does not touch.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>For each term its variables, with their coding.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The numbers that are offsets.</summary>
    public IReadOnlyList<string> Offsets { get; }

    /// <summary>The number that is the response.</summary>
    public string Response { get; }

    /// <summary>The names of a design.</summary>
    public static DesignKeys Of(Design design) => new(design);

    /// <summary>Whether all stands in the same order in another design, so that places in the one are places in the other.</summary>
    public bool IsLike(DesignKeys other) =>
        Parts.SequenceEqual(other.Parts, StringComparer.Ordinal) && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal) && Terms.SequenceEqual(other.Terms, StringComparer.Ordinal);

    /// <summary>What a category is a category of: its name without the levels that are listed.</summary>
    public static string Expression(CategoryPlan category) => category.Key[..category.Key.IndexOf('\u0002', StringComparison.Ordinal)];

    private static string Category(CategoryPlan category)
    {
        var key = new StringBuilder("C(").Append(Expression(category));
        foreach ((int i, string level) in (category.Listed ?? []).Order(StringComparer.Ordinal).Index())
        {
            key.Append(i == 0 ? ", levels = c(" : ", ");
            Append(key, level);
        }
        return key.Append(category.Listed is null ? ")" : "))").ToString();
    }

    private static string Product(DesignPlan plan, PartPlan part) => string.Join(':', part.Powers
        .Select(f => f.Power == 1 ? plan.Numbers[f.Number].Key : $"({plan.Numbers[f.Number].Key})^{f.Power}")
        .Order(StringComparer.Ordinal));

    private static string Variable(DesignPlan plan, VariablePlan variable)
    {
        if (variable.Spec is not CategorySpec spec)
        {
            string key = plan.Numbers[variable.Place].Key;
            return variable.Spec switch
            {
                PolynomialSpec poly => $"poly({key}, {poly.Degree}{(poly.Raw ? ", raw" : "")})",
                ScaleSpec scale => $"scale({key}, {Constant(scale.Center)}, {Constant(scale.Scale)})",
                _ => key,
            };
        }
        var text = new StringBuilder(Category(plan.Categories[variable.Place]));
        foreach (LevelName level in spec.Levels ?? [])
        {
            Append(text.Append(" then "), level.Text);
        }
        if (spec.First is { } first)
        {
            Append(text.Append(" first "), first.Text);
        }
        if (spec.Base is { } standard)
        {
            Append(text.Append(" base "), standard.Text);
        }
        return text.Append(spec.IsOrdered ? " ordered" : "").Append(spec.Contrast is { } contrast ? $" {contrast}" : "").ToString();
    }

    private static string Constant(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "TRUE";

    private static void Append(StringBuilder text, string level)
    {
        text.Append('"');
        Names.AppendEscaped(text, level, '"');
        text.Append('"');
    }
}
