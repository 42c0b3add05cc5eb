namespace Plumbline.Tests;

/// <summary>Rows in memory with text and booleans as codes, in small blocks; the codes are given in a scrambled order.</summary>
internal sealed class CategorySource : IRowSource
{
    private readonly List<(ColumnInfo Info, double[] Values)> _columns = [];
    private readonly Dictionary<string, LevelSet> _levels = new(StringComparer.Ordinal);
    private readonly int _blockRows;

    public CategorySource(int blockRows = 5) => _blockRows = blockRows;

    public string Name => "test";

    public IReadOnlyList<ColumnInfo> Columns => [.. _columns.Select(static c => c.Info)];

    public CategorySource With(string name, params double[] values)
    {
        _columns.Add((new ColumnInfo(name, ColumnType.Number), values));
        return this;
    }

    public CategorySource WithTime(string name, string unit, params double[] values)
    {
        _columns.Add((new ColumnInfo(name, ColumnType.Number) { TimeUnit = unit }, values));
        return this;
    }

    public CategorySource With(string name, params string?[] values) => WithLevels(name, ColumnType.Text, values);

    public CategorySource With(string name, params bool[] values) =>
        WithLevels(name, ColumnType.Boolean, Array.ConvertAll(values, static v => v ? "TRUE" : "FALSE"));

    public LevelSet? LevelsOf(string column) => _levels.GetValueOrDefault(column);

    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        double[][] chosen = [.. columns.Select(name => _columns.Single(c => c.Info.Name == name).Values)];
        int rows = _columns[0].Values.Length;
        for (int start = 0; start < rows; start += _blockRows)
        {
            int count = Math.Min(_blockRows, rows - start);
            yield return new RowBlock(start, count, Array.ConvertAll(chosen, c => new NumberColumn(c, null, start, count)));
        }
    }

    private CategorySource WithLevels(string name, ColumnType type, string?[] values)
    {
        var levels = new LevelSet();
        foreach (string? text in values.Reverse().Where(static v => v is not null))
        {
            levels.CodeOf(text!);
        }
        _levels.Add(name, levels);
        _columns.Add((new ColumnInfo(name, type), Array.ConvertAll(values, v => v is null ? double.NaN : levels.CodeOf(v))));
        return this;
    }
}
