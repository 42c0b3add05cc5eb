namespace Plumbline;

/// <summary>Rows that several threads can read at a time, for work that does not mind in which order they come.</summary>
public interface IParallelRowSource : IRowSource
{
    /// <summary>
    /// Reads the named columns (as <see cref="IRowSource.Read"/> does), all rows once, and hands them over in blocks, on several threads at a time and in no
    /// order. A block is valid during the call that brings it. Returns when all are done.
    /// </summary>
    /// <param name="columns">Names of <see cref="IRowSource.Columns"/>; blocks have them in this order.</param>
    /// <param name="threads">How many threads may read and call <paramref name="consume"/> at a time, at least 1.</param>
    /// <param name="consume">
    /// Takes a block. What it throws ends the reading and is thrown again; the source may then hand it rows a second time, in their
    /// order, so that what is thrown is about the first row at fault and knows its number.
    /// </param>
    /// <param name="progress">Told the fraction read, 0 to 1, where the source can tell; may be null.</param>
    /// <param name="cancellation">Stops the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="PlumblineException">The data cannot be read: the message says what, where and what next.</exception>
    void ForEachBlock(
        IReadOnlyList<string> columns, int threads, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation);
}
