using System.Globalization;

namespace Plumbline.Files;

/// <summary>A column that the names of folders hold, as <c>year=2024</c> does: one value a file.</summary>
/// <param name="Column">Its name and type: integers when all values are, else numbers when all are, else text.</param>
/// <param name="Values">For each file its value; NaN when it is missing or no number.</param>
internal sealed record Partition(ColumnInfo Column, IReadOnlyDictionary<string, double> Values)
{
    private const string Missing = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The SQL type.</summary>
    public string SqlType => Column.Type switch
    {
        ColumnType.Integer => "BIGINT",
        ColumnType.Number => "DOUBLE",
        _ => "VARCHAR",
    };

    /// <summary>The columns in the folders of files below <paramref name="root"/> that have all the same ones; none otherwise.</summary>
    public static IReadOnlyList<Partition> Of(string root, IReadOnlyList<string> paths)
    {
        (string Name, string Text)[][] all = [.. paths.Select(path => Folders(root, path))];
        string[] names = [.. all[0].Select(folder => folder.Name)];
        if (!all.All(folders => folders.Select(folder => folder.Name).SequenceEqual(names, StringComparer.Ordinal)))
        {
            return [];
        }
        return [.. names.Select((name, i) => Of(name, paths, [.. all.Select(folders => folders[i].Text)]))];
    }

    private static Partition Of(string name, IReadOnlyList<string> paths, string[] texts)
    {
        static bool IsInteger(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && Math.Abs(value) < 1L << 53;
        static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        string[] known = [.. texts.Where(text => text != Missing)];
        ColumnType type = known.All(IsInteger) ? ColumnType.Integer : known.All(IsNumber) ? ColumnType.Number : ColumnType.Text;
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < paths.Count; i++)
        {
            values[paths[i]] = type != ColumnType.Text && texts[i] != Missing ? double.Parse(texts[i], CultureInfo.InvariantCulture) : double.NaN;
        }
        return new Partition(new ColumnInfo(name, type), values);
    }

    private static (string Name, string Text)[] Folders(string root, string path)
    {
        string[] folders = Path.GetRelativePath(root, Path.GetDirectoryName(Path.GetFullPath(path))!).Split(Path.DirectorySeparatorChar);
        return [.. folders.Where(folder => folder.IndexOf('=', StringComparison.Ordinal) > 0)
            .Select(folder => (folder[..folder.IndexOf('=', StringComparison.Ordinal)], Uri.UnescapeDataString(folder[(folder.IndexOf('=', StringComparison.Ordinal) + 1)..])))];
    }
}
