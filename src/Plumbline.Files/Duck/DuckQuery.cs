using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>DuckDB says no.</summary>
/// <param name="message">What it says.</param>
/// <param name="type">The class of the error.</param>
/// <param name="preparing">Whether the SQL was refused, before any row was read.</param>
internal class DuckException(string message, DuckDBErrorType type, bool preparing) : Exception(message)
{
    /// <summary>The class of the error.</summary>
    public DuckDBErrorType Type => type;

    /// <summary>Whether the SQL was refused, before any row was read.</summary>
    public bool Preparing => preparing;
}

/// <summary>A query whose rows are fetched chunk by chunk, so that memory does not grow with their number.</summary>
internal sealed class DuckQuery : IDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.1);

    private readonly DuckDBNativeConnection _connection;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly Timer? _timer;
    private readonly DuckDBPreparedStatement? _statement;
    private readonly bool _executed;
    private DuckDBResult _result;

    /// <summary>Prepares and starts a query.</summary>
    /// <param name="database">Where.</param>
    /// <param name="sql">The query.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="progress">Told the fraction done while the query runs, for one whose first row comes when all is done.</param>
    /// <exception cref="DuckException">The SQL is refused, or the reading of the first rows fails.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public DuckQuery(DuckDatabase database, string sql, CancellationToken cancellation, IProgress<double>? progress = null)
    {
        cancellation.ThrowIfCancellationRequested();
        _cancellation = cancellation;
        _connection = database.Connect();
        _registration = cancellation.Register(static query => Startup.DuckDBInterrupt((DuckDBNativeConnection)query!), _connection);
        try
        {
            if (!PreparedStatements.DuckDBPrepare(_connection, sql, out _statement).IsSuccess())
            {
                string error = PreparedStatements.DuckDBPrepareError(_statement);
                cancellation.ThrowIfCancellationRequested();
                throw new DuckException(error, DuckDBErrorType.Parser, preparing: true);
            }
            if (progress is not null)
            {
                _timer = new Timer(_ => Report(progress), null, ReportEvery, ReportEvery);
            }
            _executed = true;
            if (!PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result).IsSuccess())
            {
                throw Fault();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The SQL type of a column.</summary>
    public DuckDBType Type(int column) => Query.DuckDBColumnType(ref _result, column);

    /// <summary>The logical type of a column, which the caller disposes.</summary>
    public DuckDBLogicalType LogicalType(int column) => Query.DuckDBColumnLogicalType(ref _result, column);

    /// <summary>The fraction of the work done, 0 to 1, or null while DuckDB cannot tell.</summary>
    public double? Progress
    {
        get
        {
            double percentage = Startup.DuckDBQueryProgress(_connection).Percentage;
            return percentage >= 0 ? Math.Min(1, percentage / 100) : null;
        }
    }

    /// <summary>The next rows, at most 2,048, which the caller disposes; null at the end.</summary>
    /// <exception cref="DuckException">The reading fails.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public DuckDBDataChunk? Fetch()
    {
        _cancellation.ThrowIfCancellationRequested();
        DuckDBDataChunk chunk = Query.DuckDBFetchChunk(_result);
        if (!chunk.IsInvalid)
        {
            return chunk;
        }
        chunk.Dispose();
        return string.IsNullOrEmpty(Query.DuckDBResultError(ref _result)) ? null : throw Fault();
    }

    private void Report(IProgress<double> progress)
    {
        if (Progress is { } part)
        {
            progress.Report(part);
        }
    }

    private Exception Fault()
    {
        string message = Query.DuckDBResultError(ref _result);
        DuckDBErrorType type = Query.DuckDBResultErrorType(ref _result);
        return _cancellation.IsCancellationRequested && type == DuckDBErrorType.Interrupt
            ? new OperationCanceledException(_cancellation)
            : new DuckException(message, type, preparing: false);
    }

    /// <summary>Ends the query and its connection.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        if (_timer is not null)
        {
            using var ended = new ManualResetEvent(false);
            if (_timer.Dispose(ended))
            {
                ended.WaitOne();
            }
        }
        if (_executed)
        {
            Query.DuckDBDestroyResult(ref _result);
        }
        _statement?.Dispose();
        _connection.Dispose();
    }
}
