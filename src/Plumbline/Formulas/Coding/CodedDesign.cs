using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A column of the model: a combination of plain columns, over the root of a norm. Exact, except for that root.</summary>
/// <param name="Name">The coefficient's name: <c>age</c>, <c>species[versicolor]</c>, <c>poly(x, 2)[1]</c>, <c>x:size[.L]</c>.</param>
/// <param name="Pieces">The factors of the name.</param>
/// <param name="Term">0 for the intercept, t for <see cref="CodedDesign.Terms"/>[t − 1].</param>
/// <param name="Combination">Plain columns and their factors; empty for a column that is 0 in every row.</param>
/// <param name="NormSquared">The column is the combination over the root of this; 1 unless polynomials or scales are in it.</param>
internal sealed record CodedColumn(
    string Name,
    IReadOnlyList<CoefficientPiece> Pieces,
    int Term,
    (PlainColumn Column, ExactValue Factor)[] Combination,
    ExactValue NormSquared)
{
    /// <summary>For each variable of the term the element of its coding that is a factor of this column: what prediction needs.</summary>
    public IReadOnlyList<CodedFactor> Factors { get; init; } = [];
}

/// <summary>A factor of a column: an element of a variable's coding.</summary>
/// <param name="Variable">The variable, as an index into the design's.</param>
/// <param name="Element">The element: of a category a level or a contrast, of <c>poly</c> the degree less one.</param>
/// <param name="IsIndicator">Whether the element of a category is the indicator of a level; otherwise a contrast.</param>
internal readonly record struct CodedFactor(int Variable, int Element, bool IsIndicator);

/// <summary>A term of the model, as R labels it.</summary>
/// <param name="Name">The label.</param>
/// <param name="Variables">Its variables: a term contains another when it has all of the other's.</param>
internal sealed record CodedTerm(string Name, IReadOnlyList<int> Variables);

/// <summary>A design whose levels are known: the columns of the model in terms of the plain columns of the moments.</summary>
/// <param name="Columns">The intercept first when it is in the model, then the predictors in R's order.</param>
/// <param name="Response">The response (less the offset, when there is one).</param>
/// <param name="Offset">The offset, or null.</param>
/// <param name="Terms">The terms, without the intercept.</param>
/// <param name="Codings">For each variable how it was coded.</param>
/// <param name="Categories">For each variable that is a category its levels in the order of the model; null for numbers.</param>
internal sealed record CodedDesign(
    IReadOnlyList<CodedColumn> Columns,
    PlainColumn Response,
    PlainColumn? Offset,
    IReadOnlyList<CodedTerm> Terms,
    IReadOnlyList<VariableCoding> Codings,
    IReadOnlyList<CategoryCoding?> Categories);
