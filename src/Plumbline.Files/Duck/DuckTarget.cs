namespace Plumbline.Files;

/// <summary>What a column of a query is to become.</summary>
/// <param name="Info">The column.</param>
/// <param name="Levels">The levels of its texts; null when it has none.</param>
internal sealed record DuckTarget(ColumnInfo Info, LevelSet? Levels)
{
    /// <summary>A number, for a query without columns of the source.</summary>
    public static DuckTarget None { get; } = new(new ColumnInfo("", ColumnType.Number), null);
}

/// <summary>A text of a query is not what it should be.</summary>
/// <param name="column">The column.</param>
/// <param name="kind">What was expected.</param>
/// <param name="text">The text.</param>
internal sealed class DuckValueException(string column, FieldKind kind, string text)
    : DuckException($"'{text}' in column '{column}'", DuckDB.NET.Native.DuckDBErrorType.Conversion, preparing: false)
{
    /// <summary>The column.</summary>
    public string Column => column;

    /// <summary>What was expected.</summary>
    public FieldKind Kind => kind;

    /// <summary>The text.</summary>
    public string Text => text;
}
