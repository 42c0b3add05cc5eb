using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Files;

/// <summary>
/// Cuts CSV bytes into records and fields, strictly as RFC 4180 says, with the few liberties that DuckDB's strict
/// reader takes too (the tests hold the two equal): a byte order mark; LF, CRLF or CR, but one of them throughout;
/// spaces around a quoted field; a quote inside an unquoted field is a character; blank lines count for nothing
/// unless there is one column, where they are a missing value; a separator after the last field.
/// </summary>
/// Method      Delimiters, quotes and line ends are found 64 bytes at a time as a bit mask; the bits are visited in order.
/// Cost        One pass; memory for the longest record.
internal sealed partial class CsvScanner : IDisposable
{
    /// <summary>The longest record in bytes.</summary>
    public const int LongestRecord = 2_000_000;

    private const int FirstBuffer = 1 << 18;
    private const int Slack = 64; // a window of 64 bytes may be loaded at the last byte
    private const byte Quote = (byte)'"';

    private readonly Stream _stream;
    private readonly string _file;
    private byte[] _buffer;
    private int _end;          // bytes in the buffer
    private long _base;        // how far into the stream the buffer begins
    private bool _ended;       // nothing more to come from the stream
    private int _record;       // where the next record begins
    private int _recordBegin;  // where the current record begins
    private int _scan;         // where bytes not yet looked at begin
    private int _window;       // the 64 bytes that _mask is about
    private ulong _mask;       // special bytes of the window not visited yet
    private byte _delimiter;
    private int[] _fields = new int[64]; // begin and end of each field; the end's complement when it holds doubled quotes
    private byte[] _scratch = [];
    private int _lineEnd;      // 0 not seen, 1 LF, 2 CRLF, 3 CR
    private long _nextLine = 1;

