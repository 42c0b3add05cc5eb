namespace Plumbline;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    /// <summary>Floating-point numbers, held as doubles.</summary>
    Number,

    /// <summary>Whole numbers, held exactly (64 bits, as a double and what it leaves).</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date, a time, or both.</summary>
    DateTime,
}

/// <summary>A column of a row source: its name and what its values are.</summary>
/// <param name="Name">The name, as the source spells it.</param>
/// <param name="Type">What the values are.</param>
/// <param name="Unit">
/// Half a unit of the rounding with which the source stores its values, relative: 2⁻⁵³ for doubles,
/// 2⁻²⁴ for 32-bit floats, 0 for what is exact (integers). The rule for aliased columns needs it.
/// </param>
public sealed record ColumnInfo(string Name, ColumnType Type, double Unit)
{
    /// <summary>Half a unit in the last place of a double, relative: 2⁻⁵³.</summary>
    public const double DoubleUnit = 1.0 / (1L << 53);

    /// <summary>Half a unit in the last place of a 32-bit float, relative: 2⁻²⁴.</summary>
    public const double SingleUnit = 1.0 / (1L << 24);

    /// <summary>A column with the unit that its type has when stored as a double or an integer.</summary>
    public ColumnInfo(string name, ColumnType type)
        : this(name, type, type == ColumnType.Number ? DoubleUnit : 0)
    {
    }

    /// <summary>
    /// What the number of a date or time counts: one of <see cref="TimeNumbers.Days"/>, <see cref="TimeNumbers.Seconds"/> and
    /// <see cref="TimeNumbers.SecondsOfDay"/>. Null for other types.
    /// </summary>
    public string? TimeUnit { get; init; }

    /// <summary>
    /// Where a source had to guess the type from the values: what made it take the column for text, for messages, e.g.
    /// <c>'n.a.' in line 12</c>. Null otherwise.
    /// </summary>
    public string? Evidence { get; init; }

    /// <summary>Whether the column can stand in a formula as a number: numbers, whole numbers, dates and times.</summary>
    public bool IsNumeric => Type is ColumnType.Number or ColumnType.Integer or ColumnType.DateTime;

    /// <summary>Whether its values come as codes of levels: text and booleans.</summary>
    public bool IsCategory => Type is ColumnType.Text or ColumnType.Boolean;
}
