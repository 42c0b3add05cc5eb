namespace Plumbline;

/// <summary>
/// What an encoder hands to the moments, before any level is known. A row is numbers (<see cref="Parts"/>) and
/// codes of categories. Block layout: parts 1 … P−1 (part 0 is the constant 1 and has no column), then one column of codes for
/// each category, then the weights if there are any. A column of the design is a part times the indicator of a cell:
/// <see cref="PlainColumn"/>.
/// </summary>
/// <param name="Parts">The distinct products of numbers: the constant first, then in the order of first use.</param>
/// <param name="Categories">The names of the categories, as written.</param>
/// <param name="Terms">
/// Which parts meet which categories: the intercept first, the response last. Sums are needed for every pair of them.
/// </param>
/// <param name="Unweighted">
/// Parts whose unweighted sums (with one another, over all rows kept, also those of weight 0) are needed too, for <c>poly</c> and <c>scale</c>.
/// </param>
/// <param name="Offset">
/// The part that is the sum of the offsets, which the response has already less; a term of its own, before the response.
/// Null when there is none.
/// </param>
internal sealed record DesignShape(
    IReadOnlyList<ShapePart> Parts, IReadOnlyList<string> Categories, IReadOnlyList<ShapeTerm> Terms, IReadOnlyList<int> Unweighted,
    int? Offset = null)
{
    /// <summary>The part that is the response.</summary>
    public int Response => Terms[^1].Parts[0];
}

/// <summary>A product of numbers, as a column: its name and its degree in each source of rounding.</summary>
internal sealed record ShapePart(string Name, IReadOnlyList<int> Degrees);

/// <summary>A term: several parts (one, unless a polynomial or a scaled variable is in it), in each cell of the categories.</summary>
/// <param name="Parts">Indices of parts.</param>
/// <param name="Categories">Indices of categories, ascending; empty for a term of numbers only.</param>
internal sealed record ShapeTerm(int[] Parts, int[] Categories);

/// <summary>
/// A column of the moments: a part, times the indicator of a cell. Two columns with different levels of one category are
/// never both non-zero.
/// </summary>
/// <param name="Part">Index of the part.</param>
/// <param name="Categories">Indices of categories, ascending.</param>
/// <param name="Codes">For each of them the code of the level, as it stands in the blocks.</param>
internal readonly record struct PlainColumn(int Part, int[] Categories, int[] Codes)
{
    /// <summary>Whether the two are the same column.</summary>
    public bool Equals(PlainColumn other) =>
        Part == other.Part && Categories.AsSpan().SequenceEqual(other.Categories) && Codes.AsSpan().SequenceEqual(other.Codes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Part);
        for (int c = 0; c < Categories.Length; c++)
        {
            hash.Add(Categories[c]);
            hash.Add(Codes[c]);
        }
        return hash.ToHashCode();
    }
}
