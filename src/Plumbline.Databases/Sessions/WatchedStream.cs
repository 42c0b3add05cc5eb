namespace Plumbline.Databases;

/// <summary>How long a server may be silent, and who may end the waiting.</summary>
internal sealed class QueryWatch : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _silence = new();
    private readonly CancellationTokenSource _either;

    public QueryWatch(TimeSpan timeout, CancellationToken cancellation)
    {
        _timeout = timeout;
        _cancellation = cancellation;
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _silence.Token);
        Restart();
    }

    /// <summary>Cancelled by the user, or by silence.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the user cancelled.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>Whether it took too long.</summary>
    public bool IsTimedOut => _silence.IsCancellationRequested;

    /// <summary>Something came: the silence begins anew.</summary>
    public void Restart() => _silence.CancelAfter(_timeout);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}

/// <summary>The body of an answer. Reading ends when the server is silent for too long or the user cancels; failures are explained.</summary>
internal sealed class WatchedStream(HttpResponseMessage response, QueryWatch watch, Func<Task<int>, int> wait, Func<Exception, Exception> explain, Action<int> count) : Stream
{
    private readonly Stream _body = response.Content.ReadAsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int length)
    {
        try
        {
            ValueTask<int> reading = _body.ReadAsync(buffer.AsMemory(offset, length), watch.Token);
            int read = reading.IsCompletedSuccessfully ? reading.Result : wait(reading.AsTask());
            watch.Restart();
            count(read);
            return read;
        }
        catch (Exception failure) when (failure is not PlumblineException)
        {
            throw explain(failure);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
            watch.Dispose();
        }
        base.Dispose(disposing);
    }
}
