using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>Carries the blocks of a source to several threads.</summary>
internal static class BlockPump
{
    /// <summary>Reads every row once.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="threads">How many threads may work; 0 for as many as there are cores.</param>
    /// <param name="consume">Called from several threads at a time; disposes the block.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static void Run(
        IRowSource source,
        IReadOnlyList<string> columns,
        int threads,
        Action<RowBlock> consume,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        threads = threads > 0 ? threads : Environment.ProcessorCount;
        if (source is IParallelRowSource parallelSource)
        {
            parallelSource.ForEachBlock(columns, threads, consume, progress, cancellation);
            return;
        }
        IEnumerable<RowBlock> blocks = source.Read(columns, progress, cancellation);
        if (threads == 1)
        {
            foreach (RowBlock block in blocks)
            {
                cancellation.ThrowIfCancellationRequested();
                consume(block);
            }
            return;
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(blocks, EnumerablePartitionerOptions.NoBuffering), parallel, consume);
        }
        catch (AggregateException failures)
        {
            // The earliest row's failure, so that the message does not depend on which thread was quicker.
            Exception first = failures.Flatten().InnerExceptions
                .OrderBy(static e => e is PlumblineException { Line: long line } ? line : e is PlumblineException ? -1 : long.MaxValue)
                .First();
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
