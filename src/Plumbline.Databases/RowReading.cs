using System.Globalization;

namespace Plumbline.Databases;

/// <summary>A result, row by row, → blocks of columns.</summary>
internal static class RowReading
{
    private const int BlockValues = 1 << 17;
    private const int LargestBlock = 16_384;

    /// <summary>Reads all rows.</summary>
    /// <param name="session">The conversation.</param>
    /// <param name="fields">What to read, and for text and booleans the levels.</param>
    /// <param name="from">What stands after FROM.</param>
    /// <param name="cancellation">Stops the reading, on the server too.</param>
    public static IEnumerable<RowBlock> Blocks(
        DatabaseSession session, (DatabaseField Field, LevelSet? Levels)[] fields, string from, CancellationToken cancellation)
    {
        SelectedValue[] values = [.. fields.Select(f => session.Dialect.Row(f.Field.Sql(session.Dialect), f.Field.Type))];
        using RowCursor cursor = session.Query(values, from, cancellation, isRows: true);
        int capacity = Math.Clamp(BlockValues / Math.Max(1, fields.Length), 256, LargestBlock);
        long first = 0;
        bool more = true;
        while (more)
        {
            var high = new double[fields.Length][];
            var low = new double[]?[fields.Length];
            for (int c = 0; c < high.Length; c++)
            {
                high[c] = new double[capacity];
            }
            int rows = 0;
            while (rows < capacity && (more = cursor.Read()))
            {
                for (int c = 0; c < high.Length; c++)
                {
                    high[c][rows] = cursor.IsNull(c) ? double.NaN : Value(cursor, c, values[c].Type, fields[c], rows, capacity, ref low[c]);
                }
                rows++;
            }
            if (rows > 0)
            {
                yield return new RowBlock(first, rows, [.. high.Zip(low, (h, l) => new NumberColumn(h, l, 0, rows))]);
                first += rows;
            }
        }
    }

    private static double Value(RowCursor cursor, int column, WireType type, (DatabaseField Field, LevelSet? Levels) field, int row, int capacity, ref double[]? low)
    {
        switch (type)
        {
            case WireType.Double:
                return cursor.Double(column);
            case WireType.Boolean:
                return cursor.Boolean(column) ? 1 : 0;
            case WireType.Text when field.Field.Type == FieldType.Decimal:
                return double.Parse(cursor.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture);
            case WireType.Text:
                return field.Levels!.CodeOf(cursor.Text(column));
            default:
                Int128 whole = type == WireType.Unsigned ? cursor.Unsigned(column) : cursor.Integer(column);
                return field.Field.Type is FieldType.Timestamp or FieldType.LocalTimestamp or FieldType.TimeOfDay ? TimeNumbers.Count(whole, 6) : Whole(whole, row, capacity, ref low);
        }
    }

    private static double Whole(Int128 value, int row, int capacity, ref double[]? low)
    {
        double high = (double)value;
        double rest = (double)(value - (Int128)high);
        if (rest != 0)
        {
            low ??= new double[capacity];
            low[row] = rest;
        }
        return high;
    }
}
