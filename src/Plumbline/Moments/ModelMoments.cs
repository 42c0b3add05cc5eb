using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Moments of the columns of a model, each up to a norm: column j of the model is column j of <see cref="Moments"/>
/// over √<see cref="NormSquared"/>[j]. Contrasts, <c>poly</c> and <c>scale</c> are combinations of plain columns that are
/// exact up to that root.
/// </summary>
/// <param name="Moments">The constant first, then the predictors, then the response.</param>
/// <param name="NormSquared">A positive number for each column; 1 for most.</param>
/// <param name="Rounding">For sources of rounding whose degree is not the same in all of a column: see <see cref="RoundingForm"/>.</param>
internal sealed record ModelMoments(Moments Moments, IReadOnlyList<ExactValue> NormSquared, IReadOnlyDictionary<int, RoundingForm> Rounding)
{
    private static readonly Dictionary<int, RoundingForm> s_noForms = [];

    /// <summary>Columns as they are.</summary>
    public static ModelMoments Of(Moments moments) => new(moments, [.. moments.Columns.Select(static _ => ExactMath.One)], s_noForms);

    /// <summary>Whether all norms are 1.</summary>
    public bool IsPlain => NormSquared.All(static n => n == ExactMath.One);
}

/// <summary>
/// What a source of rounding does to columns that are combinations of its powers. With D the degrees of the source in the plain
/// columns and T the combinations, the rounding of the source moves a combination v of columns by its unit times the
/// length √((D T v)ᵀ M (D T v)); entry (i, j) of this form is (D T)ᵢᵀ M (D T)ⱼ, for columns of the moments.
/// </summary>
internal sealed class RoundingForm(IReadOnlyList<int> columns, Dictionary<(int, int), ExactValue> entries)
{
    /// <summary>The columns in which the source is at all, ascending.</summary>
    public IReadOnlyList<int> Columns { get; } = columns;

    /// <summary>An entry, for two of <see cref="Columns"/>.</summary>
    public ExactValue this[int i, int j] => entries[(Math.Min(i, j), Math.Max(i, j))];
}
