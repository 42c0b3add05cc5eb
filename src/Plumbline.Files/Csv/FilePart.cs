using Microsoft.Win32.SafeHandles;

namespace Plumbline.Files;

/// <summary>
/// A file read from any place, up to the length that it had when it was opened. Several may share a handle, each on its own thread.
/// </summary>
internal sealed class FilePart(SafeFileHandle handle, long length) : Stream
{
    public override long Position { get; set; }

    public override long Length => length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int wanted = (int)Math.Min(count, length - Position);
        int read = wanted <= 0 ? 0 : RandomAccess.Read(handle, buffer.AsSpan(offset, wanted), Position);
        Position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
