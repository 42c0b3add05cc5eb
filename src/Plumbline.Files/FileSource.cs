namespace Plumbline.Files;

/// <summary>
/// A file, or several of the same columns, as rows: CSV, TSV, Parquet and JSON lines, plain or (text) packed with
/// gzip or zstd; CSV also from a pipe. In constant memory, only the columns asked for: rows in the order of the files, or on all
/// cores in no order.
/// </summary>
/// <remarks>
/// CSV, plain or gzipped, is read here; the rest, and what has a condition, by an in-memory DuckDB that may read these files
/// and nothing else.
/// Both read the same numbers, each the double nearest to what is written. Whole numbers of Parquet are exact to 64 bits,
/// decimals are the nearest doubles, numbers in JSON are doubles. Missing values are NaN. Infinite values pass.
/// Disposing closes the engine at once; otherwise it goes with the garbage. A reading under way keeps what it needs.
/// </remarks>
public sealed class FileSource : IParallelRowSource, IDisposable
{
    private readonly FileSet _files;
    private readonly FileSourceOptions _options;
    private readonly TableReader _reader;
    private readonly Dictionary<string, int> _places;

    private FileSource(FileSet files, FileSourceOptions options, TableReader reader)
    {
        _files = files;
        _options = options;
        _reader = reader;
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < reader.Columns.Count; i++)
        {
            _places.TryAdd(reader.Columns[i].Name, i);
        }
    }

    /// <inheritdoc/>
    public string Name => _files.Name;

    /// <inheritdoc/>
    public string? Where => _options.Where;

    /// <inheritdoc/>
    public IReadOnlyList<ColumnInfo> Columns => _reader.Columns;

    /// <summary>The files, in the order in which they are read.</summary>
    public IReadOnlyList<string> Files => _files.Paths;

    /// <summary>
    /// Opens a file, all files of a directory, or all files of a pattern (<c>* ? [abc] **</c>, unless a file has exactly that name),
    /// and finds the columns. <c>-</c> is standard input: CSV, plain or gzipped, that can be read once, as can any other pipe.
    /// Types of CSV columns come from the first 1,000 rows: numbers when all values that are not missing are numbers, else text.
    /// </summary>
    /// <param name="pathOrGlob">The path or pattern.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="PlumblineException">
    /// <c>file-not-found</c>, <c>no-match</c>, <c>is-a-directory</c>, <c>file-unreadable</c>, <c>empty-file</c>, <c>unknown-format</c>,
    /// <c>mixed-formats</c>, <c>header</c>, <c>duplicate-column</c>, <c>headers-differ</c>, <c>not-utf8</c>, <c>not-parquet</c>,
    /// <c>damaged-file</c>, <c>bad-json</c>, <c>read-failed</c>; <c>where</c> for a condition on a pipe.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FileSource Open(string pathOrGlob, FileSourceOptions? options = null)
    {
        options ??= new FileSourceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockRows ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimit ?? 1, 1, nameof(options));
        if (options.Delimiter is { } delimiter && (!char.IsAscii(delimiter) || char.IsLetterOrDigit(delimiter) || delimiter is '"' or '\n' or '\r' or '\0'))
        {
            throw new ArgumentException("The delimiter must be one ASCII character that is no letter, digit, quote, or line end.", nameof(options));
        }
        FileSet files = FileSet.Find(pathOrGlob);
        TableReader reader = files.Format.Kind switch
        {
            _ when files.IsPipe => PipedCsvReader.Open(files, options),
            FileKind.Parquet => ParquetReader.Open(files, options),
            FileKind.JsonLines => JsonReader.Open(files, options),
            _ => CsvReader.Open(files, options),
        };
        return new FileSource(files, options, reader);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Further errors of <see cref="PlumblineException"/>: <c>unknown-column</c> at once; when the rows are read <c>ragged-row</c>,
    /// <c>not-a-number</c>, <c>bad-quote</c>, <c>mixed-line-ends</c>, <c>line-too-long</c>, <c>bad-json</c>, <c>damaged-file</c>,
    /// <c>where</c>, <c>read-failed</c>.
    /// </remarks>
    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[] places = Places(columns);
        return _reader.Read(places, BlockPool.RowsFor(places.Length, _options.BlockRows), progress, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>The errors of <see cref="Read"/>, and <c>file-changed</c>: somebody wrote to a file meanwhile.</remarks>
    public void ForEachBlock(
        IReadOnlyList<string> columns, int threads, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(consume);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int[] places = Places(columns);
        try
        {
            _reader.ForEachBlock(places, threads, BlockPool.RowsFor(places.Length, _options.BlockRows), consume, progress, cancellation);
        }
        catch (PlumblineException)
        {
            _files.VerifyUnchanged(); // what is wrong with the rows may be that somebody writes them
            throw;
        }
        _files.VerifyUnchanged();
    }

    /// <summary>Closes the engine, if one was started.</summary>
    public void Dispose() => _reader.Dispose();

    private int[] Places(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] places = new int[columns.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _places.TryGetValue(columns[i], out int place)
                ? place
                : throw FileErrors.UnknownColumn(Name, columns[i], Nearest.Of(columns[i], _places.Keys));
            if (!Columns[place].IsNumeric)
            {
                throw _reader.NotNumeric(place);
            }
        }
        return places;
    }
}

/// <summary>The rows of files of one format.</summary>
internal abstract class TableReader(FileSet files, FileSourceOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private DuckDatabase? _database;

    /// <summary>All columns.</summary>
    public abstract IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>The files.</summary>
    protected FileSet Files => files;

    /// <summary>How to read.</summary>
    protected FileSourceOptions Options => options;

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

    /// <summary>Why a column cannot be read as numbers.</summary>
    public virtual PlumblineException NotNumeric(int column) => FileErrors.NotNumeric(files.Name, Columns[column]);

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
            DuckPipeline.Run(Database, list, Math.Max(1, columns.Length), scan, threads, consume, progress, cancellation);
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
