namespace Plumbline.Databases;

/// <summary>A column of a table or query.</summary>
/// <param name="Info">As the library sees it.</param>
/// <param name="Type">As the dialect has it.</param>
/// <param name="DatabaseType">The database's own name of its type.</param>
internal sealed record DatabaseField(ColumnInfo Info, FieldType Type, string DatabaseType)
{
    /// <summary>The quoted name.</summary>
    public string Sql(Dialect dialect) => dialect.Quote(Info.Name);

    /// <summary>Of a column of that type.</summary>
    public static DatabaseField Of(string name, FieldType type, string databaseType) => new(
        type switch
        {
            FieldType.Single => new ColumnInfo(name, ColumnType.Number, ColumnInfo.SingleUnit),
            FieldType.Number or FieldType.Decimal => new ColumnInfo(name, ColumnType.Number),
            FieldType.Integer or FieldType.Unsigned => new ColumnInfo(name, ColumnType.Integer),
            FieldType.Boolean => new ColumnInfo(name, ColumnType.Boolean),
            FieldType.Date => TimeNumbers.Column(name, TimeNumbers.Days),
            FieldType.Timestamp or FieldType.LocalTimestamp or FieldType.Seconds => TimeNumbers.Column(name, TimeNumbers.Seconds),
            FieldType.TimeOfDay => TimeNumbers.Column(name, TimeNumbers.SecondsOfDay),
            _ => new ColumnInfo(name, ColumnType.Text),
        },
        type,
        databaseType);
}
