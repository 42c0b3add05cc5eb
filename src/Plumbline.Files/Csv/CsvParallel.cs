namespace Plumbline.Files;

/// <summary>
/// Reads plain CSV files on several threads: each takes the next piece of about half a megabyte, cuts and parses it into blocks
/// of its own, waits until the piece before has proven where this one begins, and hands its blocks over. What is read and
/// which error is found first is as if one thread had read everything in order.
/// </summary>
/// Cost        One pass, and a second over pieces that a quoted line end made begin at the wrong place. Per thread the text and the
///             numbers of one piece.
internal sealed class CsvParallel(
    FileSet files, CsvPlan plan, FileSourceOptions options, Action<RowBlock> consume, IProgress<double>? progress)
{
    private const int Ahead = 1 << 14;              // bytes read beyond a piece: room for the end of its last record
    private const int RowsWanted = 2048;
    private const int BytesOfField = 20;            // a double in full, and a comma
    private readonly int _bytes = options.PieceBytes ?? Math.Clamp(RowsWanted * BytesOfField * plan.Layout.Columns.Count, 1 << 18, 1 << 22);
    private readonly double _total = Math.Max(1, files.Bytes);

    /// <summary>Reads all rows.</summary>
    public void Run(int threads, CancellationToken cancellation)
    {
        using var pieces = new CsvPieces(files, plan.Layout, _bytes);
        var others = new Thread[Math.Max(0, (int)Math.Min(threads, (files.Bytes / _bytes) + 1) - 1)];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => Work(pieces, cancellation)) { IsBackground = true, Name = "csv" };
            others[i].Start();
        }
        Work(pieces, cancellation);
        foreach (Thread other in others)
        {
            other.Join();
        }
        cancellation.ThrowIfCancellationRequested();
        if (pieces.Failure is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        progress?.Report(1);
    }

    private void Work(CsvPieces pieces, CancellationToken cancellation)
    {
        using var worker = new CsvPieceWorker(plan, BlockPool.RowsFor(plan.Columns.Count, options.BlockRows), _bytes + Ahead);
        while (true)
        {
            CsvPiece? piece = null;
            try
            {
                if (cancellation.IsCancellationRequested)
                {
                    pieces.Stop();
                    return;
                }
                piece = pieces.Take();
                if (piece is null || !Read(pieces, worker, piece))
                {
                    return;
                }
            }
            catch (Exception e)
            {
                pieces.Fail(piece?.Index ?? long.MaxValue - 1, e);
                return;
            }
        }
    }

    private bool Read(CsvPieces pieces, CsvPieceWorker worker, CsvPiece piece)
    {
        bool sound = worker.TryGuess(piece);
        if (pieces.Beginning(piece) is not { } begin)
        {
            return false;
        }
        if (!sound || worker.Begin != begin)
        {
            worker.Read(piece, begin, pieces.Line);
        }
        long row = pieces.Row;
        pieces.Done(piece, worker.End, worker.Lines, worker.Rows);
        worker.HandOver(row, consume);
        progress?.Report(Math.Min(1, ((double)piece.Index + 1) * _bytes / _total));
        return true;
    }
}
