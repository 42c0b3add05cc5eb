namespace Plumbline;

/// <summary>Formulas that remedies propose, as text.</summary>
internal static class FormulaEdits
{
    /// <summary>The formula with one more term.</summary>
    public static string With(LinearModel model, string term) => $"{model.Formula.Trim()} + {term}";

    /// <summary>The formula with the logarithm of the response; the model has no offset.</summary>
    public static string WithLog(LinearModel model) => $"log({model.Design!.Response}) ~ {Right(model.Design, model.Design.Terms)}";

    /// <summary>The formula with all terms crossed with a column; null when it has offsets or no intercept.</summary>
    public static string? Crossed(LinearModel model, string column) => model.Design is { HasIntercept: true, Offsets.Count: 0 } design
        ? $"{design.Response} ~ {(design.Terms.Count == 0 ? column : $"({string.Join(" + ", design.Terms)}) * {column}")}"
        : null;

    /// <summary>The formula without a term; null when it has offsets.</summary>
    public static string? Without(LinearModel model, string term) => model.Design is { Offsets.Count: 0 } design
        ? $"{design.Response} ~ {Right(design, [.. design.Terms.Where(t => t != term)])}"
        : null;

    private static string Right(FittedDesign design, IReadOnlyList<string> terms) => (design.HasIntercept, terms.Count) switch
    {
        (true, 0) => "1",
        (false, 0) => "0",
        (true, _) => string.Join(" + ", terms),
        _ => $"0 + {string.Join(" + ", terms)}",
    };
}
