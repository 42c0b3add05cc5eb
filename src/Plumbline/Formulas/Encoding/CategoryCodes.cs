namespace Plumbline;

/// <summary>The levels of a design's categories, as the encoders of one source number them: one set for each category, shared by all threads.</summary>
internal sealed class CategoryCodes
{
    private CategoryCodes(IReadOnlyList<LevelSet> sets) => Sets = sets;

    /// <summary>For a design without categories.</summary>
    public static CategoryCodes None { get; } = new([]);

    /// <summary>A level set for each category, in the order of the design.</summary>
    public IReadOnlyList<LevelSet> Sets { get; }

    /// <summary>The source's own levels for columns of text and booleans, new sets for numbers.</summary>
    /// <exception cref="PlumblineException">Code <c>not-numeric</c>: the source has no levels for a column.</exception>
    public static CategoryCodes Of(CategoryPlan[] categories, IRowSource source) => categories.Length == 0 ? None : new(Array.ConvertAll(
        categories,
        category => category.Column is null
            ? new LevelSet()
            : source.LevelsOf(category.Column) ?? throw new PlumblineException(
                "not-numeric", $"The source does not tell the levels of {Schema.Shown(category.Column)}, so it cannot be a category here.")
            {
                Column = category.Column,
            }));
}
