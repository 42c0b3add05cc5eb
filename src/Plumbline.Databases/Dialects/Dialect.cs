using System.Globalization;

namespace Plumbline.Databases;

/// <summary>
/// How one database's SQL differs from another's. What is virtual has the form of the SQL standard; a dialect overrides what
/// its database says differently. Expressions passed in are complete: they need no parentheses around them.
/// </summary>
public abstract class Dialect
{
    /// <summary>What the database is called.</summary>
    public abstract string Name { get; }

    /// <summary>The most products of two columns that one query sums.</summary>
    public virtual int ProductsAtOnce => 256;

    /// <summary>Statements that begin a conversation in which nothing can be written: a transaction that sees one state of the data, where there is such.</summary>
    public virtual IReadOnlyList<string> Opening => [];

    /// <summary>A name as the database takes it, whatever characters are in it.</summary>
    public virtual string Quote(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A text as a literal, whatever characters are in it.</summary>
    public virtual string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A finite double as a literal that reads back the same.</summary>
    public virtual string Literal(double value)
    {
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        return value < 0 ? $"({text})" : text;
    }

    /// <summary>A double that is +∞, −∞, from a text.</summary>
    public virtual string Infinite(bool negative) => $"CAST('{(negative ? "-" : "")}Infinity' AS double precision)";

    /// <summary>What a column is, by the name that the database gives its type.</summary>
    /// <param name="databaseType">For example <c>double precision</c>, <c>Nullable(Float64)</c>.</param>
    public abstract FieldType TypeOf(string databaseType);

    /// <summary>A column as it is sent row by row: nothing rounded that the type holds.</summary>
    /// <param name="column">The quoted name.</param>
    /// <param name="type">Its type.</param>
    public abstract SelectedValue Row(string column, FieldType type);

    /// <summary>A column as the double that formulas reckon with; dates and times as <see cref="TimeNumbers"/>.</summary>
    /// <inheritdoc cref="Row"/>
    public abstract string Number(string column, FieldType type);

    /// <summary>Whether a double is NULL or not a number.</summary>
    public virtual string IsMissing(string number) => $"({number} IS NULL OR {number} <> {number})";

    /// <summary>A number as a double where the database would make another type of it.</summary>
    public virtual string AsDouble(string number) => $"CAST({number} AS double precision)";

    /// <summary>A whole number of 64 bits.</summary>
    public virtual string AsInteger(string number) => $"CAST({number} AS bigint)";

    /// <summary>The quotient of two doubles as IEEE 754 has it; NULL or NaN for 0/0.</summary>
    public virtual string Quotient(string left, string right) =>
        $"CASE WHEN {right} <> 0 THEN {left} / {right} WHEN {left} > 0 THEN {Infinite(false)} WHEN {left} < 0 THEN {Infinite(true)} END";

    /// <summary>A power with a real exponent; NULL or NaN where it is not defined.</summary>
    public abstract string Power(string number, string exponent);

    /// <summary>A function of formulas by its name there; null when the database has it not.</summary>
    public abstract string? Function(string name, string argument);

    /// <summary>The sum of doubles over rows, as exactly as the database sums.</summary>
    public virtual string Sum(string number) => $"sum({number})";

    /// <summary>How many rows fulfil a condition that is never NULL.</summary>
    public virtual string Count(string condition) => $"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)";

    /// <summary>A value where a condition holds, NULL elsewhere.</summary>
    public virtual string Where(string condition, string value) => $"CASE WHEN {condition} THEN {value} ELSE NULL END";

    /// <summary>The square of a double.</summary>
    public virtual string Square(string number) => $"({number} * {number})";

    /// <summary>An expression with a name that the rest of the query may call it by; null when the database has no such thing, and it must be written out each time.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="name">The name.</param>
    public virtual string? Named(string expression, string name) => null;

    /// <summary>The value as it has to be written in a list of results to come in the form announced.</summary>
    public virtual string Result(SelectedValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Sql;
    }
}
