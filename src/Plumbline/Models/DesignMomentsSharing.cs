namespace Plumbline;

public sealed partial class DesignMoments
{
    /// <summary>The columns of the data that the design reads, in the order of the data, with their ranges in the rows kept; NaN for a category, and where the range was left out.</summary>
    public IReadOnlyList<FittedInput> Inputs
    {
        get
        {
            Dictionary<string, ValueRange> ranges = Design.Inputs.Zip(_ranges).ToDictionary(static r => r.First, static r => r.Second, StringComparer.Ordinal);
            return [.. Design.SourceColumns.Select(c => ranges[c.Name] is var range && c.IsNumeric && range.Least <= range.Largest
                ? new FittedInput(c, range.Least, range.Largest)
                : new FittedInput(c, double.NaN, double.NaN))];
        }
    }

    /// <summary>How many sums there are.</summary>
    public long SumCount => _cells.Dense.Count + (_cells.UnweightedSums?.Count ?? 0) + _cells.Sums.Sum(static s => (long)s.Value.Count);

    /// <summary>For each of <see cref="LevelsOf"/> in how many rows it stood; rows of weight 0 count, and with frequencies their sum does.</summary>
    /// <param name="category">One of the design's <see cref="Plumbline.Design.Categories"/>.</param>
    /// <exception cref="PlumblineException">Code <c>unknown-column</c>: the design has no such category.</exception>
    public IReadOnlyList<long> RowsOfLevels(string category) => _levels.Categories[CategoryPlace(category)].Rows;

    /// <summary>The smallest group of rows whose sums can be read from the moments.</summary>
    public MomentsGroup SmallestGroup() => MomentsGroups.Smallest(this);

    /// <summary>
    /// The moments to be given away: without ranges, which are values of single rows, and without the texts that made a source take a column
    /// for text; refused when a group of rows is small. Small groups are not all that moments give away.
    /// </summary>
    /// <param name="minRows">The fewest rows that a group may have, 1 or more.</param>
    /// <exception cref="PlumblineException">Code <c>too-few-rows</c>: a group, which the message names, has fewer, or is not counted.</exception>
    public DesignMoments ForSharing(long minRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minRows, 1);
        MomentsGroup smallest = SmallestGroup();
        if (smallest.Rows is null)
        {
            throw new PlumblineException(
                "too-few-rows",
                $"How many rows are in each cell of {FormulaError.Code(smallest.Name)} is not counted where there are weights, so {minRows:N0} cannot be promised. Leave out the weights, or the interaction.");
        }
        if (smallest.Rows < minRows)
        {
            string rows = smallest.Rows == 1 ? "1 row" : $"{smallest.Rows:N0} rows";
            throw new PlumblineException(
                "too-few-rows",
                $"The smallest group, {FormulaError.Code(smallest.Name)}, has {rows}, and at least {minRows:N0} were asked for. Group levels together, leave out the column or the interaction, or add rows.");
        }
        ColumnInfo[] columns = [.. Design.SourceColumns.Select(static c => c with { Evidence = null })];
        var unknown = new ValueRange(double.NaN, double.NaN);
        var design = Design.Create(Design.Formula, new Schema(columns), Design.Weights, Design.Contrasts, Design.Notes);
        return new DesignMoments(design, _cells, _levels, [.. _ranges.Select(_ => unknown)], History, WeightKind, Rows) { Version = Version, Engine = Engine };
    }
}
