using System.Data;

namespace Plumbline;

/// <summary>
/// Columns of equal length in memory, to be fitted. Immutable: <see cref="With(string, ReadOnlySpan{double})"/> and
/// its kin give a new table that shares the other columns.
/// <code>
/// var table = new Table()
///     .With("area", area)
///     .With("price", price);
/// </code>
/// Missing values are NaN, or null where the type has it. Whole numbers are held exactly, all 64 bits of them.
/// </summary>
public sealed class Table : IRowSource
{
    /// <summary>Rows in one block: the columns that a formula usually names, of so many rows, fit in a second-level cache.</summary>
    private const int BlockRows = 4096;

    private readonly TableColumn[] _columns;

    /// <summary>A table without columns.</summary>
    /// <param name="name">What people call it.</param>
    public Table(string name = "table")
        : this(name, [])
    {
    }

    private Table(string name, TableColumn[] columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _columns = columns;
        Columns = Array.ConvertAll(columns, static c => c.Info);
        Rows = columns.Length == 0 ? 0 : columns[0].Length;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>A table of columns of numbers, whose arrays it keeps: do not change them while it is used.</summary>
    /// <param name="columns">Names and values, all of one length; NaN is a missing value.</param>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public static Table FromColumns(params (string Name, double[] Values)[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new Table().With(Array.ConvertAll(columns, static c => TableColumn.Numbers(c.Name, c.Values)));
    }

    /// <summary>A table of records, one row each.</summary>
    /// <param name="records">The records, read once.</param>
    /// <param name="columns">Names, and what gives the value of a record; null is a missing value.</param>
    /// <exception cref="PlumblineException">Code <c>duplicate-column</c>.</exception>
    public static Table FromRecords<T>(IEnumerable<T> records, params (string Name, Func<T, double?> Value)[] columns)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(columns);
        List<double>[] values = Array.ConvertAll(columns, static _ => new List<double>());
        foreach (T record in records)
        {
            for (int c = 0; c < columns.Length; c++)
            {
                values[c].Add(columns[c].Value(record) ?? double.NaN);
            }
        }
        return new Table().With([.. columns.Zip(values, static (c, v) => TableColumn.Numbers(c.Name, [.. v]))]);
    }

    /// <summary>
    /// A table of all that is left in a data reader. Whole numbers of any width are held exactly, <c>float</c> as what it
    /// is, <c>decimal</c> as the nearest double; dates and times become numbers (<see cref="TimeNumbers"/>); database nulls are
    /// missing. Columns of types that are none of number,
    /// boolean, text, date or time are an error.
    /// </summary>
    /// <param name="reader">The reader, at its start; it is read to the end of its result and not closed.</param>
    /// <param name="name">What people call the data.</param>
    /// <exception cref="PlumblineException">Code <c>unsupported-type</c>, <c>duplicate-column</c> or <c>not-a-number</c>.</exception>
    public static Table FromReader(IDataReader reader, string name = "query") => new Table(name).With(TableReader.Read(reader));

    /// <summary>The same under another name.</summary>
    public Table Named(string name) => new(name, _columns);

    /// <summary>With one more column of numbers, which are copied; NaN is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<double> values) => With([TableColumn.Numbers(name, values.ToArray())]);

    /// <summary>With one more column of numbers, whose array is kept: do not change it while the table is used.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, double[] values) => With([TableColumn.Numbers(name, values)]);

    /// <summary>With one more column of 32-bit floats, which are copied; NaN is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<float> values) => With([TableColumn.Singles(name, values)]);

    /// <summary>With one more column of whole numbers, which are copied.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<int> values) => With([TableColumn.Integers(name, values)]);

    /// <summary>With one more column of whole numbers, which are copied, without rounding.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<long> values) => With([TableColumn.Integers(name, values)]);

    /// <summary>With one more column of text, whose array is kept; null is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, string?[] values) => With([TableColumn.OfText(name, values)]);

    /// <summary>With one more column of booleans, which are copied.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<bool> values) => With([TableColumn.Booleans(name, values)]);

    /// <summary>With one more column of booleans, which are copied; null is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<bool?> values) =>
        With([TableColumn.Booleans(name, Converted(values, static v => v is { } known ? (known ? 1 : 0) : double.NaN))]);

    /// <summary>With one more column of dates, as <see cref="TimeNumbers.Days"/>.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<DateOnly> values) => With([TableColumn.Times(name, TimeNumbers.Days, Converted(values, TimeNumbers.Of))]);

    /// <summary>With one more column of dates, as <see cref="TimeNumbers.Days"/>; null is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<DateOnly?> values) =>
        With([TableColumn.Times(name, TimeNumbers.Days, Converted(values, static v => v is { } date ? TimeNumbers.Of(date) : double.NaN))]);

    /// <summary>With one more column of timestamps, as <see cref="TimeNumbers.Seconds"/>: a time of unspecified kind as it stands, a local one converted.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<DateTime> values) => With([TableColumn.Times(name, TimeNumbers.Seconds, Converted(values, TimeNumbers.Of))]);

    /// <summary>With one more column of timestamps, as <see cref="TimeNumbers.Seconds"/>; null is a missing value.</summary>
    /// <exception cref="PlumblineException">Code <c>unequal-lengths</c> or <c>duplicate-column</c>.</exception>
    public Table With(string name, ReadOnlySpan<DateTime?> values) =>
        With([TableColumn.Times(name, TimeNumbers.Seconds, Converted(values, static v => v is { } time ? TimeNumbers.Of(time) : double.NaN))]);

    /// <inheritdoc/>
    public LevelSet? LevelsOf(string column) => Find(column).Levels;

    /// <inheritdoc/>
    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(columns);
        TableColumn[] chosen = [.. columns.Select(Find)];
        return Blocks(chosen, progress, cancellation);
    }

    internal Table With(TableColumn[] columns)
    {
        TableColumn[] all = [.. _columns, .. columns];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TableColumn column in all)
        {
            string shown = Shown(column.Info.Name);
            if (!names.Add(column.Info.Name))
            {
                throw new PlumblineException("duplicate-column", $"Two columns are called `{shown}`. Rename one of them.") { Column = column.Info.Name };
            }
            if (column.Length != all[0].Length)
            {
                throw new PlumblineException(
                    "unequal-lengths",
                    $"Column `{shown}` has {column.Length} values, and column `{Shown(all[0].Info.Name)}` has {all[0].Length}. All columns of a table have one length.")
                {
                    Column = column.Info.Name,
                };
            }
        }
        return new Table(Name, all);
    }

    private static string Shown(string name) => string.Concat(name.Select(static c => char.IsControl(c) ? ' ' : c));

    private IEnumerable<RowBlock> Blocks(TableColumn[] columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        for (int start = 0; start < Rows; start += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(BlockRows, Rows - start);
            yield return new RowBlock(start, rows, Array.ConvertAll(columns, c => new NumberColumn(c.High, c.Low, start, rows)));
            progress?.Report((double)(start + rows) / Rows);
        }
    }

    private TableColumn Find(string name)
    {
        TableColumn? column = Array.Find(_columns, c => c.Info.Name == name);
        if (column is null)
        {
            string? near = NearestName.Find(name, _columns.Select(static c => c.Info.Name));
            string next = near is null ? "" : $" Did you mean `{Shown(near)}`?";
            throw new PlumblineException("unknown-column", $"The table has no column `{Shown(name)}`.{next}") { Column = name };
        }
        return column;
    }

    private static double[] Converted<T>(ReadOnlySpan<T> values, Func<T, double> number)
    {
        double[] converted = new double[values.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            converted[i] = number(values[i]);
        }
        return converted;
    }
}
