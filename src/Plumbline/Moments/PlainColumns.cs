namespace Plumbline;

/// <summary>Design columns for plain arrays of doubles: every column is its own source of rounding.</summary>
internal static class PlainColumns
{
    /// <summary>The intercept, then a column for each name.</summary>
    public static IReadOnlyList<DesignColumn> Named(IReadOnlyList<string> names)
    {
        var columns = new DesignColumn[names.Count + 1];
        columns[0] = Column("(Intercept)", -1, names.Count);
        for (int n = 0; n < names.Count; n++)
        {
            columns[n + 1] = Column(names[n], n, names.Count);
        }
        return columns;
    }

    /// <summary>A source of doubles for each name.</summary>
    public static IReadOnlyList<RoundingSource> Sources(IReadOnlyList<string> names) =>
        [.. names.Select(name => new RoundingSource(name, ColumnInfo.DoubleUnit))];

    private static DesignColumn Column(string name, int source, int sources)
    {
        var degrees = new int[sources];
        if (source >= 0)
        {
            degrees[source] = 1;
        }
        return new DesignColumn(name, [new CoefficientPiece(name)], degrees);
    }
}
