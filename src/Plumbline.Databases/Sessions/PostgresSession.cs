using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Plumbline.Databases;

/// <summary>
/// A conversation with PostgreSQL: one read-only transaction, which sees one state of the data. Tables of other servers (postgres_fdw) are
/// summed there, each by a query of its own, and EXPLAIN must say so before the query runs.
/// </summary>
internal sealed class PostgresSession : AdoSession
{
    private const int ConnectSeconds = 10;
    private const int Quick = 3;        // seconds for a look at a shard, or at the catalog, when something is wrong

    private readonly DatabaseUrl _url;
    private readonly DatabaseOptions _options;
    private readonly NpgsqlDataSource _data;
    private readonly NpgsqlConnection _connection;
    private IReadOnlyList<PostgresShard> _shards = [];

    private PostgresSession(DatabaseUrl url, DatabaseOptions options, NpgsqlDataSource data, NpgsqlConnection connection)
        : base(connection, new PostgresDialect(), url.Address, options)
    {
        _url = url;
        _options = options;
        _data = data;
        _connection = connection;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="PlumblineException"><c>connection</c>, <c>sign-in</c>, <c>unknown-database</c>.</exception>
    public static PostgresSession Open(DatabaseUrl url, DatabaseOptions options, CancellationToken cancellation)
    {
        NpgsqlDataSource data = Source(url, options);
        NpgsqlConnection connection = data.CreateConnection();
        var session = new PostgresSession(url, options, data, connection);
        try
        {
            connection.OpenAsync(cancellation).GetAwaiter().GetResult();
            return session;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            session.Dispose();
            throw PostgresErrors.Explain(failure, url, options.Timeout, static () => []);
        }
    }

    public override PlumblineException Explain(Exception failure)
    {
        PlumblineException error = PostgresErrors.Explain(failure, _url, _options.Timeout, Tables);
        return error.Code is "timeout" or "connection" && _options.Query is null ? PostgresShard.Blame(error, _shards.Count > 0 ? _shards : LeavesSeenAnew(), Look) : error;
    }

    public override ShardPlan Shards(string relation, CancellationToken cancellation)
    {
        if (_options.Query is not null)
        {
            return new ShardPlan([relation], false);
        }
        List<PostgresShard> shards = Leaves(relation, cancellation);
        if (shards.All(static s => s.Server is null))
        {
            return new ShardPlan([relation], false);
        }
        _shards = shards;
        // The planner may think that grouping here costs the same: it must not.
        Send("SET LOCAL enable_hashagg = off", [], isRows: false, cancellation).Dispose();
        Send("SET LOCAL enable_sort = off", [], isRows: false, cancellation).Dispose();
        // Where sums of long expressions cost much, a few rows more or less to fetch seem to make no difference: they must.
        Send("SET LOCAL cpu_operator_cost = 0", [], isRows: false, cancellation).Dispose();
        Send("SET LOCAL cpu_tuple_cost = 10", [], isRows: false, cancellation).Dispose();
        return new ShardPlan([.. shards.Select(static s => s.Relation)], false);
    }

    public override void RequirePushDown(string sql, CancellationToken cancellation)
    {
        using RowCursor cursor = Send($"EXPLAIN (FORMAT JSON) {sql}", [], isRows: false, cancellation);
        var text = new System.Text.StringBuilder();
        while (cursor.Read())
        {
            text.Append(cursor.Text(0));
        }
        using JsonDocument plan = JsonDocument.Parse(text.ToString());
        (int scans, int sums) = PostgresShard.CountScans(plan.RootElement);
        if (sums < scans)
        {
            string shards = _shards.Count == 0 ? "" : $" of {_shards.Count} tables";
            throw new PlumblineException(
                "not-pushed-down",
                $"{Address}: PostgreSQL would fetch the rows{shards} from other servers instead of summing them there ({sums} of {scans} foreign scans are sums). "
                + "Name a partitioned or foreign table rather than a query, leave out times of day and what is no built-in function, ANALYZE the foreign tables, or read the rows with --compute local.");
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _connection.Dispose();
        _data.Dispose();
    }

    private List<PostgresShard> Leaves(string relation, CancellationToken cancellation)
    {
        using RowCursor cursor = Send(PostgresShard.Leaves(Dialect.Literal(relation)), [], isRows: false, cancellation);
        return PostgresShard.Read(((AdoCursor)cursor).Reader, Dialect);
    }

    /// <summary>The leaves of the table, on a connection of its own, after something went wrong.</summary>
    private List<PostgresShard> LeavesSeenAnew()
    {
        try
        {
            using NpgsqlConnection other = _data.OpenConnection();
            using NpgsqlCommand command = other.CreateCommand();
            command.CommandTimeout = Quick;
            command.CommandText = PostgresShard.Leaves(Dialect.Literal(string.Join('.', _url.Table!.Split('.').Select(Dialect.Quote))));
            using NpgsqlDataReader reader = command.ExecuteReader();
            return PostgresShard.Read(reader, Dialect);
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or IOException)
        {
            return [];
        }
    }

    private static NpgsqlDataSource Source(DatabaseUrl url, DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port,
            Pooling = false,
            Timeout = Math.Clamp((int)Math.Ceiling(options.Timeout.TotalSeconds), 1, ConnectSeconds),
            CancellationTimeout = 1000,
            ApplicationName = "plumb",
        };
        if (url.Database.Length > 0)
        {
            settings.Database = url.Database;
        }
        if (url.User is not null)
        {
            settings.Username = url.User;
        }
        if (url.Password is not null)
        {
            settings.Password = url.Password;
        }
        if (url.SslMode is { } mode)
        {
            settings.SslMode = mode.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
            {
                "DISABLE" => SslMode.Disable,
                "ALLOW" => SslMode.Allow,
                "PREFER" => SslMode.Prefer,
                "REQUIRE" => SslMode.Require,
                "VERIFYCA" => SslMode.VerifyCA,
                "VERIFYFULL" => SslMode.VerifyFull,
                _ => throw new PlumblineException("bad-url", $"sslmode '{mode}': expected disable, allow, prefer, require, verify-ca or verify-full."),
            };
        }
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        return builder.Build();
    }

    /// <summary>The names of the tables that the user sees, for a hint.</summary>
    private IEnumerable<string> Tables()
    {
        try
        {
            using NpgsqlConnection other = _data.OpenConnection();
            using NpgsqlCommand command = other.CreateCommand();
            command.CommandTimeout = Quick;
            command.CommandText = "SELECT CASE WHEN pg_table_is_visible(oid) THEN relname ELSE relnamespace::regnamespace::text || '.' || relname END FROM pg_class "
                + "WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1";
            using NpgsqlDataReader reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }
            return names;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or InvalidCastException)
        {
            return [];
        }
    }

    /// <summary>Whether a shard answers, on a connection of its own: null when it does, else what happened.</summary>
    private string? Look(PostgresShard shard)
    {
        try
        {
            using NpgsqlConnection other = _data.OpenConnection();
            using NpgsqlCommand command = other.CreateCommand();
            command.CommandTimeout = Quick;
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM {shard.Relation} LIMIT 1) AS one");
            command.ExecuteScalar();
            return null;
        }
        catch (Exception failure)
        {
            return PostgresErrors.IsTimeout(failure) ? "does not answer" : ServerErrors.Sentence((failure as PostgresException)?.MessageText ?? failure.Message).TrimEnd('.');
        }
    }
}
