using System.Data;
using System.Globalization;

namespace Plumbline;

/// <summary>Rows of a data reader → columns.</summary>
internal static class TableReader
{
    /// <summary>Reads to the end of the result.</summary>
    public static TableColumn[] Read(IDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Collector[] collectors = [.. Enumerable.Range(0, reader.FieldCount).Select(f => Collector.For(reader, f))];
        while (reader.Read())
        {
            foreach (Collector collector in collectors)
            {
                collector.Take(reader);
            }
        }
        return Array.ConvertAll(collectors, static c => c.Column());
    }

    private abstract class Collector(string name, int field)
    {
        protected string Name { get; } = name;

        public static Collector For(IDataReader reader, int field)
        {
            string name = reader.GetName(field);
            Type type = reader.GetFieldType(field);
            return Type.GetTypeCode(type) switch
            {
                TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
                    or TypeCode.Int64 or TypeCode.UInt64 => new Integers(name, field),
                TypeCode.Single => new Numbers(name, field, isSingle: true),
                TypeCode.Double or TypeCode.Decimal => new Numbers(name, field, isSingle: false),
                TypeCode.Boolean => new Booleans(name, field),
                TypeCode.String or TypeCode.Char => new Texts(name, field),
                TypeCode.DateTime => new Times(name, field, TimeNumbers.Seconds),
                _ when type == typeof(DateTimeOffset) => new Times(name, field, TimeNumbers.Seconds),
                _ when type == typeof(DateOnly) => new Times(name, field, TimeNumbers.Days),
                _ when type == typeof(TimeOnly) || type == typeof(TimeSpan) => new Times(name, field, TimeNumbers.SecondsOfDay),
                _ when type == typeof(Guid) => new Texts(name, field),
                _ => throw new PlumblineException(
                    "unsupported-type",
                    $"Column `{name}` has the type {type.Name}, which is no number, boolean, text, date or time. Leave it out of the query, or cast it there.")
                {
                    Column = name,
                },
            };
        }

        public void Take(IDataReader reader) => Add(reader.IsDBNull(field) ? null : reader.GetValue(field));

        public abstract TableColumn Column();

        protected abstract void Add(object? value);
    }

    private sealed class Numbers(string name, int field, bool isSingle) : Collector(name, field)
    {
        private readonly List<double> _values = [];

        public override TableColumn Column() =>
            isSingle ? TableColumn.Singles(Name, _values.ToArray()) : TableColumn.Numbers(Name, [.. _values]);

        // A decimal becomes the nearest double by its digits: the direct conversion may be off by a unit.
        protected override void Add(object? value) => _values.Add(value switch
        {
            null => double.NaN,
            decimal exact => double.Parse(exact.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        });
    }

    private sealed class Integers(string name, int field) : Collector(name, field)
    {
        private readonly List<double> _high = [];
        private readonly List<double> _low = [];
        private bool _wide;

        public override TableColumn Column() => TableColumn.Integers(Name, [.. _high], _wide ? [.. _low] : null);

        protected override void Add(object? value)
        {
            (double high, double low) = value switch
            {
                null => (double.NaN, 0),
                ulong large => TableColumn.Split(large),
                _ => TableColumn.Split(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            };
            _high.Add(high);
            _low.Add(low);
            _wide |= low != 0;
        }
    }

    private sealed class Texts(string name, int field) : Collector(name, field)
    {
        private readonly List<string?> _values = [];

        public override TableColumn Column() => TableColumn.OfText(Name, [.. _values]);

        protected override void Add(object? value) => _values.Add(value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    private sealed class Booleans(string name, int field) : Collector(name, field)
    {
        private readonly List<double> _codes = [];

        public override TableColumn Column() => TableColumn.Booleans(Name, _codes.ToArray());

        protected override void Add(object? value) => _codes.Add(value is bool known ? (known ? 1 : 0) : double.NaN);
    }

    private sealed class Times(string name, int field, string unit) : Collector(name, field)
    {
        private readonly List<double> _values = [];

        public override TableColumn Column() => TableColumn.Times(Name, unit, [.. _values]);

        protected override void Add(object? value) => _values.Add(value switch
        {
            null => double.NaN,
            DateTime time => TimeNumbers.Of(time),
            DateTimeOffset time => TimeNumbers.Of(time.UtcDateTime),
            DateOnly date => TimeNumbers.Of(date),
            TimeOnly time => TimeNumbers.Of(time),
            TimeSpan span => TimeNumbers.Count(span.Ticks, 7),
            _ => throw new InvalidOperationException($"{value.GetType().Name} is no date or time."),
        });
    }
}
