using System.Runtime.ExceptionServices;

namespace Plumbline.Files;

/// <summary>Deals blocks that one thread can read at a time out to several that work on them.</summary>
internal static class BlockDealer
{
    /// <summary>Hands every block to <paramref name="consume"/>; the failure of the earliest row is the one that is thrown.</summary>
    public static void Run(IEnumerable<RowBlock> blocks, int threads, Action<RowBlock> consume, CancellationToken cancellation)
    {
        using IEnumerator<RowBlock> stream = blocks.GetEnumerator();
        var gate = new Lock();
        (long Row, Exception Failure)? first = null;
        void Work()
        {
            while (true)
            {
                long row = -1;
                RowBlock? block = null;
                try
                {
                    lock (gate)
                    {
                        if (first is not null || !stream.MoveNext())
                        {
                            return;
                        }
                        block = stream.Current;
                        row = block.FirstRow;
                    }
                    cancellation.ThrowIfCancellationRequested();
                    consume(block);
                }
                catch (Exception e)
                {
                    lock (gate)
                    {
                        long at = row < 0 ? long.MaxValue : row; // the stream itself failed: after all rows handed out
                        first = first is { } other && other.Row <= at ? other : (at, e);
                    }
                    return;
                }
                finally
                {
                    block?.Dispose();
                }
            }
        }
        var others = new Thread[threads - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Work) { IsBackground = true, Name = "rows" };
            others[i].Start();
        }
        Work();
        foreach (Thread other in others)
        {
            other.Join();
        }
        if (first is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed.Failure);
        }
    }
}
