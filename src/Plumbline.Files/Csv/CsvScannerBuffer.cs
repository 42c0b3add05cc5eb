using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Files;

/// <content>The bytes: read, moved to the front, searched for those that mean something.</content>
internal sealed partial class CsvScanner
{
    /// <summary>Goes to a record that begins <paramref name="position"/> bytes into the stream.</summary>
    /// <param name="position">How many bytes into the stream.</param>
    /// <param name="line">The line of the file that begins there.</param>
    public void Begin(long position, long line)
    {
        _stream.Position = position;
        (_base, _end, _ended, _record, _recordBegin) = (position, 0, false, 0, 0);
        _nextLine = line;
        Fill();
        _scan = 0;
        Load(0);
    }

    /// <summary>Goes to what follows the first line end from <paramref name="position"/> on: a guess, as the line end may stand in quotes.</summary>
    public void BeginAfterLineEnd(long position, long line)
    {
        Begin(position, line);
        int end = _buffer.AsSpan(0, _end).IndexOf(_lineEnd == 3 ? (byte)'\r' : (byte)'\n');
        _scan = _record = end < 0 ? _end : end + 1;
        Load(_scan);
    }

    /// <summary>
    /// A field of the current record as a text: unlike what is read as a number, it does not keep its closing quote when spaces follow that.
    /// </summary>
    public ReadOnlySpan<byte> Text(int field)
    {
        (int begin, int end) = (_fields[2 * field], _fields[(2 * field) + 1]);
        bool doubled = end < 0;
        end = doubled ? ~end : end;
        ReadOnlySpan<byte> text = _buffer.AsSpan(begin, end - begin);
        bool quoted = begin > _recordBegin && _buffer[begin - 1] == Quote;
        if (quoted && !(end < _end && _buffer[end] == Quote))
        {
            text = text.TrimEnd((byte)' ')[..^1];
        }
        return doubled ? CsvQuotes.Undouble(text, ref _scratch) : text;
    }

    /// <summary>Whether there is a byte after <paramref name="at"/>, reading more if need be.</summary>
    private bool Has(ref int at, ref int begin)
    {
        if (at + 1 == _end && !_ended)
        {
            int shift = Shift();
            at -= shift;
            begin -= shift;
            Load(_scan);
        }
        return at + 1 < _end;
    }

    /// <summary>Drops what is before the current record, moves the rest to the front and reads more; by how much it moved.</summary>
    private int Shift()
    {
        int shift = _recordBegin;
        int kept = _end - shift;
        if (kept > LongestRecord)
        {
            throw FileErrors.LongLine(_file, Line, LongestRecord);
        }
        if (shift > 0)
        {
            _buffer.AsSpan(shift, kept).CopyTo(_buffer);
        }
        if (kept > _buffer.Length / 2)
        {
            Array.Resize(ref _buffer, (2 * (_buffer.Length - Slack)) + Slack);
        }
        for (int i = 0; i < Count; i++)
        {
            _fields[2 * i] -= shift;
            _fields[(2 * i) + 1] += _fields[(2 * i) + 1] < 0 ? shift : -shift;
        }
        _end = kept;
        _base += shift;
        _scan -= shift;
        _recordBegin = 0;
        Fill();
        return shift;
    }

    private void Fill()
    {
        try
        {
            int room = _buffer.Length - Slack;
            while (_end < room && !_ended)
            {
                int read = _stream.Read(_buffer, _end, room - _end);
                _ended = read == 0;
                _end += read;
            }
        }
        catch (InvalidDataException e)
        {
            throw FileErrors.Damaged(_file, "its compressed data cannot be unpacked", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Unreadable(_file, e);
        }
    }

    /// <summary>Finds the special bytes among the 64 from <paramref name="at"/>.</summary>
    private void Load(int at)
    {
        _window = at;
        if (at >= _end)
        {
            _mask = 0;
            return;
        }
        Vector512<byte> bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_buffer), (nuint)at);
        Vector512<byte> special = Vector512.Equals(bytes, Vector512.Create(_delimiter))
            | Vector512.Equals(bytes, Vector512.Create(Quote))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\n'))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\r'));
        _mask = special.ExtractMostSignificantBits();
        if (_end - at < 64)
        {
            _mask &= (1UL << (_end - at)) - 1;
        }
    }
}
