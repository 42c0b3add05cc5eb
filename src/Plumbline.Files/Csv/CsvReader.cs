using System.Text;

namespace Plumbline.Files;

/// <summary>CSV and TSV, plain or packed.</summary>
internal sealed class CsvReader : TableReader
{
    private readonly NullTexts _missing;
    private CsvLayout _layout;
    private IReadOnlyList<ColumnInfo> _columns = [];

    private CsvReader(FileSet files, FileSourceOptions options)
        : base(files, options)
    {
        _missing = new NullTexts(options.NullStrings);
        _layout = null!;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnInfo> Columns => _columns;

    /// <summary>
    /// Read here, a file needs nothing to be loaded and started, a few MB of memory, and no more time than DuckDB's one
    /// thread does. DuckDB is for conditions and for zstd.
    /// </summary>
    private bool Here => Options.Where is null && Files.Format.Compression != Compression.Zstd && Options.Engine != CsvEngine.Duck;

    /// <summary>Reads the headers of all files and the first rows of the first.</summary>
    public static CsvReader Open(FileSet files, FileSourceOptions options)
    {
        var reader = new CsvReader(files, options);
        reader._layout = reader.Layout(files.First);
        foreach (string path in files.Paths.Skip(1))
        {
            reader.Compare(path);
        }
        reader._layout = reader._layout with { Partitions = files.Partitions };
        reader._columns = reader.WithPartitions(reader._layout.Columns);
        if (options.Where is not null)
        {
            reader.CheckCase();
        }
        return reader;
    }

    /// <inheritdoc/>
    public override IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Here)
        {
            return CsvRows.Read(Files, Plan(columns), blockRows, progress, cancellation);
        }
        string sql = $"select {List(columns)} from {Scan()}";
        return DuckScan.Read(Database, sql, Targets(columns), blockRows, error => Diagnose(error, columns, cancellation), progress, cancellation);
    }

    /// <inheritdoc/>
    public override void ForEachBlock(
        int[] columns, int threads, int blockRows, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Here && Files.Format.Compression == Compression.None)
        {
            new CsvParallel(Files, Plan(columns), Options, consume, progress).Run(threads, cancellation);
            return;
        }
        if (Here)
        {
            base.ForEachBlock(columns, threads, blockRows, consume, progress, cancellation);
            return;
        }
        ForEachBlock(
            List(columns), columns, Scan(), threads, blockRows, error => Diagnose(error, columns, cancellation), consume, progress, cancellation);
    }

    private CsvPlan Plan(int[] columns) => new(_layout, _missing, columns, LevelsOf(columns));

    private string List(int[] columns) => columns.Length == 0 ? "0::double" : string.Join(", ", columns.Select(Name));

    /// <inheritdoc/>
    protected override string From => WithTypes(DuckSql.Csv(Files, _layout, Options), Retyped);

    private string Scan() => From + Filter();

    /// <inheritdoc/>
    protected override (string File, long? Line) LocateInFiles(long row, CancellationToken cancellation) =>
        Files.Format.Compression == Compression.Zstd ? base.LocateInFiles(row, cancellation) : CsvRows.Locate(Files, _layout, row, cancellation);

    private string Name(int column) =>
        Options.Where is null && column < _layout.Columns.Count ? DuckSql.Name($"c{column}") : Raw(column, Retyped);

    /// <summary>The columns whose text is read here, so that it means the same whoever reads the file.</summary>
    private IEnumerable<int> Retyped => Enumerable.Range(0, _layout.Columns.Count).Where(i => _layout.Columns[i].Type is ColumnType.Boolean or ColumnType.DateTime);

    private CsvLayout Layout(string path)
    {
        byte? delimiter = Options.Delimiter is { } given ? (byte)given : Files.Format.Tabs ? (byte)'\t' : null;
        using CsvScanner scanner = Files.Format.Compression == Compression.Zstd
            ? new CsvScanner(FirstLines(path), path)
            : CsvLayout.Scan(path, Files.Format.Compression);
        return CsvLayout.Of(scanner, path, delimiter, _missing, Options);
    }

    /// <summary>The first lines of a file that only DuckDB can unpack.</summary>
    private MemoryStream FirstLines(string path)
    {
        try
        {
            string sql = $"select line from {DuckSql.Lines(path, Files.Format.Compression)} limit {CsvLayout.SampleRows + 100}";
            List<string?[]> lines = DuckScan.Texts(Database, sql, 1);
            return new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line[0] + "\n"))));
        }
        catch (DuckException error)
        {
            throw Retell(error);
        }
    }

    private void Compare(string path)
    {
        CsvLayout other = Layout(path);
        if (other.Delimiter != _layout.Delimiter)
        {
            throw FileErrors.HeadersDiffer(path, Files.First, $"its fields are separated by '{(char)other.Delimiter}', not '{(char)_layout.Delimiter}'");
        }
        if (other.Columns.Count != _layout.Columns.Count)
        {
            throw FileErrors.HeadersDiffer(path, Files.First, $"it has {other.Columns.Count:N0}, not {_layout.Columns.Count:N0}");
        }
        for (int i = 0; i < _layout.Columns.Count; i++)
        {
            if (other.Columns[i].Name != _layout.Columns[i].Name)
            {
                throw FileErrors.HeadersDiffer(path, Files.First, $"column {i + 1} is '{FileErrors.Show(other.Columns[i].Name)}', not '{FileErrors.Show(_layout.Columns[i].Name)}'");
            }
        }
        _layout = _layout.With(other, Options);
    }

    private void CheckCase()
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ColumnInfo column in Columns)
        {
            if (!seen.TryAdd(column.Name, column.Name))
            {
                throw FileErrors.CaseCollision(Files.First, seen[column.Name], column.Name);
            }
        }
    }

    /// <summary>
    /// DuckDB found something wrong. What it can be unpacked here is read again here, which finds the first fault with its
    /// true line (DuckDB counts records); else DuckDB's own words are retold.
    /// </summary>
    private PlumblineException Diagnose(DuckException error, int[] columns, CancellationToken cancellation)
    {
        PlumblineException retold = DuckErrors.Csv(error, Files, Options, name => Named(name));
        if ((error is not DuckValueException && !error.Message.Contains("CSV", StringComparison.Ordinal)) || Files.Format.Compression == Compression.Zstd)
        {
            return retold;
        }
        int blamed = Columns.Select(column => column.Name).ToList().IndexOf(retold.Column ?? "");
        int[] looked = blamed < 0 ? columns : [.. columns.Union([blamed])];
        try
        {
            foreach (RowBlock block in CsvRows.Read(Files, Plan(looked), BlockPool.RowsFor(looked.Length, null), null, cancellation))
            {
                block.Dispose();
            }
        }
        catch (PlumblineException found)
        {
            return found;
        }
        return retold;
    }

    /// <summary>The name in the file of a column as the query calls it.</summary>
    private string Named(string name) =>
        Options.Where is null && name.StartsWith('c') && int.TryParse(name.AsSpan(1), out int column) && column < Columns.Count
            ? Columns[column].Name
            : name;
}
