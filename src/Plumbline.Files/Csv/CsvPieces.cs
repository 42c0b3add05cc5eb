namespace Plumbline.Files;

/// <summary>A piece of a CSV file: the records that begin in a range of its bytes.</summary>
/// <param name="Index">Its place among the pieces of all files.</param>
/// <param name="File">The file.</param>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where the next piece begins.</param>
internal sealed record CsvPiece(long Index, CsvFile File, long From, long Until)
{
    /// <summary>Whether it begins with the first record after the header.</summary>
    public bool IsFirst => From == File.Start;

    /// <summary>Whether the file ends with it.</summary>
    public bool IsLast => Until == File.Stamp.Length;
}

/// <summary>A file that is being read in pieces.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly CsvScanner _header;

    /// <summary>Opens a file and reads its header.</summary>
    public CsvFile(string path, FileStamp stamp, CsvLayout layout)
    {
        Path = path;
        Stamp = stamp;
        _stream = FileSet.Open(path);
        _header = new CsvScanner(Part(), path) { Delimiter = layout.Delimiter };
        _header.Read();
        _header.Expected = layout.Columns.Count;
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Its length and its time.</summary>
    public FileStamp Stamp { get; }

    /// <summary>Where the first record after the header begins.</summary>
    public long Start => _header.Position;

    /// <summary>The line of <see cref="Start"/>.</summary>
    public long FirstLine => _header.NextLine;

    /// <summary>A scanner for one thread.</summary>
    public CsvScanner Scanner(int bytes) => new(Part(), Path, _header, bytes);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _header.Dispose();
        _stream.Dispose();
    }

    private FilePart Part() => new(_stream.SafeFileHandle, Stamp.Length);
}

/// <summary>
/// Hands out the pieces of files in their order, to any thread, and puts together what the threads found: where each
/// piece truly begins, and which line and row that is. A piece is begun at a guess, after a line end, which is wrong when the
/// line end stands in quotes. The guess is right exactly when the records of the piece before end there; that piece began
/// right by the same proof, and the first begins after the header.
/// </summary>
internal sealed class CsvPieces(FileSet files, CsvLayout layout, int bytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly object _turn = new();
    private readonly List<CsvFile> _opened = [];
    private CsvFile? _file;
    private int _files;
    private long _from;
    private long _index;
    private long _next;                         // the piece whose beginning is known
    private long _position;
    private long _failed = long.MaxValue;       // the first piece that failed
    private Exception? _failure;
    private bool _stopped;

    /// <summary>The line with which the piece whose turn it is begins.</summary>
    public long Line { get; private set; }

    /// <summary>The row with which the piece whose turn it is begins.</summary>
    public long Row { get; private set; }

    /// <summary>What went wrong first, in the order of the rows.</summary>
    public Exception? Failure => _failure;

    /// <summary>The next piece that nobody has; null when there is none, or no need for more.</summary>
    public CsvPiece? Take()
    {
        lock (_gate)
        {
            while (_file is null || _from >= _file.Stamp.Length)
            {
                if (_files == files.Paths.Count)
                {
                    return null;
                }
                _file = new CsvFile(files.Paths[_files], files.Stamps[_files], layout);
                _files++;
                _opened.Add(_file);
                _from = _file.Start;
            }
            lock (_turn)
            {
                if (_stopped || _failed < long.MaxValue)
                {
                    return null;
                }
            }
            long until = Math.Min(_file.Stamp.Length, _from + bytes);
            var piece = new CsvPiece(_index++, _file, _from, until);
            _from = until;
            return piece;
        }
    }

    /// <summary>Waits until it is known where the piece begins; null when that is no longer of use.</summary>
    public long? Beginning(CsvPiece piece)
    {
        lock (_turn)
        {
            while (_next != piece.Index && !_stopped && _failed > piece.Index)
            {
                Monitor.Wait(_turn);
            }
            if (_stopped || _failed < piece.Index)
            {
                return null;
            }
            if (piece.IsFirst)
            {
                _position = piece.File.Start;
                Line = piece.File.FirstLine;
            }
            return _position;
        }
    }

    /// <summary>Tells where the piece ended, so that the next has its turn.</summary>
    public void Done(CsvPiece piece, long position, long lines, long rows)
    {
        if (piece.IsLast)
        {
            piece.File.Stamp.Verify(piece.File.Path);
        }
        lock (_turn)
        {
            _position = position;
            Line += lines;
            Row += rows;
            _next = piece.Index + 1;
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>Notes what went wrong with a piece: no more are handed out, those before it are finished.</summary>
    public void Fail(long piece, Exception failure)
    {
        lock (_turn)
        {
            if (piece < _failed)
            {
                _failed = piece;
                _failure = failure;
            }
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>Ends all waiting.</summary>
    public void Stop()
    {
        lock (_turn)
        {
            _stopped = true;
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (CsvFile file in _opened)
        {
            file.Dispose();
        }
    }
}
