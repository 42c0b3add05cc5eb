using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Databases;

/// <summary>
/// ClickHouse's RowBinary, all values nullable: a byte 0 and the value, or a byte 1. Every row begins with a mark, because a query
/// that fails on the way has its message written where the next row would begin.
/// </summary>
internal sealed class RowBinaryCursor(Stream stream, IReadOnlyList<WireType> types, Func<string, PlumblineException> explain) : RowCursor
{
    /// <summary>The first byte of every row; no letter of a message.</summary>
    public const byte Mark = 171;

    private readonly byte[] _buffer = new byte[1 << 18];
    private readonly long[] _bits = new long[types.Count];
    private readonly string?[] _texts = new string?[types.Count];
    private readonly bool[] _nulls = new bool[types.Count];
    private byte[] _long = [];
    private int _at;
    private int _end;

    public override bool Read()
    {
        if (!Ensure(1))
        {
            return false;
        }
        if (_buffer[_at] != Mark)
        {
            throw explain(Rest());
        }
        _at++;
        for (int c = 0; c < types.Count; c++)
        {
            Require(1);
            _nulls[c] = _buffer[_at++] != 0;
            if (!_nulls[c])
            {
                ReadValue(c);
            }
        }
        return true;
    }

    public override bool IsNull(int column) => _nulls[column];

    public override double Double(int column) => BitConverter.Int64BitsToDouble(_bits[column]);

    public override long Integer(int column) => _bits[column];

    public override ulong Unsigned(int column) => (ulong)_bits[column];

    public override bool Boolean(int column) => _bits[column] != 0;

    public override string Text(int column) => _texts[column]!;

    public override void Dispose() => stream.Dispose();

    private void ReadValue(int column)
    {
        switch (types[column])
        {
            case WireType.Boolean:
                Require(1);
                _bits[column] = _buffer[_at++];
                break;
            case WireType.Text:
                _texts[column] = ReadText();
                break;
            default:
                Require(8);
                _bits[column] = BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(_at));
                _at += 8;
                break;
        }
    }

    private string ReadText()
    {
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            Require(1);
            byte part = _buffer[_at++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }
        if (length <= _buffer.Length)
        {
            Require(length);
            string text = Encoding.UTF8.GetString(_buffer.AsSpan(_at, length));
            _at += length;
            return text;
        }
        if (_long.Length < length)
        {
            _long = new byte[length];
        }
        for (int have = 0; have < length;)
        {
            Require(1);
            int part = Math.Min(length - have, _end - _at);
            _buffer.AsSpan(_at, part).CopyTo(_long.AsSpan(have));
            have += part;
            _at += part;
        }
        return Encoding.UTF8.GetString(_long.AsSpan(0, length));
    }

    private void Require(int bytes)
    {
        if (!Ensure(bytes))
        {
            throw explain("Code: 32, DB::Exception: the answer ends in the middle of a row");
        }
    }

    /// <summary>Has so many bytes in the buffer, which they fit into; false when the stream ends before.</summary>
    private bool Ensure(int bytes)
    {
        if (_end - _at >= bytes)
        {
            return true;
        }
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        _end -= _at;
        _at = 0;
        while (_end < bytes)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return false;
            }
            _end += read;
        }
        return true;
    }

    private string Rest()
    {
        var text = new StringBuilder();
        do
        {
            text.Append(Encoding.UTF8.GetString(_buffer.AsSpan(_at, _end - _at)));
            _at = _end;
        }
        while (text.Length < 4096 && Ensure(1));
        return text.ToString();
    }
}
