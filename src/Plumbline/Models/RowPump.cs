using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>Carries the blocks of a source through the design's encoder to whatever sums them, on several threads.</summary>
internal sealed class RowPump(Design design, IRowSource source, FitOptions options)
{
    private readonly ConcurrentBag<DesignEncoder> _idle = [];
    private readonly ConcurrentBag<DesignEncoder> _all = [];

    /// <summary>Reads every row once. <paramref name="consume"/> is called from several threads at a time.</summary>
    public void Run(Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        Run(source, design.Inputs, threads, block => Take(block, consume), progress, cancellation);
    }

    /// <summary>Reads columns of a source once, on several threads. <paramref name="take"/> disposes the blocks.</summary>
    public static void Run(
        IRowSource source, IReadOnlyList<string> columns, int threads, Action<RowBlock> take, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (source is IParallelRowSource parallelSource)
        {
            parallelSource.ForEachBlock(columns, threads, take, progress, cancellation);
            return;
        }
        IEnumerable<RowBlock> blocks = source.Read(columns, progress, cancellation);
        if (threads == 1)
        {
            foreach (RowBlock block in blocks)
            {
                cancellation.ThrowIfCancellationRequested();
                take(block);
            }
            return;
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(blocks, EnumerablePartitionerOptions.NoBuffering), parallel, take);
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

    /// <summary>What became of the rows so far; <paramref name="used"/> of them had weight.</summary>
    public RowCounts Count(long used)
    {
        var byColumn = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (DesignEncoder encoder in _all)
        {
            foreach ((string name, long count) in encoder.DroppedByColumn)
            {
                byColumn[name] = byColumn.GetValueOrDefault(name) + count;
            }
        }
        return new RowCounts(_all.Sum(static e => e.RowsRead), used, _all.Sum(static e => e.RowsDropped), byColumn);
    }

    /// <summary>The range of each input among the rows so far that counted.</summary>
    public (double Minimum, double Maximum)[] Ranges()
    {
        var all = new InputRanges(design.Inputs.Count);
        foreach (DesignEncoder encoder in _all)
        {
            all.Add(encoder.Ranges);
        }
        return [.. Enumerable.Range(0, design.Inputs.Count).Select(i => all[i])];
    }

    private void Take(RowBlock block, Action<RowBlock> consume)
    {
        using (block)
        {
            if (!_idle.TryTake(out DesignEncoder? encoder))
            {
                encoder = design.CreateEncoder(options.Missing);
                _all.Add(encoder);
            }
            RowBlock encoded = encoder.Encode(block);
            if (encoded.Rows > 0)
            {
                consume(encoded);
            }
            _idle.Add(encoder);
        }
    }
}
