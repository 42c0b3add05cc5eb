namespace Plumbline;

/// <summary>How the levels of a category become columns when the intercept, or another term, is there already.</summary>
public enum ContrastKind
{
    /// <summary>A column for each level but the base: 1 in its rows, 0 in others (R's <c>contr.treatment</c>).</summary>
    Treatment,

    /// <summary>A column for each level but the last, which has −1 in all of them (R's <c>contr.sum</c>).</summary>
    Sum,

    /// <summary>Each level against the mean of those before it (R's <c>contr.helmert</c>).</summary>
    Helmert,

    /// <summary>Orthogonal polynomials of the number of the level: <c>.L</c>, <c>.Q</c>, <c>.C</c>, <c>^4</c> … (R's <c>contr.poly</c>).</summary>
    Polynomial,
}

/// <summary>The names of contrasts, in formulas and in results.</summary>
internal static class Contrasts
{
    private static readonly (string Name, ContrastKind Kind)[] All =
    [
        ("treatment", ContrastKind.Treatment), ("sum", ContrastKind.Sum), ("helmert", ContrastKind.Helmert), ("poly", ContrastKind.Polynomial),
    ];

    /// <summary>The names that a formula may use, with or without <c>contr.</c> in front.</summary>
    public static IEnumerable<string> Names => All.Select(static c => c.Name);

    /// <summary>The contrasts of that name; null when there are none.</summary>
    public static ContrastKind? Find(string name)
    {
        string bare = name.StartsWith("contr.", StringComparison.Ordinal) ? name["contr.".Length..] : name;
        return bare == "polynomial" ? ContrastKind.Polynomial
            : All.Where(c => c.Name == bare).Select(static c => (ContrastKind?)c.Kind).FirstOrDefault();
    }

    /// <summary>The name in results: <c>treatment</c>, <c>sum</c>, <c>helmert</c>, <c>polynomial</c>.</summary>
    public static string Name(ContrastKind kind) => kind switch
    {
        ContrastKind.Treatment => "treatment",
        ContrastKind.Sum => "sum",
        ContrastKind.Helmert => "helmert",
        ContrastKind.Polynomial => "polynomial",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such contrasts."),
    };
}
