using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>The data sets of the golden models: CSV without quotes, NA for a missing value.</summary>
internal static class GoldenData
{
    private static readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>Golden/lm/data, else data, else data/nist.</summary>
    public static string PathOf(string name) => new[] { Path.Combine(GoldenModel.Folder, "data"), TestFiles.Data, Path.Combine(TestFiles.Data, "nist") }
        .Select(folder => Path.Combine(folder, name + ".csv"))
        .First(File.Exists);

    public static Table Of(string name) => _tables.GetOrAdd(name, static n => Read(n, PathOf(n)));

    /// <summary>The new rows to predict.</summary>
    public static Table New(GoldenModel golden)
    {
        var table = new Table("new");
        foreach (JsonProperty column in golden.R.GetProperty("new").EnumerateObject())
        {
            JsonElement[] values = [.. column.Value.EnumerateArray()];
            table = values[0].ValueKind == JsonValueKind.String
                ? table.With(column.Name, [.. values.Select(static v => v.GetString())])
                : table.With(column.Name, [.. values.Select(static v => v.GetDouble())]);
        }
        return table;
    }

    private static Table Read(string name, string path)
    {
        string[][] lines = [.. File.ReadLines(path).Where(static l => l.Length > 0).Select(static l => l.Split(','))];
        var table = new Table(name);
        for (int c = 0; c < lines[0].Length; c++)
        {
            string?[] texts = [.. lines.Skip(1).Select(line => line[c] is "NA" or "" ? null : line[c])];
            table = texts.All(static t => t is null || double.TryParse(t, CultureInfo.InvariantCulture, out _))
                ? table.With(lines[0][c], [.. texts.Select(static t => t is null ? double.NaN : double.Parse(t, CultureInfo.InvariantCulture))])
                : table.With(lines[0][c], texts);
        }
        return table;
    }
}
