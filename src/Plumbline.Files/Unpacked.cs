using System.IO.Compression;

namespace Plumbline.Files;

/// <summary>A file as the bytes before it was packed, and how much of the file has been read.</summary>
internal sealed class Unpacked : Stream
{
    private readonly FileStream _file;
    private readonly Stream _bytes;

    private Unpacked(FileStream file, Stream bytes) => (_file, _bytes) = (file, bytes);

    /// <summary>Opens a plain or gzipped file.</summary>
    public static Unpacked Open(string path, Compression compression)
    {
        FileStream file = FileSet.Open(path);
        return new Unpacked(file, compression == Compression.Gzip ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <summary>How many bytes of the file itself have been read.</summary>
    public override long Position { get => _file.Position; set => throw new NotSupportedException(); }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => _bytes.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _bytes.Dispose();
        _file.Dispose();
        base.Dispose(disposing);
    }
}
