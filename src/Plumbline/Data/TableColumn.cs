namespace Plumbline;

/// <summary>A column of a table: numbers as doubles with what they leave, or text.</summary>
internal sealed class TableColumn
{
    private TableColumn(ColumnInfo info, int length, double[]? high, double[]? low, string?[]? text)
    {
        ArgumentException.ThrowIfNullOrEmpty(info.Name);
        Info = info;
        Length = length;
        High = high;
        Low = low;
        Text = text;
    }

    /// <summary>Name and type.</summary>
    public ColumnInfo Info { get; }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>The numbers, or their leading parts; NaN is missing. Null for text.</summary>
    public double[]? High { get; }

    /// <summary>What the doubles leave of whole numbers beyond 2⁵³; null when nothing.</summary>
    public double[]? Low { get; }

    /// <summary>The texts; null when the column holds numbers.</summary>
    public string?[]? Text { get; }

    /// <summary>Doubles, kept.</summary>
    public static TableColumn Numbers(string name, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(new ColumnInfo(name, ColumnType.Number), values.Length, values, null, null);
    }

    /// <summary>Floats, as the doubles that they are.</summary>
    public static TableColumn Singles(string name, ReadOnlySpan<float> values)
    {
        double[] high = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            high[i] = values[i];
        }
        return Singles(name, high);
    }

    /// <summary>Floats that are doubles already.</summary>
    public static TableColumn Singles(string name, double[] values) =>
        new(new ColumnInfo(name, ColumnType.Number, ColumnInfo.SingleUnit), values.Length, values, null, null);

    /// <summary>Whole numbers.</summary>
    public static TableColumn Integers(string name, ReadOnlySpan<int> values)
    {
        double[] high = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            high[i] = values[i];
        }
        return Integers(name, high, null);
    }

    /// <summary>Whole numbers, none of them rounded.</summary>
    public static TableColumn Integers(string name, ReadOnlySpan<long> values)
    {
        double[] high = new double[values.Length];
        double[]? low = null;
        for (int i = 0; i < values.Length; i++)
        {
            (high[i], double rest) = Split(values[i]);
            if (rest != 0)
            {
                low ??= new double[values.Length];
                low[i] = rest;
            }
        }
        return Integers(name, high, low);
    }

    /// <summary>Whole numbers that are split already.</summary>
    public static TableColumn Integers(string name, double[] high, double[]? low) =>
        new(new ColumnInfo(name, ColumnType.Integer), high.Length, high, low, null);

    /// <summary>Text, kept.</summary>
    public static TableColumn OfText(string name, string?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(new ColumnInfo(name, ColumnType.Text), values.Length, null, null, values);
    }

    /// <summary>Text of another kind: booleans and dates, until formulas know them.</summary>
    public static TableColumn OfText(string name, ColumnType type, string?[] values) =>
        new(new ColumnInfo(name, type), values.Length, null, null, values);

    /// <summary>The nearest double and what it leaves, exactly.</summary>
    public static (double High, double Low) Split(Int128 value)
    {
        double high = (double)value;
        return (high, (double)(value - (Int128)high));
    }
}
