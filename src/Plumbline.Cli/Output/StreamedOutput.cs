namespace Plumbline.Cli.Output;

/// <summary>
/// A stream that is written piece by piece: a failure to write becomes its message at once, so that it is not taken for one of
/// reading; a reader that has gone (<c>| head</c>) ends the work quietly.
/// </summary>
internal sealed class StreamedOutput(Stream stream, string name) : Stream
{
    /// <summary>Nobody reads any more.</summary>
    internal sealed class ReaderGoneException : Exception;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.IsBrokenPipe(exception) ? new ReaderGoneException() : WriteFailure.Of(exception, name);
        }
    }

    public override void Flush()
    {
        try
        {
            stream.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.IsBrokenPipe(exception) ? new ReaderGoneException() : WriteFailure.Of(exception, name);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
