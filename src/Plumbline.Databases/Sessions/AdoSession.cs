using System.Data;
using System.Data.Common;

namespace Plumbline.Databases;

/// <summary>A conversation through a driver of ADO.NET.</summary>
internal class AdoSession : DatabaseSession
{
    private readonly DbConnection _connection;
    private readonly DatabaseOptions _options;
    private readonly string _address;
    private bool _hasBegun;

    public AdoSession(DbConnection connection, Dialect dialect, string address, DatabaseOptions options)
        : base(dialect)
    {
        _connection = connection;
        _address = address;
        _options = options;
    }

    public override string Address => _address;

    public override string Version => $"{Dialect.Name} {_connection.ServerVersion}";

    public override IReadOnlyList<(string Name, string Type)> Describe(string relation, CancellationToken cancellation)
    {
        using RowCursor cursor = Send($"SELECT * FROM {relation} WHERE 1 = 0", [], isRows: false, cancellation);
        DbDataReader reader = ((AdoCursor)cursor).Reader;
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeName(i)))];
    }

    public override RowCursor Send(string sql, IReadOnlyList<WireType> types, bool isRows, CancellationToken cancellation)
    {
        Begin(cancellation);
        Queries++;
        return new AdoCursor(this, Command(sql), isRows, cancellation);
    }

    public override void Dispose()
    {
        if (_hasBegun && _connection.State == ConnectionState.Open)
        {
            try
            {
                using DbCommand end = Command("ROLLBACK");
                end.CommandTimeout = 2;
                end.ExecuteNonQuery();
            }
            catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
            {
                // The server is gone, or busy with what was cancelled: it ends the transaction by itself.
            }
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>What an exception of the driver means, in the house's words.</summary>
    public virtual PlumblineException Explain(Exception failure) => ServerErrors.OfDriver(failure, Address, _options.Timeout);

    /// <summary>A command with the timeout of the options.</summary>
    protected DbCommand Command(string sql)
    {
        DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(_options.Timeout.TotalSeconds));
        return command;
    }

    private void Begin(CancellationToken cancellation)
    {
        if (_hasBegun)
        {
            return;
        }
        _hasBegun = Dialect.Opening.Count > 0;
        foreach (string statement in Dialect.Opening)
        {
            using var cursor = new AdoCursor(this, Command(statement), isRows: false, cancellation);
        }
    }
}
