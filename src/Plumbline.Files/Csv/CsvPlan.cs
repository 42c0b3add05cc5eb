namespace Plumbline.Files;

/// <summary>What is read from CSV files, and how: the same for every thread.</summary>
/// <param name="Layout">What the files are like.</param>
/// <param name="Missing">The texts that mean a missing value.</param>
/// <param name="Columns">The places of the columns to read; those beyond the layout's are in the names of folders.</param>
/// <param name="Levels">For each column to read the levels of its texts; null when it is not text.</param>
internal sealed record CsvPlan(CsvLayout Layout, NullTexts Missing, IReadOnlyList<int> Columns, IReadOnlyList<LevelSet?> Levels)
{
    /// <summary>The value of a column to read that is in the names of folders, for one file.</summary>
    public double OfFolder(int i, string path) => Layout.Partitions[Columns[i] - Layout.Columns.Count].Value(path, Levels[i]);
}
