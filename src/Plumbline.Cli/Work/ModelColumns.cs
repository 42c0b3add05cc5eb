namespace Plumbline.Cli.Work;

/// <summary>How a model wants its columns read: what was text in the fit is text again, though a few rows may look like numbers.</summary>
internal static class ModelColumns
{
    /// <summary>The columns to read as text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="predictorsOnly">Whether only those are meant that prediction needs.</param>
    public static IReadOnlyList<string> Text(LinearModel model, bool predictorsOnly)
    {
        if (model.Design is not { } design)
        {
            return [];
        }
        HashSet<string> needed = new(design.PredictorColumns(), StringComparer.Ordinal);
        return
        [
            .. design.Inputs.Select(static i => i.Column)
                .Where(c => c.Type == ColumnType.Text && (!predictorsOnly || needed.Contains(c.Name)))
                .Select(static c => c.Name),
        ];
    }
}