    /// <summary>A scanner of a stream, which it owns. Skips a byte order mark.</summary>
    public CsvScanner(Stream stream, string file)
    {
        _stream = stream;
        _file = file;
        _buffer = new byte[FirstBuffer + Slack];
        Fill();
        ReadOnlySpan<byte> start = _buffer.AsSpan(0, _end);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            Dispose();
            throw FileErrors.NotUtf8(file, line: null);
        }
        _scan = _record = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        Delimiter = (byte)',';
    }

    /// <summary>A scanner of pieces of a stream, which it owns; <see cref="Begin"/> or <see cref="BeginAfterLineEnd"/> comes first.</summary>
    /// <param name="stream">A stream whose position can be set.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="header">Who read the header: what it found out about delimiter and line ends holds here.</param>
    /// <param name="bytes">How many bytes are read at a time.</param>
    public CsvScanner(Stream stream, string file, CsvScanner header, int bytes)
    {
        _stream = stream;
        _file = file;
        _buffer = new byte[bytes + Slack];
        _delimiter = header._delimiter;
        _lineEnd = header._lineEnd;
        Expected = header.Expected;
    }

    /// <summary>What stands between fields. Can be set before the first record is read.</summary>
    public byte Delimiter
    {
        get => _delimiter;
        set
        {
            _delimiter = value;
            Load(_scan);
        }
    }

    /// <summary>How many fields a record should have; 0 before that is known.</summary>
    public int Expected { get; set; }

    /// <summary>How many fields the current record has.</summary>
    public int Count { get; private set; }

    /// <summary>The 1-based line of the file on which the current record begins.</summary>
    public long Line { get; private set; }

    /// <summary>The line on which the next record begins.</summary>
    public long NextLine => _nextLine;

    /// <summary>How many bytes into the stream the next record begins.</summary>
    public long Position => _base + _record;

    /// <summary>The bytes at the front of the stream, before the first record is read.</summary>
    public ReadOnlySpan<byte> Peek => _buffer.AsSpan(_record, _end - _record);

    /// <summary>The text of a field of the current record, without its quotes. Valid until the next one is asked for.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            (int begin, int end) = (_fields[2 * field], _fields[(2 * field) + 1]);
            return end >= 0 ? _buffer.AsSpan(begin, end - begin) : CsvQuotes.Undouble(_buffer.AsSpan(begin, ~end - begin), ref _scratch);
        }
    }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="PlumblineException"><c>bad-quote</c>, <c>mixed-line-ends</c>, <c>line-too-long</c>, <c>damaged-file</c>.</exception>
    public bool Read()
    {
        while (ReadRecord())
        {
            bool blank = Count == 1 && _fields[0] == _fields[1] && _fields[0] == _recordBegin;
            if (!blank || Expected <= 1)
            {
                return true;
            }
        }
        return false;
    }

    private bool ReadRecord()
    {
        Count = 0;
        Line = _nextLine;
        _recordBegin = _record;
        int begin = _record;
        while (true)
        {
            int at = Next(ref begin);
            if (at < 0)
            {
                if (begin == _end && Count == 0)
                {
                    return false;
                }
                Add(begin, _end);
                _record = _end;
                return true;
            }
            byte special = _buffer[at];
            if (special == Quote)
            {
                if (!OnlySpaces(begin, at))
                {
                    continue;
                }
                special = Quoted(at, ref begin, out at);
            }
            else
            {
                Add(begin, at);
            }
            if (special == _delimiter && at < _end)
            {
                begin = at + 1;
                continue;
            }
            if (at < _end)
            {
                at = LineEnd(at, ref begin);
            }
            _record = at;
            return true;
        }
    }

    /// <summary>A quoted field from its opening quote at <paramref name="open"/>: to the delimiter or line end after it.</summary>
    private byte Quoted(int open, ref int begin, out int at)
    {
        long line = _nextLine;
        bool doubled = false;
        begin = open + 1;
        while (true)
        {
            at = Next(ref begin);
            if (at < 0)
            {
                throw FileErrors.BadQuote(_file, line, "a quoted field begins here that never ends");
            }
            if (_buffer[at] == Quote)
            {
                if (!Has(ref at, ref begin) || _buffer[at + 1] != Quote)
                {
                    break;
                }
                doubled = true;
                Next(ref begin);
            }
            else if (_buffer[at] == '\n' || (_buffer[at] == '\r' && (!Has(ref at, ref begin) || _buffer[at + 1] != '\n')))
            {
                _nextLine++;
            }
        }
        int begun = begin;
        int close = at;
        at = Next(ref begin);
        close -= begun - begin;
        at = at < 0 ? _end : at;
        if (!OnlySpaces(close + 1, at) || (at < _end && _buffer[at] == Quote))
        {
            throw FileErrors.BadQuote(_file, _nextLine, "text follows the closing quote of a field");
        }
        // DuckDB takes no number, and no missing value, from a quoted field with spaces after it: nor is it one with its quote.
        int end = at > close + 1 && Expected > 0 ? at : close;
        Add(begin, doubled ? ~end : end);
        return at < _end ? _buffer[at] : (byte)0;
    }

    /// <summary>Steps over the line end at <paramref name="at"/>; where the next record begins.</summary>
    private int LineEnd(int at, ref int begin)
    {
        int kind = 1;
        int next = at + 1;
        if (_buffer[at] == '\r')
        {
            // A shift of the buffer in Has would move the fields of this record; they move with it.
            kind = Has(ref at, ref begin) && _buffer[at + 1] == '\n' ? 2 : 3;
            next = at + 1;
            if (kind == 2)
            {
                Next(ref begin);
                next++;
            }
        }
        if (_lineEnd != kind)
        {
            if (_lineEnd != 0)
            {
                throw FileErrors.MixedLineEnds(_file, _nextLine);
            }
            _lineEnd = kind;
        }
        _nextLine++;
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int begin, int end)
    {
        if (2 * Count == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * _fields.Length);
        }
        _fields[2 * Count] = begin;
        _fields[(2 * Count) + 1] = end;
        Count++;
    }

    /// <summary>The next special byte, or −1 at the end. Moves <paramref name="begin"/> when the buffer is shifted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(ref int begin)
    {
        if (_mask == 0 && !Advance(ref begin))
        {
            return -1;
        }
        int at = _window + BitOperations.TrailingZeroCount(_mask);
        _mask &= _mask - 1;
        _scan = at + 1;
        return at;
    }

    private bool Advance(ref int begin)
    {
        int next = _window + 64;
        while (true)
        {
            while (next < _end)
            {
                Load(next);
                if (_mask != 0)
                {
                    return true;
                }
                next += 64;
            }
            if (_ended)
            {
                _scan = _end;
                return false;
            }
            // Bytes of the last, incomplete window without specials need no second look.
            _scan = Math.Max(_scan, _end);
            int shift = Shift();
            begin -= shift;
            next = _scan;
        }
    }

    private bool OnlySpaces(int begin, int end) => !_buffer.AsSpan(begin, end - begin).ContainsAnyExcept((byte)' ');

    /// <summary>Closes the stream.</summary>
    public void Dispose() => _stream.Dispose();
}
