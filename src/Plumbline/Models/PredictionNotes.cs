namespace Plumbline;

/// <summary>Counts rows that lie far from the rows of the fit as a whole, though each value may be within its range.</summary>
/// <remarks>
/// Method      a row of the fit has a leverage of at most 1, and p/n on average. Rows above a hundred times the average, or
///             above 1 if that is less, are counted. Leverages of weighted fits have the unit of 1/weight: they are not watched.
/// Source      Montgomery, Peck and Vining, Introduction to Linear Regression Analysis, 5th ed., §3.8, hidden extrapolation.
/// </remarks>
internal sealed class LeverageWatch(LinearModel model)
{
    private const double Multiple = 100;

    private readonly double _limit = model.WeightsColumn is null && model.Rows.Used > 0
        ? Math.Min(1, Multiple * model.Rank / model.Rows.Used)
        : double.PositiveInfinity;

    /// <summary>What counts as far.</summary>
    public double Limit => _limit;

    /// <summary>How many rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The first of them.</summary>
    public long FirstRow { get; private set; }

    /// <summary>Looks at the rows of a block; no leverages when they are not known.</summary>
    public void Add(ReadOnlySpan<double> leverages, ModelBlock block)
    {
        for (int row = 0; row < block.Rows && row < leverages.Length; row++)
        {
            if (leverages[row] > _limit * (1 + 1e-9) && Rows++ == 0)
            {
                FirstRow = block.RowNumbers[row];
            }
        }
    }
}

/// <summary>What the reader of predictions should know, in sentences.</summary>
internal static class PredictionNotes
{
    public static IEnumerable<Note> Of(LinearModel model, FittedDesign design, ModelRowCounts rows, UnseenLevels unseen, LeverageWatch leverage)
    {
        foreach (Note note in model.Notes.Where(static n => n.Code == "edited-model"))
        {
            yield return note;
        }
        if (!design.Inputs.Any(i => Names.Quote(i.Column.Name) == model.Response))
        {
            yield return new Note("response-scale", $"Predictions and intervals are of {FormulaError.Code(model.Response)}, as the model has it, not of the column it is computed from.");
        }
        if (rows.Missing > 0)
        {
            string columns = string.Join(", ", rows.MissingByColumn.Select(static c => $"{c.Key}: {c.Value}"));
            yield return new Note("rows-without-prediction", $"{Rows(rows.Missing)} no prediction because a value is missing, infinite or not defined ({columns}).");
        }
        foreach ((string category, long count) in rows.Unseen)
        {
            string what = unseen == UnseenLevels.Base ? "is predicted as the base level" : "counts as missing";
            yield return new Note("unseen-levels", $"{Rows(count)} a level of {FormulaError.Code(category)} that no row of the fit had; it {what}.");
        }
        foreach ((string column, (long count, long first)) in rows.Outside)
        {
            FittedInput range = design.Inputs.First(i => i.Column.Name == column);
            yield return new Note(
                "outside-range",
                $"{Rows(count)} {Schema.Shown(column)} outside its range in the fit, {range.Least:R} to {range.Largest:R}; the first is row {first}. There the prediction relies on the form of the model alone.");
        }
        if (leverage.Rows > 0)
        {
            yield return new Note(
                "high-leverage",
                $"{(leverage.Rows == 1 ? "1 row lies" : $"{leverage.Rows} rows lie")} far from all rows of the fit (leverage above {leverage.Limit:G3}); the first is row {leverage.FirstRow}. There the prediction relies on the form of the model alone.");
        }
    }

    private static string Rows(long count) => count == 1 ? "1 row has" : $"{count} rows have";
}
