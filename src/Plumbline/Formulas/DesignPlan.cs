namespace Plumbline;

/// <summary>What an encoder computes, and which term needs what of it.</summary>
/// <param name="Numbers">The distinct numeric expressions of the formula, over the inputs.</param>
/// <param name="Categories">The distinct categories.</param>
/// <param name="Variables">The variables: those of the terms in the order of the formula, then the offsets, then the response.</param>
/// <param name="Parts">The distinct products of numbers, the response last. The constant 1 has no entry, so part p of the shape is entry p − 1.</param>
/// <param name="Terms">The terms, without intercept and response.</param>
/// <param name="Offset">The part that is the sum of the offsets, or null.</param>
/// <param name="Weights">The place of the weights among the inputs, or null.</param>
internal sealed record DesignPlan(
    NumberPlan[] Numbers,
    CategoryPlan[] Categories,
    VariablePlan[] Variables,
    PartPlan[] Parts,
    TermPlan[] Terms,
    int? Offset,
    int? Weights)
{
    /// <summary>For each number and power, from 0, the part that it is; for the numbers that <c>poly</c> and <c>scale</c> take.</summary>
    public required IReadOnlyDictionary<(int Number, int Power), int> Powers { get; init; }

    /// <summary>The part that is a power of a number.</summary>
    public int PowerPart(int number, int power) => Powers[(number, power)];
}

/// <summary>A number that is computed for every row.</summary>
/// <param name="Name">As R writes it.</param>
/// <param name="Key">A text that it shares with the same expression only.</param>
/// <param name="Expression">Over the inputs.</param>
internal sealed record NumberPlan(string Name, string Key, NumericExpression Expression);

/// <summary>A category whose code is found for every row.</summary>
/// <param name="Name">The variable as written.</param>
/// <param name="Key">A text that it shares with the same category only.</param>
/// <param name="Expression">Over the inputs: codes of a source's column, or numbers whose distinct values are the levels.</param>
/// <param name="Column">The column that has codes; null when the levels are numbers.</param>
/// <param name="Listed">The levels that count; null for all.</param>
/// <param name="TimeUnit">What the numbers count when they are dates or times: their levels are written so. Null for others.</param>
internal sealed record CategoryPlan(
    string Name, string Key, NumericExpression Expression, string? Column, IReadOnlyList<string>? Listed, string? TimeUnit)
{
    /// <summary>The place of the input whose values are the codes as they are; null when codes have to be found.</summary>
    public int? Input => Column is not null && Listed is null ? ((ColumnExpression)Expression).Input : null;
}

/// <summary>A variable of the formula.</summary>
/// <param name="Spec">What it asks for.</param>
/// <param name="Place">Its number or its category.</param>
internal sealed record VariablePlan(VariableSpec Spec, int Place)
{
    /// <summary>The category's wishes, or null when the variable is a number.</summary>
    public CategorySpec? Category => Spec as CategorySpec;

    /// <summary>The powers of the number that are the plain elements of the variable.</summary>
    public (int First, int Last) Powers => Spec switch
    {
        PolynomialSpec poly => (poly.Raw ? 1 : 0, poly.Degree),
        ScaleSpec scale => (scale.Center == 0 ? 1 : 0, 1),
        _ => (1, 1),
    };
}

/// <summary>A product of powers of numbers.</summary>
/// <param name="Factors">What is multiplied: <c>x</c>, <c>log(z)</c>, <c>x^2</c>.</param>
/// <param name="Expression">Over the numbers; a <see cref="ColumnExpression"/> when it is one of them.</param>
/// <param name="Degrees">Its degree in each source of rounding.</param>
internal sealed record PartPlan(IReadOnlyList<string> Factors, NumericExpression Expression, SourceDegrees Degrees)
{
    /// <summary>What it is called: <c>x</c>, <c>x:log(z)</c>, <c>x^2</c>.</summary>
    public string Name { get; } = string.Join(':', Factors);

    /// <summary>The numbers that are multiplied, each once, with their powers; none for the offset and the response.</summary>
    public IReadOnlyList<(int Number, int Power)> Powers { get; init; } = [];
}

/// <summary>A term.</summary>
/// <param name="Name">As R labels it.</param>
/// <param name="Variables">Indices of variables, ascending.</param>
/// <param name="Parts">
/// For each combination of plain elements of its numeric variables (the first varies fastest) the part of the shape that is
/// their product; a single entry, the constant part 0, when there are none.
/// </param>
/// <param name="Categories">The places of its categories, ascending, each once.</param>
internal sealed record TermPlan(string Name, int[] Variables, int[] Parts, int[] Categories);
