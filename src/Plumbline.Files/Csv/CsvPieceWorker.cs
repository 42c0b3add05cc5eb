namespace Plumbline.Files;

/// <summary>One thread's reading of pieces of CSV: text in, numbers out.</summary>
internal sealed class CsvPieceWorker(CsvPlan plan, int blockRows, int bytes) : IDisposable
{
    private readonly BlockPool _pool = new(plan.Columns.Count, blockRows);
    private readonly CsvFields _fields = new(plan);
    private readonly List<(BlockBuffer Buffer, int Rows)> _blocks = [];
    private CsvScanner? _scanner;
    private CsvFile? _file;

    /// <summary>Where the first record of the piece began.</summary>
    public long Begin { get; private set; }

    /// <summary>Where the first record after the piece begins.</summary>
    public long End { get; private set; }

    /// <summary>The line ends in the piece.</summary>
    public long Lines { get; private set; }

    /// <summary>The rows in the piece.</summary>
    public long Rows { get; private set; }

    /// <summary>Reads a piece from where it probably begins; false when something is wrong, or the place.</summary>
    public bool TryGuess(CsvPiece piece)
    {
        try
        {
            _fields.Defer = true;
            CsvScanner scanner = ScannerOf(piece.File);
            if (piece.IsFirst)
            {
                scanner.Begin(piece.From, 1);
            }
            else
            {
                scanner.BeginAfterLineEnd(piece.From - 1, 1);
            }
            Read(scanner, piece);
            return true;
        }
        catch (PlumblineException)
        {
            return false; // Read from the proven place, what is wrong there is told with its line.
        }
    }

    /// <summary>Reads a piece from where it begins.</summary>
    /// <exception cref="PlumblineException">A record is wrong, or the file is no longer what it was.</exception>
    public void Read(CsvPiece piece, long begin, long line)
    {
        try
        {
            _fields.Forget();
            _fields.Defer = false;
            CsvScanner scanner = ScannerOf(piece.File);
            scanner.Begin(begin, line);
            Read(scanner, piece);
        }
        catch (PlumblineException)
        {
            piece.File.Stamp.Verify(piece.File.Path);
            throw;
        }
    }

    /// <summary>Hands over what was read, which is there.</summary>
    public void HandOver(long firstRow, Action<RowBlock> consume)
    {
        _fields.Settle(_blocks);
        foreach ((BlockBuffer buffer, int rows) in _blocks)
        {
            using RowBlock block = buffer.ToBlock(firstRow, rows);
            consume(block);
            firstRow += rows;
        }
        _blocks.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _scanner?.Dispose();

    private CsvScanner ScannerOf(CsvFile file)
    {
        if (_file != file)
        {
            _scanner?.Dispose();
            _scanner = file.Scanner(bytes);
            _file = file;
        }
        return _scanner!;
    }

    private void Read(CsvScanner scanner, CsvPiece piece)
    {
        foreach ((BlockBuffer buffer, _) in _blocks)
        {
            _pool.Return(buffer);
        }
        _blocks.Clear();
        Begin = scanner.Position;
        long line = scanner.NextLine;
        Rows = 0;
        while (scanner.Position < piece.Until)
        {
            BlockBuffer buffer = _pool.Rent();
            int rows = _fields.Fill(scanner, piece.File.Path, buffer, 0, _pool.Rows, piece.Until);
            if (rows == 0)
            {
                _pool.Return(buffer);
                break;
            }
            _blocks.Add((buffer, rows));
            Rows += rows;
        }
        End = scanner.Position;
        Lines = scanner.NextLine - line;
    }
}
