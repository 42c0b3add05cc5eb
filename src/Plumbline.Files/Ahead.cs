using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Plumbline.Files;

/// <summary>Reads ahead: while the caller works on a block, another thread reads the next ones.</summary>
internal static class Ahead
{
    private const int Blocks = 2; // read and not yet asked for

    /// <summary>The same blocks in the same order. What goes wrong is thrown in the place of the block that is not there.</summary>
    public static IEnumerable<RowBlock> Of(IEnumerable<RowBlock> blocks, CancellationToken cancellation)
    {
        using IEnumerator<RowBlock> reader = blocks.GetEnumerator();
        if (!reader.MoveNext())
        {
            yield break;
        }
        yield return reader.Current; // of small files it is the only one: they need no thread
        using var waiting = new BlockingCollection<RowBlock>(Blocks);
        using var left = new CancellationTokenSource();
        ExceptionDispatchInfo? failure = null;
        void Work()
        {
            RowBlock? block = null; // that nobody else has
            try
            {
                while (!left.IsCancellationRequested && reader.MoveNext())
                {
                    block = reader.Current;
                    waiting.Add(block, left.Token);
                    block = null;
                }
            }
            catch (OperationCanceledException) when (left.IsCancellationRequested)
            {
                block?.Dispose();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                waiting.CompleteAdding();
            }
        }
        var thread = new Thread(Work) { IsBackground = true, Name = "ahead" };
        thread.Start();
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!waiting.TryTake(out RowBlock? block, Timeout.Infinite, CancellationToken.None))
                {
                    break;
                }
                yield return block;
            }
        }
        finally
        {
            left.Cancel();
            thread.Join();
            while (waiting.TryTake(out RowBlock? block))
            {
                block.Dispose();
            }
        }
        failure?.Throw();
    }
}
