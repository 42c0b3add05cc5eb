namespace Plumbline;

/// <summary>A column of a table: numbers as doubles with what they leave, or the codes of levels.</summary>
internal sealed class TableColumn
{
    private readonly double[]? _high;
    private readonly Lazy<double[]>? _codes;

    private TableColumn(ColumnInfo info, double[] high, double[]? low, LevelSet? levels = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(info.Name);
        Info = info;
        Length = high.Length;
        _high = high;
        Low = low;
        Levels = levels;
    }

    private TableColumn(string name, string?[] texts)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Info = new ColumnInfo(name, ColumnType.Text);
        Length = texts.Length;
        var levels = new LevelSet(name);
        Levels = levels;
        _codes = new Lazy<double[]>(() => Array.ConvertAll(texts, text => text is null ? double.NaN : levels.CodeOf(text)));
    }

    /// <summary>Name and type.</summary>
    public ColumnInfo Info { get; }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>The numbers, or their leading parts, or the codes of <see cref="Levels"/>, found when first asked for; NaN is missing.</summary>
    public double[] High => _high ?? _codes!.Value;

    /// <summary>What the doubles leave of whole numbers beyond 2⁵³; null when nothing.</summary>
    public double[]? Low { get; }

    /// <summary>What the codes stand for; null when the column holds numbers.</summary>
    public LevelSet? Levels { get; }

    /// <summary>Doubles, kept.</summary>
    public static TableColumn Numbers(string name, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(new ColumnInfo(name, ColumnType.Number), values, null);
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
        new(new ColumnInfo(name, ColumnType.Number, ColumnInfo.SingleUnit), values, null);

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
        new(new ColumnInfo(name, ColumnType.Integer), high, low);

    /// <summary>Text, kept.</summary>
    public static TableColumn OfText(string name, string?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(name, values);
    }

    /// <summary>Booleans.</summary>
    public static TableColumn Booleans(string name, ReadOnlySpan<bool> values)
    {
        double[] codes = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            codes[i] = values[i] ? 1 : 0;
        }
        return Booleans(name, codes);
    }

    /// <summary>Booleans that are codes already.</summary>
    public static TableColumn Booleans(string name, double[] codes) =>
        new(new ColumnInfo(name, ColumnType.Boolean), codes, null, LevelSet.OfBooleans());

    /// <summary>Dates or times, which are numbers already.</summary>
    public static TableColumn Times(string name, string unit, double[] values) => new(TimeNumbers.Column(name, unit), values, null);

    /// <summary>The nearest double and what it leaves, exactly.</summary>
    public static (double High, double Low) Split(Int128 value)
    {
        double high = (double)value;
        return (high, (double)(value - (Int128)high));
    }
}
