using System.IO.Compression;

namespace Plumbline.Files;

/// <summary>
/// CSV from standard input or another pipe, plain or gzipped: read once, from its beginning to its end. The names and types of its
/// columns come from the first megabyte, which is kept until the rows are read.
/// </summary>
internal sealed class PipedCsvReader : TableReader
{
    private const int Kept = 1 << 20;

    private readonly NullTexts _missing;
    private readonly CsvLayout _layout;
    private Stream? _stream;

    private PipedCsvReader(FileSet files, FileSourceOptions options, Stream stream)
        : base(files, options)
    {
        _missing = new NullTexts(options.NullStrings);
        byte[] first = First(files.Name, ref stream, out bool ended);
        _stream = new Joined(first, stream);
        int whole = ended ? first.Length : first.AsSpan().LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        byte? delimiter = options.Delimiter is { } given ? (byte)given : null;
        using var scanner = new CsvScanner(new MemoryStream(first, 0, whole), files.Name);
        _layout = CsvLayout.Of(scanner, files.Name, delimiter, _missing, options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnInfo> Columns => _layout.Columns;

    /// <inheritdoc/>
    protected override string From => throw new InvalidOperationException("No query reads a pipe.");

    /// <summary>Reads the first bytes, and the header from them.</summary>
    public static PipedCsvReader Open(FileSet files, FileSourceOptions options)
    {
        if (options.Where is not null)
        {
            throw FileErrors.PipedCondition(files.Name);
        }
        Stream stream = files.OpenPipe();
        try
        {
            return new PipedCsvReader(files, options, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<RowBlock> Read(int[] columns, int blockRows, IProgress<double>? progress, CancellationToken cancellation)
    {
        Stream stream = Interlocked.Exchange(ref _stream, null) ?? throw FileErrors.ReadOnce(Files.Name);
        return CsvRows.Read(stream, Files.Name, new CsvPlan(_layout, _missing, columns, LevelsOf(columns)), blockRows, cancellation);
    }

    private static byte[] First(string name, ref Stream stream, out bool ended)
    {
        byte[] first = First(name, stream, out ended);
        if (first.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            stream = new GZipStream(new Joined(first, stream), CompressionMode.Decompress);
            first = First(name, stream, out ended);
        }
        if (first.AsSpan().StartsWith("PAR1"u8) || first.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || first.AsSpan().StartsWith("{"u8))
        {
            throw FileErrors.PipedFormat(name);
        }
        return first;
    }

    private static byte[] First(string name, Stream stream, out bool ended)
    {
        byte[] first = new byte[Kept];
        try
        {
            int read = stream.ReadAtLeast(first, Kept, throwOnEndOfStream: false);
            ended = read < Kept;
            return first[..read];
        }
        catch (InvalidDataException e)
        {
            throw FileErrors.Damaged(name, "its compressed data cannot be unpacked", e);
        }
        catch (IOException e)
        {
            throw FileErrors.Unreadable(name, e);
        }
    }

    /// <summary>Bytes that were read already, and the stream that they came from.</summary>
    private sealed class Joined(byte[] first, Stream rest) : Stream
    {
        private int _used;

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override long Length => throw new NotSupportedException();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int some = Math.Min(count, first.Length - _used);
            if (some == 0)
            {
                return rest.Read(buffer, offset, count);
            }
            first.AsSpan(_used, some).CopyTo(buffer.AsSpan(offset));
            _used += some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
