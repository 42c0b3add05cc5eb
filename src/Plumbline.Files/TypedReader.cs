using DuckDB.NET.Native;

namespace Plumbline.Files;

/// <summary>Rows whose columns have SQL types already, so that nothing need be guessed: Parquet, tables.</summary>
internal abstract class TypedReader(FileSet files, FileSourceOptions options) : TableReader(files, options)
{
    private IReadOnlyList<ColumnInfo> _columns = [];
    private IReadOnlyList<DuckDBType> _types = []; // of the columns that are not in the names of folders

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnInfo> Columns => _columns;

    /// <inheritdoc/>
    public override IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        string sql = $"select {List(columns)} from {From}{Filter()}";
        return DuckScan.Read(Database, sql, Targets(columns), blockRows, Retell, progress, cancellation);
    }

    /// <inheritdoc/>
    public override void ForEachBlock(
        int[] columns, int threads, int blockRows, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        ForEachBlock(List(columns), columns, From + Filter(), threads, blockRows, Retell, consume, progress, cancellation);

    /// <summary>Names and SQL types of what follows FROM, in words and as a kind.</summary>
    protected List<(string Name, string Type, DuckDBType Kind)> Describe(string from)
    {
        List<string?[]> rows = DuckScan.Texts(Database, $"select column_name, column_type from (describe select * from {from})", 2);
        using var empty = new DuckQuery(Database, $"select * from {from} limit 0", CancellationToken.None);
        return [.. rows.Select((row, i) => (row[0]!, row[1]!, empty.Type(i)))];
    }

    /// <summary>Takes these columns, and those in the names of folders.</summary>
    protected void SetColumns(List<(string Name, string Type, DuckDBType Kind)> columns)
    {
        _columns = WithPartitions([.. columns.Select(column => DuckVector.Column(column.Name, Options.IsText(column.Name) ? DuckDBType.Varchar : column.Kind))]);
        _types = [.. columns.Select(column => column.Kind)];
    }

    private string List(int[] columns) =>
        columns.Length == 0 ? "0::double" : string.Join(", ", columns.Select(column => column < _types.Count ? DuckVector.Expression(Columns[column], _types[column]) : DuckSql.Name(Columns[column].Name)));
}
