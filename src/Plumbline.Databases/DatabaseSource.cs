using System.Data.Common;

namespace Plumbline.Databases;

/// <summary>
/// A table or a query of a database, as rows. Numbers come as the database stores them, in binary: a fit of these rows has the same
/// bits as one of the same rows from anywhere else. Nothing is ever written, and where the database has transactions all
/// readings see one state of the data.
/// </summary>
/// <remarks>
/// Text and booleans come as codes of <see cref="LevelsOf"/>, dates and times as numbers (<see cref="TimeNumbers"/>), NULL and NaN as missing.
/// Types that the library does not know are read as their text. For one reader at a time.
/// </remarks>
public sealed class DatabaseSource : IRowSource, IDisposable
{
    private readonly Dictionary<string, LevelSet> _levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatabaseField> _fields = new(StringComparer.Ordinal);
    private readonly List<ColumnInfo> _columns = [];
    private readonly DatabaseOptions _options;

    internal DatabaseSource(DatabaseSession session, string name, string relation, DatabaseOptions options, CancellationToken cancellation = default)
    {
        Session = session;
        Name = name;
        Relation = relation;
        _options = options;
        foreach ((string column, string type) in session.Describe(relation, cancellation))
        {
            FieldType kind = options.TextColumns.Contains(column, StringComparer.Ordinal) ? FieldType.Text : session.Dialect.TypeOf(type);
            DatabaseField field = DatabaseField.Of(column, kind, type);
            if (!_fields.TryAdd(column, field))
            {
                throw new PlumblineException("duplicate-column", $"{name}: two columns are called `{column}`. Give one of them another name in the query, with AS.") { Column = column };
            }
            _columns.Add(field.Info);
        }
        foreach (string text in options.TextColumns.Where(c => !_fields.ContainsKey(c)))
        {
            throw Unknown(text);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Where => _options.Where;

    /// <inheritdoc/>
    public IReadOnlyList<ColumnInfo> Columns => _columns;

    internal Dialect Dialect => Session.Dialect;

    internal DatabaseSession Session { get; }

    internal string Relation { get; }

    internal IReadOnlyDictionary<string, DatabaseField> Fields => _fields;

    /// <summary>Opens a table or query of PostgreSQL or ClickHouse.</summary>
    /// <param name="url">
    /// <c>postgres://user@host:port/database?table=schema.name</c> or <c>clickhouse://user@host:port/database?table=name</c> (<c>secure=1</c> for HTTPS). A password
    /// is taken from it, from <c>PGPASSWORD</c> or <c>CLICKHOUSE_PASSWORD</c>, or from PostgreSQL's password file; it is never shown or stored.
    /// </param>
    /// <param name="options">What to read; null for the defaults.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="PlumblineException">
    /// <c>bad-url</c>, <c>connection</c>, <c>sign-in</c>, <c>unknown-database</c>, <c>unknown-table</c>, <c>no-permission</c>, <c>sql</c>, <c>timeout</c>, <c>duplicate-column</c>,
    /// <c>unknown-column</c> among those to be text.
    /// </exception>
    public static DatabaseSource Open(string url, DatabaseOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= DatabaseOptions.Default;
        DatabaseUrl parsed = DatabaseUrl.Parse(url, options.Query is not null);
        DatabaseSession session = parsed.IsClickHouse ? new ClickHouseSession(parsed, options) : PostgresSession.Open(parsed, options, cancellation);
        return Open(session, parsed.Table, parsed.Shown, options, cancellation);
    }

    /// <summary>Opens a table or query through any driver of ADO.NET, in the SQL of a dialect.</summary>
    /// <param name="connection">An open connection. It is the caller's; a transaction of it is rolled back when the source is disposed.</param>
    /// <param name="dialect">Its SQL.</param>
    /// <param name="table">The table, <c>schema.name</c> or <c>name</c>; null for <see cref="DatabaseOptions.Query"/>.</param>
    /// <param name="options">What to read; null for the defaults.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="PlumblineException">As <see cref="Open(string, DatabaseOptions?, CancellationToken)"/>.</exception>
    public static DatabaseSource Open(
        DbConnection connection, Dialect dialect, string? table, DatabaseOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(dialect);
        options ??= DatabaseOptions.Default;
        if (table is null == options.Query is null)
        {
            throw new PlumblineException("bad-url", "Name a table or give a query, one of the two.");
        }
        string address = $"{dialect.Name}: {connection.Database}";
        return Open(new AdoSession(connection, dialect, address, options), table, table is null ? $"{address} (a query)" : $"{address}.{table}", options, cancellation);
    }

    /// <summary>Whether a text is the URL of a database.</summary>
    public static bool IsUrl(string text) => DatabaseUrl.Is(text);

    /// <inheritdoc/>
    /// <exception cref="PlumblineException"><c>unknown-column</c>, <c>unsupported-type</c>: an array, JSON or the like.</exception>
    public LevelSet? LevelsOf(string column)
    {
        DatabaseField field = Field(column);
        if (!field.Info.IsCategory)
        {
            return null;
        }
        if (!_levels.TryGetValue(column, out LevelSet? levels))
        {
            _levels.Add(column, levels = field.Info.Type == ColumnType.Boolean ? LevelSet.OfBooleans() : new LevelSet(column, Name));
        }
        return levels;
    }

    /// <inheritdoc/>
    /// <remarks>Blocks come in the order in which the database sends rows, which need not be the same twice.</remarks>
    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(columns);
        DatabaseField[] fields = [.. columns.Select(Field)];
        return RowReading.Blocks(Session, [.. fields.Select(f => (f, LevelsOf(f.Info.Name)))], From(Relation, null), cancellation);
    }

    /// <summary>Ends the conversation with the server.</summary>
    public void Dispose() => Session.Dispose();

    /// <summary>What stands after FROM: a relation, the caller's condition, and another.</summary>
    internal string From(string relation, string? condition)
    {
        string[] conditions = [.. new[] { Where is null ? null : $"(\n{Where}\n)", condition }.Where(static c => c is not null).Select(static c => c!)];
        return conditions.Length == 0 ? relation : $"{relation} WHERE {string.Join(" AND ", conditions)}";
    }

    /// <summary>A column that a formula uses.</summary>
    /// <exception cref="PlumblineException"><c>unknown-column</c>, <c>unsupported-type</c>.</exception>
    internal DatabaseField Field(string column)
    {
        DatabaseField field = _fields.TryGetValue(column, out DatabaseField? known) ? known : throw Unknown(column);
        if (field.Type == FieldType.Compound)
        {
            throw new PlumblineException(
                "unsupported-type",
                $"{Name}: column {Schema.Shown(column)} is of type {field.DatabaseType}, which is no number, text, boolean, date or time. Take one value out of it in a query (--sql, Query), leave the column out, or "
                + "read it as text, as a category (--text, TextColumns).")
            { Column = column };
        }
        return field;
    }

    private static DatabaseSource Open(DatabaseSession session, string? table, string name, DatabaseOptions options, CancellationToken cancellation)
    {
        try
        {
            if (options.Timeout <= TimeSpan.Zero)
            {
                throw new PlumblineException("option", $"The timeout is {options.Timeout.TotalSeconds:R} seconds; it must be more than 0.");
            }
            string relation = options.Query is { } query
                ? $"(\n{query.TrimEnd().TrimEnd(';')}\n) AS plumbline_rows"
                : string.Join('.', table!.Split('.').Select(session.Dialect.Quote));
            return new DatabaseSource(session, name, relation, options, cancellation);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private PlumblineException Unknown(string column) =>
        new("unknown-column", $"{Name} has no column {Schema.Shown(column)}.\n{new Schema(Columns).Suggest(column)}") { Column = column };
}
