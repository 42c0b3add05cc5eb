namespace Plumbline;

/// <summary>What a variable of a formula asks for, as far as its text tells.</summary>
/// <param name="Name">The variable as R writes it: <c>log(x)</c>, <c>C(zip, sum)</c>.</param>
/// <param name="Expression">What is looked at: <c>zip</c> in <c>C(zip, sum)</c>, <c>x</c> in <c>poly(x, 2)</c>.</param>
internal abstract record VariableSpec(string Name, Node Expression);

/// <summary>A number, as it is.</summary>
internal sealed record NumberSpec(string Name, Node Expression) : VariableSpec(Name, Expression);

/// <summary>A number that is added with the coefficient 1.</summary>
internal sealed record OffsetSpec(string Name, Node Expression) : VariableSpec(Name, Expression);

/// <summary>Powers of a number: <c>poly(x, k)</c>.</summary>
/// <param name="Name">The variable as R writes it.</param>
/// <param name="Expression">What is looked at.</param>
/// <param name="Degree">The highest power, at least 1.</param>
/// <param name="Raw">Whether the powers are taken as they are; otherwise polynomials that are orthogonal over the rows.</param>
internal sealed record PolynomialSpec(string Name, Node Expression, int Degree, bool Raw) : VariableSpec(Name, Expression);

/// <summary>A number, centered and scaled: <c>scale(x)</c>.</summary>
/// <param name="Name">The variable as R writes it.</param>
/// <param name="Expression">What is looked at.</param>
/// <param name="Center">What is taken away; null for the mean. 0 when nothing is.</param>
/// <param name="Scale">What it is divided by; null for the standard deviation (the root mean square when not centered). 1 when by nothing; above 0.</param>
internal sealed record ScaleSpec(string Name, Node Expression, double? Center, double? Scale) : VariableSpec(Name, Expression);

/// <summary>A category: text, true and false, or numbers whose distinct values are meant.</summary>
internal sealed record CategorySpec(string Name, Node Expression) : VariableSpec(Name, Expression)
{
    /// <summary>The levels, in the order in which they stand; null for those that the data have, sorted.</summary>
    public IReadOnlyList<LevelName>? Levels { get; init; }

    /// <summary>A level that goes before the others (R's <c>relevel</c>), or null.</summary>
    public LevelName? First { get; init; }

    /// <summary>The level that has no column in treatment contrasts; null for the first.</summary>
    public LevelName? Base { get; init; }

    /// <summary>Whether the order of the levels means something: then the contrasts are polynomial unless others are named.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The contrasts that the formula names, or null.</summary>
    public ContrastKind? Contrast { get; init; }
}

/// <summary>A level as a formula names it.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Position">The 0-based character of the formula.</param>
internal sealed record LevelName(string Text, int Position);
