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
/// decimals are the nearest doubles, numbers in JSON are doubles. Dates and times are numbers (<see cref="TimeNumbers"/>).
/// Text and booleans come as codes of <see cref="LevelsOf"/>. Missing values are NaN. Infinite values pass.
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
    /// Types of CSV columns come from the first 1,000 rows: numbers when all values that are not missing are numbers; booleans when all
    /// are true or false; dates or timestamps when all are, as ISO 8601 writes them; else, or when
    /// <see cref="FileSourceOptions.TextColumns"/> says so, text.
    /// </summary>
    /// <param name="pathOrGlob">The path or pattern.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="PlumblineException">
    /// <c>file-not-found</c>, <c>no-match</c>, <c>is-a-directory</c>, <c>file-unreadable</c>, <c>empty-file</c>, <c>unknown-format</c>,
    /// <c>mixed-formats</c>, <c>header</c>, <c>duplicate-column</c>, <c>headers-differ</c>, <c>not-utf8</c>, <c>not-parquet</c>,
    /// <c>damaged-file</c>, <c>bad-json</c>, <c>read-failed</c>; <c>where</c> for a condition on a pipe; <c>unknown-column</c> among those to be text.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FileSource Open(string pathOrGlob, FileSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(pathOrGlob);
        return Open([pathOrGlob], options);
    }

    /// <summary>Opens several files, directories and patterns as one: the rows of the first, then those of the second, and so on.</summary>
    /// <param name="pathsOrGlobs">At least one; a pipe only alone.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="PlumblineException">As for one; <c>duplicate-file</c>: a file is named twice.</exception>
    /// <exception cref="ArgumentException">There is no name, or an option is out of its range.</exception>
    public static FileSource Open(IReadOnlyList<string> pathsOrGlobs, FileSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pathsOrGlobs);
        ArgumentOutOfRangeException.ThrowIfZero(pathsOrGlobs.Count, nameof(pathsOrGlobs));
        options ??= new FileSourceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockRows ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimit ?? 1, 1, nameof(options));
        if (options.Delimiter is { } delimiter && (!char.IsAscii(delimiter) || char.IsLetterOrDigit(delimiter) || delimiter is '"' or '\n' or '\r' or '\0'))
        {
            throw new ArgumentException("The delimiter must be one ASCII character that is no letter, digit, quote, or line end.", nameof(options));
        }
        FileSet files = FileSet.Find(pathsOrGlobs, options);
        TableReader reader = files.Format.Kind switch
        {
            _ when files.IsPipe => PipedCsvReader.Open(files, options),
            FileKind.Parquet => ParquetReader.Open(files, options),
            FileKind.DuckTable => DuckTableReader.Open(files, options),
            FileKind.JsonLines => JsonReader.Open(files, options),
            _ => CsvReader.Open(files, options),
        };
        var source = new FileSource(files, options, reader);
        foreach (string name in options.TextColumns)
        {
            source.Place(name);
        }
        return source;
    }

    /// <inheritdoc/>
    public LevelSet? LevelsOf(string column) => _reader.LevelsOf(Place(column));

    /// <inheritdoc/>
    /// <remarks>
    /// While the caller works on a block, another thread reads the next.
    /// Further errors of <see cref="PlumblineException"/>: <c>unknown-column</c> at once; when the rows are read <c>ragged-row</c>,
    /// <c>not-a-number</c>, <c>not-a-boolean</c>, <c>not-a-date</c>, <c>too-many-levels</c>, <c>bad-quote</c>, <c>mixed-line-ends</c>, <c>line-too-long</c>, <c>bad-json</c>, <c>damaged-file</c>,
    /// <c>where</c>, <c>read-failed</c>, <c>out-of-memory</c>, and at the end <c>file-changed</c>: somebody wrote to a file meanwhile.
    /// </remarks>
    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[] places = Places(columns);
        return Ahead.Of(Watched(_reader.Read(places, BlockPool.RowsFor(places.Length, _options.BlockRows), progress, cancellation)), cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The errors of <see cref="Read"/>. An error of the taker that names a row of
    /// no file gets its file, and its line in CSV and JSON lines.
    /// </remarks>
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
        catch (PlumblineException error)
        {
            _files.VerifyUnchanged(); // what is wrong with the rows may be that somebody writes them
            if (error is { File: null, Line: not null })
            {
                throw InFile(error, cancellation);
            }
            throw;
        }
        _files.VerifyUnchanged();
    }

    /// <summary>
    /// An error about a row of this source, as the library finds them in blocks (an infinite value, a missing one), told of the file and,
    /// where it has lines, the line. <see cref="ForEachBlock"/> does so itself; it is for who has read blocks in their order. Looks at the files again.
    /// </summary>
    /// <param name="error">The error. One that has a file already, or no row, is given back as it is.</param>
    /// <param name="cancellation">Stops the look.</param>
    public PlumblineException InFile(PlumblineException error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error is not { File: null, Line: { } row })
        {
            return error;
        }
        (string file, long? line) = _reader.Locate(row - 1, cancellation);
        return FileErrors.InFile(error, file, line);
    }

    /// <summary>Closes the engine, if one was started.</summary>
    public void Dispose() => _reader.Dispose();

    /// <summary>The blocks, and the files still what they were when they are read or something is wrong.</summary>
    private IEnumerable<RowBlock> Watched(IEnumerable<RowBlock> blocks)
    {
        using IEnumerator<RowBlock> reader = blocks.GetEnumerator();
        bool MoveNext()
        {
            try
            {
                return reader.MoveNext();
            }
            catch (PlumblineException)
            {
                _files.VerifyUnchanged();
                throw;
            }
        }
        while (MoveNext())
        {
            yield return reader.Current;
        }
        _files.VerifyUnchanged();
    }

    private int[] Places(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] places = new int[columns.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Place(columns[i]);
        }
        return places;
    }

    private int Place(string column) => _places.TryGetValue(column, out int place)
        ? place
        : throw FileErrors.UnknownColumn(Name, column, NearestName.Find(column, _places.Keys));
}
