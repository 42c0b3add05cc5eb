namespace Plumbline;

/// <summary>
/// A model formula in R's language, parsed: <c>price ~ sqft_living + log(age) + a:b</c>. It knows the terms and
/// nothing of the data; with a <see cref="Schema"/> it becomes a <see cref="Design"/>. Immutable.
/// <list type="bullet">
/// <item><c>+</c> adds predictors, <c>-</c> takes them out, <c>a:b</c> is their product, <c>a*b</c> is
/// <c>a + b + a:b</c>, <c>(a + b + c)^2</c> is all products up to the second degree, <c>a/b</c> is <c>a + a:b</c>.</item>
/// <item><c>0 +</c> or <c>- 1</c> leaves the intercept out; <c>.</c> stands for all numeric columns that are not in the response.</item>
/// <item>Functions (<c>log</c>, <c>sqrt</c>, <c>exp</c> …) act on values; inside them, inside <c>I(…)</c> and left of
/// the <c>~</c>, <c>+ - * / ^</c> are arithmetic.</item>
/// <item>A name that is not of letters, digits, dots and underscores stands in backquotes: <c>`living area`</c>.</item>
/// </list>
/// </summary>
public sealed class Formula
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1_000_000;

    private Formula(string text, Node? response, Node predictors)
    {
        Text = text;
        ResponseNode = response;
        PredictorsNode = predictors;
        TermList terms = TermAlgebra.Expand(text, response, predictors, dotColumns: null);
        Check(terms);
        Response = response is null ? null : terms.Variables[0].Text;
        HasIntercept = terms.HasIntercept;
        Terms = [.. terms.Terms.Select(terms.Name)];
        HasDot = terms.Variables.Any(static v => v.Node is DotNode);
    }

    /// <summary>The text as given.</summary>
    public string Text { get; }

    /// <summary>The response as R writes it, e.g. <c>log(price)</c>; null when the formula starts with <c>~</c>.</summary>
    public string? Response { get; }

    /// <summary>Whether the model has an intercept.</summary>
    public bool HasIntercept { get; }

    /// <summary>
    /// The terms as R names and orders them, by degree; a <c>.</c> stands for itself here, as which columns it means
    /// only the data can tell.
    /// </summary>
    public IReadOnlyList<string> Terms { get; }

    internal bool HasDot { get; }

    internal Node? ResponseNode { get; }

    internal Node PredictorsNode { get; }

    /// <summary>Reads a formula.</summary>
    /// <param name="text">The text, e.g. <c>price ~ sqft_living + age</c>.</param>
    /// <exception cref="PlumblineException">
    /// Code <c>formula</c>: the text is not a formula, is nested or crossed beyond the bounds, or uses what is not
    /// supported. <see cref="PlumblineException.Position"/> is the place, and the message shows it.
    /// </exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw FormulaError.At(
                text, MaxLength, $"The formula has {text.Length} characters; at most {MaxLength} are read.", "Use `.` for all columns.");
        }
        (Node? response, Node predictors) = Parser.Parse(text);
        return new Formula(text, response, predictors);
    }

    /// <summary>Reads a formula where one is expected.</summary>
    public static implicit operator Formula(string text) => Parse(text);

    /// <summary>The text as given.</summary>
    public override string ToString() => Text;

    // What arithmetic cannot mean is an error before any data are opened.
    private void Check(TermList terms)
    {
        var builder = new ExpressionBuilder(Text, ColumnBinding.Unknown);
        foreach (Variable variable in terms.Variables)
        {
            if (variable.Node is not DotNode)
            {
                builder.Build(SpecReader.Read(Text, variable));
            }
        }
    }
}
