using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A design as a fitted model keeps it: all that turns a row of new data into the values that the coefficients multiply. Plain
/// data, kilobytes; the only values of the data in it are levels, ranges, and the constants of <c>poly</c> and <c>scale</c>.
/// </summary>
public sealed record FittedDesign
{
    /// <summary>The formula as given.</summary>
    public required string Formula { get; init; }

    /// <summary>Whether the model has an intercept.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The columns that were read, the weights among them.</summary>
    public required IReadOnlyList<FittedInput> Inputs { get; init; }

    /// <summary>The response as a formula over the inputs, e.g. <c>log(price)</c>; numbers in full.</summary>
    public required string Response { get; init; }

    /// <summary>The offsets as formulas over the inputs; their sum is added to what the coefficients give.</summary>
    public IReadOnlyList<string> Offsets { get; init; } = [];

    /// <summary>The column of weights, or null.</summary>
    public string? Weights { get; init; }

    /// <summary>The contrasts that were asked for where the formula names none; null for the defaults.</summary>
    public ContrastKind? Contrasts { get; init; }

    /// <summary>The variables of the terms.</summary>
    public required IReadOnlyList<FittedVariable> Variables { get; init; }

    /// <summary>The columns that have a coefficient, in the order of the model's coefficients.</summary>
    public required IReadOnlyList<FittedColumn> Columns { get; init; }

    /// <summary>The names of the terms, as R labels them, without the intercept.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>The columns that prediction needs: those that predictors and offsets are made of, each once, in the order of <see cref="Inputs"/>.</summary>
    public IReadOnlyList<string> PredictorColumns()
    {
        HashSet<string> used = new(
            Variables.Select(static v => v.Expression).Concat(Offsets).SelectMany(static e => NodeNames.Of(Parser.ParseExpression(e))), StringComparer.Ordinal);
        return [.. Inputs.Select(static i => i.Column.Name).Where(used.Contains)];
    }
}

/// <summary>A column of the data that the model reads.</summary>
/// <param name="Column">Its name, type and unit.</param>
/// <param name="Least">The smallest value in the rows of the fit; NaN for a category.</param>
/// <param name="Largest">The largest value; NaN for a category.</param>
public sealed record FittedInput(ColumnInfo Column, double Least, double Largest);

/// <summary>What a variable of a model is.</summary>
public enum VariableKind
{
    /// <summary>A number: the value of an expression.</summary>
    Number,

    /// <summary>A category with levels.</summary>
    Category,

    /// <summary><c>poly(x, k)</c>: polynomials that were orthogonal over the rows of the fit.</summary>
    Polynomial,

    /// <summary><c>poly(x, k, raw = TRUE)</c>: powers.</summary>
    Powers,

    /// <summary><c>scale(x)</c>: (x − center)/scale.</summary>
    Scale,
}

/// <summary>A variable of a model, with what it knows from the rows of the fit.</summary>
public sealed record FittedVariable
{
    /// <summary>As written in the formula: <c>C(zip, sum)</c>, <c>poly(x, 2)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is looked at, as a formula over the inputs: <c>zip</c>, <c>x</c>; numbers in full.</summary>
    public required string Expression { get; init; }

    /// <summary>What it is.</summary>
    public required VariableKind Kind { get; init; }

    /// <summary>The levels of a category, in order.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>In how many rows of the fit each level stood.</summary>
    public IReadOnlyList<long> LevelRows { get; init; } = [];

    /// <summary>The levels that the formula lists, also those that no row had; null when it lists none. Others are missing values.</summary>
    public IReadOnlyList<string>? Listed { get; init; }

    /// <summary>The contrasts of a category.</summary>
    public ContrastKind Contrast { get; init; }

    /// <summary>The level that treatment contrasts leave out; null for others.</summary>
    public string? Base { get; init; }

    /// <summary>The degree of a polynomial.</summary>
    public int Degree { get; init; }

    /// <summary>
    /// Of a polynomial of degree k the α₀ … α₍k₋₁₎ of p₍j₊₁₎ = (x − αⱼ)·pⱼ − (Norms[j]/Norms[j − 1])·p₍j₋₁₎, p₀ = 1; of <c>scale</c>
    /// what is taken away.
    /// </summary>
    public IReadOnlyList<DoubleDouble> Centers { get; init; } = [];

    /// <summary>
    /// Of a polynomial the sums of squares Σ pⱼ² over the rows of the fit, from j = 0 (their number): column j is pⱼ/√Norms[j]. Of
    /// <c>scale</c> the square of what is divided by.
    /// </summary>
    public IReadOnlyList<DoubleDouble> Norms { get; init; } = [];
}

/// <summary>A column that has a coefficient: a product of elements of variables.</summary>
/// <param name="Name">The coefficient's name.</param>
/// <param name="Pieces">The factors of the name.</param>
/// <param name="Term">0 for the intercept, t for the t-th of <see cref="FittedDesign.Terms"/>.</param>
/// <param name="Factors">What is multiplied; nothing for the intercept.</param>
public sealed record FittedColumn(
    string Name, IReadOnlyList<CoefficientPiece> Pieces, int Term, IReadOnlyList<FittedFactor> Factors);

/// <summary>An element of a variable.</summary>
/// <param name="Variable">The variable, as an index into <see cref="FittedDesign.Variables"/>.</param>
/// <param name="Element">Of a category the place of the level or the contrast, of a polynomial the degree less one; from 0.</param>
/// <param name="IsIndicator">Of a category, whether the element is the indicator of a level rather than a contrast.</param>
public readonly record struct FittedFactor(int Variable, int Element, bool IsIndicator);
