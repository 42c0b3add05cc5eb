namespace Plumbline.Reports;

/// <summary>What moments hold and what they give away, before it is laid out.</summary>
internal static class MomentsSummary
{
    /// <summary>The lines on all rows.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="bytes">The size of their file.</param>
    public static IReadOnlyList<FitSummaryFact> Facts(DesignMoments moments, long bytes)
    {
        Design design = moments.Design;
        MomentsGroup smallest = moments.SmallestGroup();
        return
        [
            new("Moments of", design.Formula.Text),
            new("Source", moments.Source),
            new("Condition on rows", moments.Where ?? "none"),
            new("Rows", Rows(moments)),
            new("Weights", design.Weights is { } weights ? $"{weights} ({moments.WeightKind.ToString().ToLowerInvariant()})" : "none"),
            new("Smallest group", smallest.Rows is { } rows ? $"{smallest.Name}: {Count(rows, "row")}" : $"{smallest.Name}: not counted where there are weights"),
            new("Size", $"{Count(moments.SumCount, "sum")}, {Count(bytes, "byte")}"),
            new("Written by", $"Plumbline {moments.Version}"),
            new("Checksum", MomentsFile.ChecksumOf(moments)),
        ];
    }

    /// <summary>The columns, a line each.</summary>
    public static IReadOnlyList<FitSummaryFact> Columns(DesignMoments moments) =>
        [.. moments.Inputs.Select(static i => new FitSummaryFact(i.Column.Name, $"{ModelSummary.Type(i.Column)}{ModelSummary.Range(i)}"))];

    /// <summary>The categories with all their levels, a line each.</summary>
    public static IReadOnlyList<FitSummaryFact> Categories(DesignMoments moments) => [.. moments.Design.Categories.Select(c => new FitSummaryFact(
        c, $"levels (rows): {string.Join(", ", moments.LevelsOf(c).Zip(moments.RowsOfLevels(c), static (level, rows) => $"{level} ({NumberText.Count(rows)})"))}"))];

    private static string Rows(DesignMoments moments)
    {
        RowCounts rows = moments.Rows;
        string stand = moments.Observations == rows.Used ? "" : $", which stand for {NumberText.Count(moments.Observations)}";
        string dropped = rows.Dropped == 0 ? "" : $"; {NumberText.Count(rows.Dropped)} left out ({string.Join(", ", rows.DroppedByColumn.Select(static c => $"{c.Key}: {NumberText.Count(c.Value)}"))})";
        long weightless = rows.Read - rows.Dropped - rows.Used;
        return $"{NumberText.Count(rows.Used)} used of {NumberText.Count(rows.Read)}{stand}{dropped}{(weightless == 0 ? "" : $"; {NumberText.Count(weightless)} of weight 0")}";
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{NumberText.Count(count)} {what}s";
}
