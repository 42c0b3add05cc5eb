using System.Globalization;
using System.Text;

namespace Plumbline.Files;

/// <summary>A column that the names of folders hold, as <c>year=2024</c> does: one value a file.</summary>
/// <param name="Column">Its name and type: integers when all values are, else numbers, booleans or dates when all are, else text.</param>
/// <param name="Texts">For each file its value; null when it is missing.</param>
internal sealed record Partition(ColumnInfo Column, IReadOnlyDictionary<string, string?> Texts)
{
    private const string Missing = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The SQL type.</summary>
    public string SqlType => Column.Type switch
    {
        ColumnType.Integer => "BIGINT",
        _ => FieldKinds.SqlType(Column),
    };

    /// <summary>The value for a file: a number, or the code of its text.</summary>
    public double Value(string path, LevelSet? levels)
    {
        if (Texts[path] is not { } text)
        {
            return double.NaN;
        }
        if (Column.Type == ColumnType.Text)
        {
            return levels!.CodeOf(text);
        }
        return FieldKinds.TryParse(FieldKinds.Of(Column), Encoding.UTF8.GetBytes(text), out double value) ? value : double.NaN;
    }

    /// <summary>The columns in the folders of files, each below its root, that have all the same ones; none otherwise, or where a file has no root.</summary>
    public static IReadOnlyList<Partition> Of(IReadOnlyList<(string? Root, string Path)> files, FileSourceOptions options)
    {
        string[] paths = [.. files.Select(file => file.Path)];
        (string Name, string Text)[][] all = [.. files.Select(file => file.Root is null ? [] : Folders(file.Root, file.Path))];
        string[] names = [.. all[0].Select(folder => folder.Name)];
        if (!all.All(folders => folders.Select(folder => folder.Name).SequenceEqual(names, StringComparer.Ordinal)))
        {
            return [];
        }
        return [.. names.Select((name, i) => Of(name, paths, [.. all.Select(folders => folders[i].Text)], options.IsText(name)))];
    }

    private static Partition Of(string name, IReadOnlyList<string> paths, string[] texts, bool isText)
    {
        var guess = new KindGuess();
        string[] known = [.. texts.Where(text => text != Missing)];
        foreach (string text in known)
        {
            guess.See(Encoding.UTF8.GetBytes(text), 0, "");
        }
        // A timestamp in the name of a folder has characters that need escapes: it stays text, and so does what no number of a model can be.
        FieldKind kind = isText || guess.Kind == FieldKind.Timestamp || (guess.Kind == FieldKind.Number && !known.All(IsFinite)) ? FieldKind.Text : guess.Kind;
        bool whole = kind == FieldKind.Number && known.All(IsInteger);
        ColumnInfo column = whole ? new ColumnInfo(name, ColumnType.Integer) : FieldKinds.Column(name, kind);
        return new Partition(column, paths.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second == Missing ? null : pair.Second, StringComparer.Ordinal));
    }

    private static bool IsFinite(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);

    private static bool IsInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && Math.Abs(value) < 1L << 53;

    private static (string Name, string Text)[] Folders(string root, string path)
    {
        string[] folders = Path.GetRelativePath(root, Path.GetDirectoryName(Path.GetFullPath(path))!).Split(Path.DirectorySeparatorChar);
        return [.. folders.Where(folder => folder.IndexOf('=', StringComparison.Ordinal) > 0)
            .Select(folder => (folder[..folder.IndexOf('=', StringComparison.Ordinal)], Uri.UnescapeDataString(folder[(folder.IndexOf('=', StringComparison.Ordinal) + 1)..])))];
    }
}
