using System.Globalization;

namespace Plumbline.Databases;

/// <summary>ClickHouse. Its functions give NaN and infinities as C's do. Sums are compensated (Kahan's).</summary>
public class ClickHouseDialect : Dialect
{
    private static readonly string[] s_wrappers = ["Nullable(", "LowCardinality("];
    private static readonly string[] s_compound = ["Array(", "Tuple(", "Map(", "Nested(", "AggregateFunction(", "JSON", "Object("];

    /// <inheritdoc/>
    public override string Name => "ClickHouse";

    /// <inheritdoc/>
    public override int ProductsAtOnce => 16;       // more at a time is slower: the columns of temporaries no longer fit the caches

    /// <inheritdoc/>
    public override string Quote(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return $"`{Escaped(identifier).Replace("`", "\\`", StringComparison.Ordinal)}`";
    }

    /// <inheritdoc/>
    public override string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{Escaped(text).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    /// <inheritdoc/>
    /// <remarks>Literals are read with a rounding of their own in old versions; the bits are not.</remarks>
    public override string Literal(double value) =>
        value == Math.Truncate(value) && Math.Abs(value) < 1L << 53
            ? $"toFloat64({((long)value).ToString(CultureInfo.InvariantCulture)})"
            : $"reinterpretAsFloat64(reinterpretAsString(toUInt64({BitConverter.DoubleToUInt64Bits(value).ToString(CultureInfo.InvariantCulture)})))";

    /// <inheritdoc/>
    public override string Infinite(bool negative) => negative ? "(-1 / 0)" : "(1 / 0)";

    /// <inheritdoc/>
    public override FieldType TypeOf(string databaseType)
    {
        ArgumentNullException.ThrowIfNull(databaseType);
        string name = Unwrapped(databaseType);
        return name switch
        {
            "Float64" => FieldType.Number,
            "Float32" => FieldType.Single,
            "UInt64" => FieldType.Unsigned,
            "Int8" or "Int16" or "Int32" or "Int64" or "UInt8" or "UInt16" or "UInt32" => FieldType.Integer,
            "Bool" => FieldType.Boolean,
            "Date" or "Date32" => FieldType.Date,
            _ when name == "DateTime" || name.StartsWith("DateTime(", StringComparison.Ordinal) => FieldType.Seconds,
            _ when name.StartsWith("DateTime64", StringComparison.Ordinal) => FieldType.Timestamp,
            _ when name.StartsWith("Decimal", StringComparison.Ordinal) => FieldType.Decimal,
            _ when s_compound.Any(c => name.StartsWith(c, StringComparison.Ordinal)) => FieldType.Compound,
            _ => FieldType.Text,
        };
    }

    /// <inheritdoc/>
    public override SelectedValue Row(string column, FieldType type) => type switch
    {
        FieldType.Number or FieldType.Single => new($"toFloat64({column})", WireType.Double),
        FieldType.Unsigned => new(column, WireType.Unsigned),
        FieldType.Integer or FieldType.Date or FieldType.Seconds => new($"toInt64({column})", WireType.Integer),
        FieldType.Timestamp => new($"toUnixTimestamp64Micro({column})", WireType.Integer),
        FieldType.Boolean => new($"toUInt8({column})", WireType.Boolean),
        _ => new($"toString({column})", WireType.Text),     // decimals too: their double is found here
    };

    /// <inheritdoc/>
    public override string Number(string column, FieldType type) => type switch
    {
        FieldType.Timestamp => $"(toUnixTimestamp64Micro({column}) / 1e6)",
        FieldType.Number => column,
        _ => $"toFloat64({column})",
    };

    /// <inheritdoc/>
    public override string IsMissing(string number) => $"(isNull({number}) OR isNaN({number}))";

    /// <inheritdoc/>
    public override string AsDouble(string number) => $"toFloat64({number})";

    /// <inheritdoc/>
    public override string AsInteger(string number) => $"toInt64({number})";

    /// <inheritdoc/>
    public override string Quotient(string left, string right) => $"({left} / {right})";

    /// <inheritdoc/>
    public override string Power(string number, string exponent) => $"pow({number}, {exponent})";

    /// <inheritdoc/>
    public override string? Function(string name, string argument) => name switch
    {
        "log" or "log2" or "log10" or "exp" or "sqrt" or "abs" or "sin" or "cos" or "tan" or "asin" or "acos" or "atan" or "floor" or "trunc" => $"{name}({argument})",
        "ceiling" => $"ceil({argument})",
        "sign" => $"toFloat64(({argument} > 0) - ({argument} < 0))",
        _ => null,
    };

    /// <inheritdoc/>
    public override string Sum(string number) => $"sumKahan({number})";

    /// <inheritdoc/>
    public override string? Named(string expression, string name) => $"({expression} AS {Quote(name)})";

    /// <inheritdoc/>
    /// <remarks>Every value may be NULL, so that all are read alike.</remarks>
    public override string Result(SelectedValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Type switch
        {
            WireType.Double => $"toNullable(toFloat64({value.Sql}))",
            WireType.Integer => $"toNullable(toInt64({value.Sql}))",
            WireType.Unsigned => $"toNullable(toUInt64({value.Sql}))",
            WireType.Boolean => $"toNullable(toUInt8({value.Sql}))",
            _ => $"toNullable(toString({value.Sql}))",
        };
    }

    private static string Unwrapped(string type)
    {
        foreach (string wrapper in s_wrappers)
        {
            if (type.StartsWith(wrapper, StringComparison.Ordinal))
            {
                return Unwrapped(type[wrapper.Length..^1]);
            }
        }
        return type;
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
