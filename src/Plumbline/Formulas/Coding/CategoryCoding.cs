namespace Plumbline;

/// <summary>The levels of a category as the model has them, and its contrasts.</summary>
/// <param name="Texts">The levels, in the order of the model.</param>
/// <param name="Codes">For each of them its code in the moments.</param>
/// <param name="Contrast">The contrasts.</param>
/// <param name="Base">The place of the level that treatment contrasts leave out.</param>
internal sealed record CategoryCoding(IReadOnlyList<string> Texts, IReadOnlyList<int> Codes, ContrastKind Contrast, int Base)
{
    /// <summary>The columns.</summary>
    public VariableCoding Coding() => new(
        ContrastMatrix.Of(Contrast, Texts, Base),
        ContrastMatrix.Indicators(Texts),
        Contrast == ContrastKind.Treatment ? null : Contrasts.Name(Contrast));

    /// <summary>Puts the levels of the data in the order that the formula asks for, and finds the contrasts.</summary>
    /// <param name="text">The formula, for errors.</param>
    /// <param name="spec">What the formula asks for.</param>
    /// <param name="found">What the data have.</param>
    /// <param name="unlisted">Levels that the source has and the formula does not list.</param>
    /// <param name="standard">The contrasts where the formula names none; null for treatment, polynomial for ordered levels.</param>
    /// <param name="all">Contrasts for all categories whatever the formula says, or null.</param>
    /// <exception cref="PlumblineException">
    /// <c>unknown-level</c>: a base, or a level that is listed, that no row has; <c>one-level</c>; <c>too-many-levels</c> for polynomials.
    /// </exception>
    public static CategoryCoding Of(
        string text, CategorySpec spec, CategoryLevels found, IReadOnlyList<string> unlisted, ContrastKind? standard, ContrastKind? all)
    {
        List<int> order = [.. Enumerable.Range(0, found.Texts.Count)];
        Dictionary<string, int> places = found.Texts.Index().ToDictionary(static t => t.Item, static t => t.Index, StringComparer.Ordinal);
        if (spec.Levels is not null)
        {
            order.Clear();
            foreach (LevelName level in spec.Levels)
            {
                if (places.TryGetValue(level.Text, out int place))
                {
                    order.Add(place);
                }
                else if (NearestName.Find(level.Text, unlisted) is not null)
                {
                    throw Unknown(text, spec, level, unlisted);
                }
            }
        }
        if (spec.First is LevelName first)
        {
            int place = places.TryGetValue(first.Text, out int p) ? p : throw Unknown(text, spec, first, found.Texts);
            order.Remove(place);
            order.Insert(0, place);
        }
        string[] texts = [.. order.Select(o => found.Texts[o])];
        int baseLevel = 0;
        if (spec.Base is LevelName named)
        {
            baseLevel = Array.IndexOf(texts, named.Text);
            baseLevel = baseLevel >= 0 ? baseLevel : throw Unknown(text, spec, named, texts);
        }
        ContrastKind contrast = all ?? spec.Contrast ?? (spec.IsOrdered ? ContrastKind.Polynomial : standard ?? ContrastKind.Treatment);
        Check(text, spec, texts, contrast);
        return new CategoryCoding(texts, [.. order.Select(o => found.Codes[o])], contrast, baseLevel);
    }

    private static void Check(string text, CategorySpec spec, string[] texts, ContrastKind contrast)
    {
        if (texts.Length < 2)
        {
            throw FormulaError.At(
                text,
                spec.Expression.Position,
                texts.Length == 0
                    ? $"The category {FormulaError.Code(spec.Name)} has no level left."
                    : $"The category {FormulaError.Code(spec.Name)} has one level only, {LevelShown.Of(texts[0])}: contrasts need two or more.",
                "Leave it out of the formula: it is the same in every row that is used.",
                "one-level",
                (spec.Expression as NameNode)?.Name);
        }
        if (contrast == ContrastKind.Polynomial && texts.Length > ContrastMatrix.MaxPolynomialLevels)
        {
            throw FormulaError.At(
                text,
                spec.Expression.Position,
                $"Polynomial contrasts of {FormulaError.Code(spec.Name)} would have degrees up to {texts.Length - 1}; at most {ContrastMatrix.MaxPolynomialLevels} levels are taken.",
                "Use the numbers themselves with `poly(x, k)`, or other contrasts.",
                "too-many-levels",
                (spec.Expression as NameNode)?.Name);
        }
    }

    private static PlumblineException Unknown(string text, CategorySpec spec, LevelName level, IReadOnlyList<string> levels)
    {
        string? near = NearestName.Find(level.Text, levels);
        return FormulaError.At(
            text,
            level.Position,
            $"{FormulaError.Code(spec.Name)} has no level {LevelShown.Of(level.Text)}.",
            near is null ? $"Its levels are {LevelShown.Several(levels)}." : $"Did you mean {LevelShown.Of(near)}?",
            "unknown-level",
            (spec.Expression as NameNode)?.Name);
    }
}
