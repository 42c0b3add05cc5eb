namespace Plumbline.Tests.Inference;

/// <summary>A table that is read in blocks of a few rows, in order, or on several threads in none.</summary>
internal sealed class BlockSource(Table table, int rows) : IParallelRowSource
{
    public string Name => table.Name;

    public IReadOnlyList<ColumnInfo> Columns => table.Columns;

    public IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation)
    {
        foreach (RowBlock block in table.Read(columns, progress, cancellation))
        {
            for (int start = 0; start < block.Rows; start += rows)
            {
                int count = Math.Min(rows, block.Rows - start);
                yield return new RowBlock(
                    block.FirstRow + start, count, [.. Enumerable.Range(0, block.Count).Select(c => new NumberColumn(block[c].High.Slice(start, count).ToArray(), null, 0, count))]);
            }
        }
    }

    public void ForEachBlock(
        IReadOnlyList<string> columns, int threads, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        RowBlock[] blocks = [.. Read(columns, progress, cancellation)];
        Array.Reverse(blocks);
        Parallel.ForEach(blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, consume);
    }
}
