namespace Plumbline.Databases;

/// <summary>What a column of a database holds, and how a dialect sends it.</summary>
public enum FieldType
{
    /// <summary>Doubles, sent as such.</summary>
    Number,

    /// <summary>32-bit floats, sent as doubles.</summary>
    Single,

    /// <summary>Decimal numbers, sent as text or as the nearest doubles.</summary>
    Decimal,

    /// <summary>Whole numbers of up to 64 bits with a sign.</summary>
    Integer,

    /// <summary>Whole numbers of 64 bits without a sign.</summary>
    Unsigned,

    /// <summary>Text, and whatever is known by its text only.</summary>
    Text,

    /// <summary>True and false.</summary>
    Boolean,

    /// <summary>Dates, sent as whole days since 1970-01-01.</summary>
    Date,

    /// <summary>Timestamps, sent as whole microseconds since 1970-01-01 00:00 UTC.</summary>
    Timestamp,

    /// <summary>Timestamps without a time zone, sent likewise, as they stand.</summary>
    LocalTimestamp,

    /// <summary>Timestamps, sent as whole seconds since then.</summary>
    Seconds,

    /// <summary>Times of day, sent as whole microseconds since midnight.</summary>
    TimeOfDay,

    /// <summary>Several values, or bytes, in one field: arrays, JSON, records. Refused where a formula uses it, unless it is to be read as text.</summary>
    Compound,
}

/// <summary>In what form a value of a result comes over the wire.</summary>
public enum WireType
{
    /// <summary>A double.</summary>
    Double,

    /// <summary>A whole number of 64 bits with a sign.</summary>
    Integer,

    /// <summary>A whole number of 64 bits without a sign.</summary>
    Unsigned,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>A value to select.</summary>
/// <param name="Sql">The expression.</param>
/// <param name="Type">The form in which it is sent.</param>
public sealed record SelectedValue(string Sql, WireType Type);
