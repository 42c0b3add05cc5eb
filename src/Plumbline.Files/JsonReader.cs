using System.Text;
using System.Text.Json;

namespace Plumbline.Files;

/// <summary>
/// JSON lines. DuckDB's guess of types comes from the first rows; a number that turns out later not to be whole would
/// then be rounded silently: so all numbers are read as doubles. Texts are dates when the first rows are, as in CSV.
/// </summary>
internal sealed class JsonReader : TableReader
{
    private IReadOnlyList<ColumnInfo> _columns = [];
    private (string Name, string Type)[] _types = [];

    private JsonReader(FileSet files, FileSourceOptions options)
        : base(files, options)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnInfo> Columns => _columns;

    /// <summary>Finds the columns in the first rows.</summary>
    public static JsonReader Open(FileSet files, FileSourceOptions options)
    {
        var reader = new JsonReader(files, options);
        try
        {
            reader.Describe();
            return reader;
        }
        catch (DuckException error)
        {
            reader.Dispose();
            throw DuckErrors.Json(error, files, options, (path, line) => reader.Locate(path, line, []));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        string sql = $"select {List(columns)} from {Scan()}";
        return DuckScan.Read(Database, sql, Targets(columns), blockRows, error => Fault(error, columns), progress, cancellation);
    }

    /// <inheritdoc/>
    public override void ForEachBlock(
        int[] columns, int threads, int blockRows, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        ForEachBlock(List(columns), columns, Scan(), threads, blockRows, error => Fault(error, columns), consume, progress, cancellation);

    private string List(int[] columns) =>
        columns.Length == 0 ? "0::double" : string.Join(", ", columns.Select(column => Raw(column, Retyped)));

    /// <inheritdoc/>
    protected override string From => WithTypes(DuckSql.Json(Files, _types), Retyped);

    private string Scan() => From + Filter();

    /// <inheritdoc/>
    protected override (string File, long? Line) LocateInFiles(long row, CancellationToken cancellation) =>
        Files.Format.Compression == Compression.Zstd ? base.LocateInFiles(row, cancellation) : JsonFaults.Locate(Files, row, cancellation);

    /// <summary>The columns of dates, which are read as texts.</summary>
    private IEnumerable<int> Retyped => Enumerable.Range(0, _types.Length).Where(i => Columns[i].Type == ColumnType.DateTime);

    private PlumblineException Fault(DuckException error, int[] columns) => error is DuckValueException value
        ? JsonFaults.Find(value, Files)
        : DuckErrors.Json(error, Files, Options, (path, line) => Locate(path, line, columns));

    private void Describe()
    {
        string scan = DuckSql.Json(Files);
        List<string?[]> rows = DuckScan.Texts(Database, $"select column_name, column_type from (describe select * from {scan})", 2);
        using var empty = new DuckQuery(Database, $"select * from {scan} limit 0", CancellationToken.None);
        var columns = new ColumnInfo[rows.Count];
        _types = new (string, string)[rows.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = rows[i][0]!;
            ColumnType type = Options.IsText(name) ? ColumnType.Text : DuckVector.Column(name, empty.Type(i)).Type;
            columns[i] = type switch
            {
                ColumnType.Number or ColumnType.Integer => new ColumnInfo(name, ColumnType.Number),
                ColumnType.Boolean => new ColumnInfo(name, ColumnType.Boolean),
                _ => new ColumnInfo(name, ColumnType.Text),
            };
            _types[i] = (name, columns[i].Type switch
            {
                ColumnType.Number => "DOUBLE",
                ColumnType.Boolean => "BOOLEAN",
                _ => "VARCHAR",
            });
        }
        FindDates(columns);
        _columns = WithPartitions(columns);
    }

    /// <summary>What DuckDB would call dates may be written in many ways; here they are what they are in CSV.</summary>
    private void FindDates(ColumnInfo[] columns)
    {
        int[] texts = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Type == ColumnType.Text && !Options.IsText(columns[i].Name))];
        if (texts.Length == 0)
        {
            return;
        }
        string list = string.Join(", ", texts.Select(i => DuckSql.Name(columns[i].Name)));
        List<string?[]> rows = DuckScan.Texts(Database, $"select {list} from {DuckSql.Json(Files, _types)} limit {CsvLayout.SampleRows}", texts.Length);
        for (int t = 0; t < texts.Length; t++)
        {
            var guess = new KindGuess();
            byte[][] known = [.. rows.Select(row => row[t]).OfType<string>().Select(Encoding.UTF8.GetBytes)];
            foreach (byte[] text in known)
            {
                guess.See(text, 0, "");
            }
            if (known.Length > 0 && guess.Kind is FieldKind.Date or FieldKind.Timestamp)
            {
                columns[texts[t]] = FieldKinds.Column(columns[texts[t]].Name, guess.Kind);
            }
        }
    }

    /// <summary>
    /// The line that DuckDB complains about, and the column if one is to blame: looked up in the file, because DuckDB
    /// names no column, and the line after one that ends too early.
    /// </summary>
    private (long Line, string? Column) Locate(string path, long line, int[] columns)
    {
        if (Files.Format.Compression == Compression.Zstd)
        {
            return (line, null);
        }
        using var reader = new StreamReader(Unpacked.Open(path, Files.Format.Compression));
        for (long i = 1; i <= line + 1 && reader.ReadLine() is { } text; i++)
        {
            if (i < line - 1 || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }
            try
            {
                using JsonDocument row = JsonDocument.Parse(text);
                string? column = columns.Select(column => Columns[column].Name).FirstOrDefault(name => IsBad(row.RootElement, name));
                if (column is not null)
                {
                    return (i, column);
                }
            }
            catch (JsonException)
            {
                return (i, null);
            }
        }
        return (line, null);
    }

    private static bool IsBad(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False)
        && !(value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), out _));
}
