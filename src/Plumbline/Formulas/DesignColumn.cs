namespace Plumbline;

/// <summary>One factor of a coefficient's name: the variable it is of, as written in the formula.</summary>
/// <param name="Variable">The variable or expression, e.g. <c>age</c>, <c>I(x^2)</c>, <c>(Intercept)</c>.</param>
/// <param name="Level">
/// The level of a category; the number of the contrast (<c>1</c>, <c>2</c> …) or its name (<c>.L</c>, <c>.Q</c>); the degree in
/// <c>poly</c>. Null for a number.
/// </param>
/// <param name="Contrast">The contrasts, <c>sum</c>, <c>helmert</c> or <c>polynomial</c>; null where <paramref name="Level"/> is that of the data.</param>
public sealed record CoefficientPiece(string Variable, string? Level = null, string? Contrast = null)
{
    /// <summary>As it stands in a coefficient's name: <c>age</c>, <c>species[versicolor]</c>.</summary>
    public override string ToString() => Level is null ? Variable : $"{Variable}[{Level}]";
}

/// <summary>A source of rounding: a column as stored, or a function's value, and how finely it is rounded.</summary>
/// <param name="Name">The column's name, or the function call as written.</param>
/// <param name="Unit">Half a unit of its rounding, relative (see <see cref="ColumnInfo.Unit"/>).</param>
public sealed record RoundingSource(string Name, double Unit);

/// <summary>A column of the design: what it is called, and how it depends on what was measured.</summary>
/// <param name="Name">The coefficient's name, as R prints it: <c>(Intercept)</c>, <c>x</c>, <c>I(x^2)</c>, <c>a:b</c>.</param>
/// <param name="Pieces">The factors of the name, in order.</param>
/// <param name="Degrees">
/// For every rounding source of the design, in order, its degree in this column: 3 for x in x³, 0 for the intercept.
/// </param>
public sealed record DesignColumn(string Name, IReadOnlyList<CoefficientPiece> Pieces, IReadOnlyList<int> Degrees);
