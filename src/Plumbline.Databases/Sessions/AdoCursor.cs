using System.Data.Common;

namespace Plumbline.Databases;

/// <summary>The rows of a command. Cancelling the token cancels the command on the server.</summary>
internal sealed class AdoCursor : RowCursor
{
    private readonly AdoSession _session;
    private readonly DbCommand _command;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly bool _isRows;
    private bool _isDone;

    public AdoCursor(AdoSession session, DbCommand command, bool isRows, CancellationToken cancellation)
    {
        _isRows = isRows;
        _session = session;
        _command = command;
        _cancellation = cancellation;
        cancellation.ThrowIfCancellationRequested();
        _registration = cancellation.Register(() => _ = Task.Run(Cancel, CancellationToken.None));
        try
        {
            Reader = command.ExecuteReader();
        }
        catch (Exception failure)
        {
            Dispose();
            throw Explain(failure);
        }
    }

    /// <summary>The driver's reader.</summary>
    public DbDataReader Reader { get; } = null!;

    public override bool Read()
    {
        try
        {
            _isDone = !Reader.Read();
            return !_isDone;
        }
        catch (Exception failure)
        {
            throw Explain(failure);
        }
    }

    public override bool IsNull(int column) => Reader.IsDBNull(column);

    public override double Double(int column) => Reader.GetDouble(column);

    public override long Integer(int column) => Reader.GetInt64(column);

    public override bool Boolean(int column) => Reader.GetBoolean(column);

    public override string Text(int column) => Reader.GetString(column);

    public override void Dispose()
    {
        _registration.Dispose();
        try
        {
            if (Reader is not null && _isRows && !_isDone)
            {
                _command.Cancel();      // the rest of the rows is not wanted
            }
            Reader?.Dispose();
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            // What is thrown away may end badly.
        }
        _command.Dispose();
    }

    private void Cancel()
    {
        try
        {
            _command.Cancel();
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            // It ended by itself.
        }
    }

    private Exception Explain(Exception failure) => _cancellation.IsCancellationRequested
        ? new OperationCanceledException("The query was cancelled.", failure, _cancellation)
        : _session.Explain(failure);
}
