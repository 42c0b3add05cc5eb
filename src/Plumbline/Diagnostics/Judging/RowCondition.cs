using System.Globalization;

namespace Plumbline;

/// <summary>SQL conditions that remedies propose for <c>--where</c>.</summary>
internal static class RowCondition
{
    /// <summary>A column's name.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A value of a column.</summary>
    public static string Literal(double value, ColumnInfo? column)
    {
        if (column is { TimeUnit: TimeNumbers.Days or TimeNumbers.Seconds })
        {
            DateTime time = DateTime.UnixEpoch.AddSeconds(column.TimeUnit == TimeNumbers.Days ? value * 86400 : value);
            return column.TimeUnit == TimeNumbers.Days
                ? $"DATE '{time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'"
                : $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}'";
        }
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>All rows but one, told by its values.</summary>
    public static string Except(IEnumerable<(ColumnInfo Column, double Value)> row) =>
        $"NOT ({string.Join(" AND ", row.Select(static v => $"{Quoted(v.Column.Name)} = {Literal(v.Value, v.Column)}"))})";
}
