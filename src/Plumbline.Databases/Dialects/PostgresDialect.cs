namespace Plumbline.Databases;

/// <summary>
/// PostgreSQL. Where C gives NaN or an infinity PostgreSQL raises an error, so arguments are looked at first. All functions are such that
/// postgres_fdw sends them to where the rows are.
/// </summary>
public class PostgresDialect : Dialect
{
    private const string SmallestExponent = "-708";     // below, eˣ would be an underflow, which is an error there

    // By name: an enumeration may well be called age_range.
    private static readonly string[] s_ranges =
    [
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
        "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange",
    ];

    /// <inheritdoc/>
    public override string Name => "PostgreSQL";

    /// <inheritdoc/>
    /// <remarks>Compiling queries (JIT) doubles the time of those that sum many products.</remarks>
    public override IReadOnlyList<string> Opening { get; } =
    [
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL standard_conforming_strings = on",
        "SET LOCAL jit = off",
        "SET LOCAL enable_partitionwise_aggregate = on",
    ];

    /// <inheritdoc/>
    public override string Literal(double value) => $"'{value:R}'::float8";

    /// <inheritdoc/>
    public override string Infinite(bool negative) => $"'{(negative ? "-" : "")}Infinity'::float8";

    /// <inheritdoc/>
    public override FieldType TypeOf(string databaseType)
    {
        ArgumentNullException.ThrowIfNull(databaseType);
        string name = databaseType.Split('(')[0].Trim();
        return name switch
        {
            "double precision" => FieldType.Number,
            "real" => FieldType.Single,
            "numeric" => FieldType.Decimal,
            "smallint" or "integer" or "bigint" => FieldType.Integer,
            "boolean" => FieldType.Boolean,
            "date" => FieldType.Date,
            "timestamp with time zone" => FieldType.Timestamp,
            "timestamp" or "timestamp without time zone" => FieldType.LocalTimestamp,
            "time" or "time without time zone" => FieldType.TimeOfDay,
            "json" or "jsonb" or "xml" or "bytea" or "tsvector" or "record" => FieldType.Compound,
            _ when databaseType.EndsWith("[]", StringComparison.Ordinal) || s_ranges.Contains(name, StringComparer.Ordinal) => FieldType.Compound,
            _ => FieldType.Text,
        };
    }

    /// <inheritdoc/>
    public override SelectedValue Row(string column, FieldType type) => type switch
    {
        FieldType.Number or FieldType.Single or FieldType.Decimal => new($"{column}::float8", WireType.Double),
        FieldType.Integer => new($"{column}::int8", WireType.Integer),
        FieldType.Boolean => new(column, WireType.Boolean),
        FieldType.Date => new($"({column} - DATE '1970-01-01')::int8", WireType.Integer),
        FieldType.Timestamp or FieldType.LocalTimestamp or FieldType.TimeOfDay => new($"(extract(epoch from {column}) * 1000000)::int8", WireType.Integer),
        _ => new($"{column}::text", WireType.Text),
    };

    /// <inheritdoc/>
    public override string Number(string column, FieldType type) => type switch
    {
        FieldType.Date => $"({column} - DATE '1970-01-01')::float8",
        // postgres_fdw does not send extract, whose first argument is a text, to where the rows are. This difference it does: microseconds over 10⁶.
        FieldType.Timestamp => $"tstzrange_subdiff({column}, '1970-01-01 00:00+00')",
        FieldType.LocalTimestamp => $"tsrange_subdiff({column}, '1970-01-01 00:00')",
        FieldType.TimeOfDay => $"extract(epoch from {column})::float8",
        FieldType.Number => column,
        _ => $"{column}::float8",
    };

    /// <inheritdoc/>
    public override string IsMissing(string number) => $"({number} IS NULL OR {number} = 'NaN'::float8)";

    /// <inheritdoc/>
    public override string AsDouble(string number) => $"{number}::float8";

    /// <inheritdoc/>
    public override string AsInteger(string number) => $"{number}::int8";

    /// <inheritdoc/>
    /// <remarks>Written so that the number is computed once.</remarks>
    public override string Square(string number) => $"power({number}, '2'::float8)";

    /// <inheritdoc/>
    public override string Power(string number, string exponent) =>
        $"CASE WHEN {number} > 0 OR ({number} = 0 AND {exponent} >= 0) OR ({number} < 0 AND {exponent} = floor({exponent})) THEN power({number}, {exponent})"
        + $" WHEN {number} = 0 THEN {Infinite(false)} END";

    /// <inheritdoc/>
    public override string? Function(string name, string argument) => name switch
    {
        "log" => Logarithm("ln({0})", argument),
        "log2" => Logarithm("(ln({0}) / ln(2::float8))", argument),
        "log10" => Logarithm("log({0})", argument),
        "exp" => $"CASE WHEN {argument} < {SmallestExponent} THEN 0::float8 ELSE exp({argument}) END",
        "sqrt" => $"CASE WHEN {argument} >= 0 THEN sqrt({argument}) END",
        "asin" or "acos" => $"CASE WHEN {argument} BETWEEN -1 AND 1 THEN {name}({argument}) END",
        "acosh" => $"CASE WHEN {argument} >= 1 THEN acosh({argument}) END",
        "atanh" => $"CASE WHEN {argument} > -1 AND {argument} < 1 THEN atanh({argument}) WHEN {argument} = 1 THEN {Infinite(false)} WHEN {argument} = -1 THEN {Infinite(true)} END",
        "abs" or "sin" or "cos" or "tan" or "atan" or "sinh" or "cosh" or "tanh" or "asinh" or "floor" or "trunc" or "round" or "sign" => $"{name}({argument})",
        "ceiling" => $"ceil({argument})",
        _ => null,
    };

    private static string Logarithm(string function, string argument) =>
        $"CASE WHEN {argument} > 0 THEN {function.Replace("{0}", argument, StringComparison.Ordinal)} WHEN {argument} = 0 THEN '-Infinity'::float8 END";
}
