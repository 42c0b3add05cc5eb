namespace Plumbline.Databases;

/// <summary>A category as SQL: what rows are grouped by, and the level that a group is.</summary>
/// <param name="Key">What is grouped by, and how it is sent.</param>
/// <param name="IsUnlisted">Whether a row's level is none of those that the formula lists; null when it lists none. Never NULL for rows with all inputs.</param>
/// <param name="TimeUnit">What the numbers count when they are dates or times.</param>
internal sealed record SqlCategory(SelectedValue Key, string? IsUnlisted, string? TimeUnit)
{
    public static SqlCategory Of(CategoryPlan plan, IReadOnlyList<DatabaseField> fields, IReadOnlyList<string> inputs, Dialect dialect)
    {
        SelectedValue key = KeyOf(plan, fields, inputs, dialect);
        return new SqlCategory(key, plan.Listed is null ? null : Unlisted(plan, key, dialect), plan.TimeUnit);
    }

    /// <summary>The level of a group.</summary>
    public string Level(RowCursor row, int column) => Key.Type switch
    {
        WireType.Boolean => row.Boolean(column) ? "TRUE" : "FALSE",
        WireType.Integer => LevelOf((Int128)row.Integer(column)),
        WireType.Unsigned => LevelOf((Int128)row.Unsigned(column)),
        WireType.Double => TimeUnit is null ? LevelText.Of(row.Double(column)) : LevelText.OfTime(row.Double(column), TimeUnit),
        _ => row.Text(column),
    };

    /// <summary>A condition that rows of a group fulfil, from the group's row.</summary>
    public string IsLevel(RowCursor row, int column, Dialect dialect) => Key.Type switch
    {
        WireType.Boolean => $"{Key.Sql} = (1 = {(row.Boolean(column) ? 1 : 0)})",
        WireType.Integer => $"{Key.Sql} = {dialect.AsInteger($"({row.Integer(column).ToString(System.Globalization.CultureInfo.InvariantCulture)})")}",
        WireType.Unsigned => $"{Key.Sql} = {row.Unsigned(column).ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        WireType.Double => $"{Key.Sql} = {dialect.Literal(row.Double(column))}",
        _ => $"{Key.Sql} = {dialect.Literal(row.Text(column))}",
    };

    private static SelectedValue KeyOf(CategoryPlan plan, IReadOnlyList<DatabaseField> fields, IReadOnlyList<string> inputs, Dialect dialect)
    {
        if (plan.Expression is ColumnExpression column)
        {
            DatabaseField field = fields[column.Input];
            if (plan.Column is not null || field.Type is FieldType.Integer or FieldType.Unsigned)
            {
                return dialect.Row(field.Sql(dialect), field.Type);
            }
        }
        return new SelectedValue(plan.Expression.Map(new SqlExpressions(dialect, inputs, plan.Name)), WireType.Double);
    }

    private static string Unlisted(CategoryPlan plan, SelectedValue key, Dialect dialect)
    {
        if (plan.TimeUnit is not null)
        {
            throw new PlumblineException(
                "not-in-engine", $"`{plan.Name}` lists dates or times as levels, which cannot be told to {dialect.Name}. Choose the rows with --where instead, or read them with --compute local.");
        }
        IEnumerable<string?> literals = key.Type switch
        {
            WireType.Boolean => plan.Listed!.Select(static level => level switch { "TRUE" => "1 = 1", "FALSE" => "1 = 0", _ => null }),
            WireType.Text => plan.Listed!.Select(dialect.Literal),
            _ => plan.Listed!.Select(level => NumberOf(level) is double value ? dialect.Literal(value) : null),
        };
        string[] known = [.. literals.Where(static l => l is not null).Select(static l => l!)];
        if (key.Type == WireType.Boolean)
        {
            return known.Length == 2 ? "(1 = 0)" : known is ["1 = 1"] ? $"({key.Sql} <> (1 = 1))" : known is ["1 = 0"] ? $"({key.Sql} <> (1 = 0))" : "(1 = 1)";
        }
        string missing = key.Type == WireType.Double ? $"{dialect.IsMissing(key.Sql)} OR " : "";
        return known.Length == 0 ? "(1 = 1)" : $"({missing}{key.Sql} NOT IN ({string.Join(", ", known)}))";
    }

    // A listed level is a number of the data only when it is written as levels are.
    private static double? NumberOf(string level) =>
        double.TryParse(level, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) && LevelText.Of(value) == level
            ? value : null;

    private static string LevelOf(Int128 value)
    {
        double high = (double)value;
        return LevelText.Of(high, (double)(value - (Int128)high));
    }
}
