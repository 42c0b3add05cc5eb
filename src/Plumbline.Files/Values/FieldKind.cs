namespace Plumbline.Files;

/// <summary>How the text of a field becomes a number.</summary>
internal enum FieldKind
{
    /// <summary>It is one.</summary>
    Number,

    /// <summary>The code of a level.</summary>
    Text,

    /// <summary>The code of FALSE or TRUE.</summary>
    Boolean,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Seconds.</summary>
    Timestamp,
}

/// <summary>From kinds to columns and back, and to values.</summary>
internal static class FieldKinds
{
    /// <summary>How the text of a column is read.</summary>
    public static FieldKind Of(ColumnInfo column) => column.Type switch
    {
        ColumnType.Text => FieldKind.Text,
        ColumnType.Boolean => FieldKind.Boolean,
        ColumnType.DateTime => column.TimeUnit == TimeNumbers.Days ? FieldKind.Date : FieldKind.Timestamp,
        _ => FieldKind.Number,
    };

    /// <summary>The column whose text is read so.</summary>
    public static ColumnInfo Column(string name, FieldKind kind, string? evidence = null) => kind switch
    {
        FieldKind.Text => new ColumnInfo(name, ColumnType.Text) { Evidence = evidence },
        FieldKind.Boolean => new ColumnInfo(name, ColumnType.Boolean),
        FieldKind.Date => TimeNumbers.Column(name, TimeNumbers.Days),
        FieldKind.Timestamp => TimeNumbers.Column(name, TimeNumbers.Seconds),
        _ => new ColumnInfo(name, ColumnType.Number),
    };

    /// <summary>Reads a value of any kind but text.</summary>
    public static bool TryParse(FieldKind kind, ReadOnlySpan<byte> text, out double value) => kind switch
    {
        FieldKind.Boolean => BooleanText.TryParse(text, out value),
        FieldKind.Date => TimeText.TryDate(text, out value),
        FieldKind.Timestamp => TimeText.TryTimestamp(text, out value),
        _ => NumberText.TryParse(text, out value),
    };

    /// <summary>The type in SQL of a column whose values come as text.</summary>
    public static string SqlType(ColumnInfo column) => Of(column) switch
    {
        FieldKind.Boolean => "BOOLEAN",
        FieldKind.Date => "DATE",
        FieldKind.Timestamp => "TIMESTAMP",
        FieldKind.Number => "DOUBLE",
        _ => "VARCHAR",
    };
}
