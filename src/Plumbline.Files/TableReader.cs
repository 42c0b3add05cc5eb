namespace Plumbline.Files;

/// <summary>The rows of files of one format.</summary>
internal abstract class TableReader(FileSet files, FileSourceOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, LevelSet?> _levels = [];
    private DuckDatabase? _database;

    /// <summary>All columns.</summary>
    public abstract IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>The files.</summary>
    protected FileSet Files => files;

    /// <summary>How to read.</summary>
    protected FileSourceOptions Options => options;

    /// <summary>What follows FROM in a query of all rows.</summary>
    protected abstract string From { get; }

    /// <summary>The engine, started when it is first needed.</summary>
    protected DuckDatabase Database
    {
        get
        {
            lock (_gate)
            {
                return _database ??= DuckDatabase.Open(files, options);
            }
        }
    }

    /// <summary>Reads columns by their places.</summary>
    public abstract IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>Reads columns by their places, in no order, on several threads: blocks in a row are dealt out to them.</summary>
    public virtual void ForEachBlock(
        int[] columns, int threads, int blockRows, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        BlockDealer.Run(Read(columns, blockRows, progress, cancellation), threads, consume, cancellation);

    /// <summary>What the codes of a column stand for; null when it has none.</summary>
    public LevelSet? LevelsOf(int column)
    {
        lock (_gate)
        {
            if (!_levels.TryGetValue(column, out LevelSet? levels))
            {
                ColumnInfo info = Columns[column];
                levels = info.Type switch
                {
                    ColumnType.Text => new LevelSet(info.Name, files.Name),
                    ColumnType.Boolean => LevelSet.OfBooleans(),
                    _ => null,
                };
                _levels.Add(column, levels);
            }
            return levels;
        }
    }

    /// <summary>The levels of some columns.</summary>
    protected LevelSet?[] LevelsOf(int[] columns) => Array.ConvertAll(columns, LevelsOf);

    /// <summary>What the columns of a query become; a query without columns has one, which counts for nothing.</summary>
    protected DuckTarget[] Targets(int[] columns) =>
        columns.Length == 0 ? [DuckTarget.None] : Array.ConvertAll(columns, column => new DuckTarget(Columns[column], LevelsOf(column)));

    /// <summary>A scan whose texts of booleans, dates and timestamps are for a condition what they are; <see cref="Raw"/> has the texts.</summary>
    protected string WithTypes(string scan, IEnumerable<int> columns) => options.Where is null || !columns.Any()
        ? scan
        : DuckSql.Retyped(scan, columns.Select(column => (Columns[column].Name, RawName(column), FieldKinds.SqlType(Columns[column]))));

    /// <summary>The name of a column as the reader is to have it, of whose kind are <paramref name="retyped"/>.</summary>
    protected string Raw(int column, IEnumerable<int> retyped) =>
        DuckSql.Name(options.Where is not null && retyped.Contains(column) ? RawName(column) : Columns[column].Name);

    private string RawName(int column) => $"{column} {Columns[column].Name}";

    /// <summary>The columns in the files, then those in the names of their folders.</summary>
    protected IReadOnlyList<ColumnInfo> WithPartitions(IReadOnlyList<ColumnInfo> columns)
    {
        foreach (Partition partition in files.Partitions)
        {
            if (columns.Any(column => string.Equals(column.Name, partition.Column.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw FileErrors.PartitionCollision(files.First, partition.Column.Name);
            }
        }
        return [.. columns, .. files.Partitions.Select(partition => partition.Column)];
    }

    /// <summary>What comes after FROM: the condition, if there is one, on lines of its own so that a comment in it ends.</summary>
    protected string Filter() => options.Where is { } where ? $" where (\n{where}\n)" : "";

    /// <summary>Reads inside DuckDB's pipeline.</summary>
    protected void ForEachBlock(
        string list, int[] columns, string scan, int threads, int blockRows, Func<DuckException, PlumblineException> fault, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        try
        {
            DuckPipeline.Run(Database, list, Targets(columns), scan, threads, consume, progress, cancellation);
        }
        catch (DuckException e)
        {
            throw fault(e);
        }
        catch (PlumblineException)
        {
            // A row is not as it should be. Rows in the pipeline have no numbers: in their order they have.
            foreach (RowBlock block in Read(columns, blockRows, null, cancellation))
            {
                using (block)
                {
                    consume(block);
                }
            }
            throw;
        }
    }

    /// <summary>The file that a row is in, and its line if it has one, found by a second look at the files.</summary>
    /// <param name="row">The 0-based number among the rows that are read.</param>
    /// <param name="cancellation">Stops the look.</param>
    public (string File, long? Line) Locate(long row, CancellationToken cancellation)
    {
        try
        {
            return LocateInFiles(options.Where is null ? row : Unfiltered(row, cancellation), cancellation);
        }
        catch (Exception e) when (e is PlumblineException or DuckException)
        {
            return (files.Name, null); // what is wrong with the row is told without its line
        }
    }

    /// <summary>The same for a number among all rows of the files. Here for files that are not looked into: it tells the name of all.</summary>
    protected virtual (string File, long? Line) LocateInFiles(long row, CancellationToken cancellation) => (files.Name, null);

    /// <summary>The number among all rows of a row that fulfils the condition.</summary>
    private long Unfiltered(long row, CancellationToken cancellation)
    {
        const string Number = "\u0001row";
        string sql = $"select cast({DuckSql.Name(Number)} as varchar) from (select row_number() over () - 1 as {DuckSql.Name(Number)}, * from {From}){Filter()} limit 1 offset {row}";
        return long.Parse(DuckScan.Texts(Database, sql, 1, cancellation)[0][0]!);
    }

    /// <summary>Retells an error that any format can have.</summary>
    protected PlumblineException Retell(DuckException error) => DuckErrors.Retell(error, files, options);

    public void Dispose()
    {
        lock (_gate)
        {
            _database?.Dispose();
            _database = null;
        }
    }
}
