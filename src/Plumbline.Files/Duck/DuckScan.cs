using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>Rows of a query as blocks.</summary>
internal static class DuckScan
{
    private const int ReportEvery = 4;

    /// <summary>Runs <paramref name="sql"/>, and hands its rows over in their order.</summary>
    /// <param name="database">Where.</param>
    /// <param name="sql">The query.</param>
    /// <param name="targets">What its columns become.</param>
    /// <param name="blockRows">The most rows of a block.</param>
    /// <param name="fault">Retells an error of DuckDB.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<RowBlock> Read(
        DuckDatabase database,
        string sql,
        DuckTarget[] targets,
        int blockRows,
        Func<DuckException, PlumblineException> fault,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        using DuckQuery query = Try(() => new DuckQuery(database, sql, cancellation), fault);
        int columns = targets.Length;
        var types = new DuckDBType[columns];
        var logical = new DuckDBLogicalType[columns];
        try
        {
            for (int c = 0; c < columns; c++)
            {
                types[c] = query.Type(c);
                logical[c] = query.LogicalType(c);
            }
            var decoder = new DuckDecoder(types, logical, targets);
            var pool = new BlockPool(columns, blockRows);
            long firstRow = 0;
            int blocks = 0;
            BlockBuffer buffer = pool.Rent();
            int filled = 0;
            while (Try(query.Fetch, fault) is { } chunk)
            {
                using (chunk)
                {
                    int rows = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
                    for (int done = 0; done < rows;)
                    {
                        int some = Math.Min(rows - done, blockRows - filled);
                        Copy(decoder, chunk, columns, done, some, buffer, filled, fault);
                        done += some;
                        filled += some;
                        if (filled == blockRows)
                        {
                            yield return buffer.ToBlock(firstRow, filled);
                            firstRow += filled;
                            filled = 0;
                            buffer = pool.Rent();
                            if (progress is not null && blocks++ % ReportEvery == 0 && query.Progress is { } part)
                            {
                                progress.Report(part);
                            }
                        }
                    }
                }
            }
            if (filled > 0)
            {
                yield return buffer.ToBlock(firstRow, filled);
            }
            progress?.Report(1);
        }
        finally
        {
            foreach (DuckDBLogicalType type in logical)
            {
                type?.Dispose();
            }
        }
    }

    /// <summary>All rows of a small query of texts.</summary>
    public static List<string?[]> Texts(DuckDatabase database, string sql, int columns, CancellationToken cancellation = default)
    {
        using var query = new DuckQuery(database, sql, cancellation);
        var all = new List<string?[]>();
        while (query.Fetch() is { } chunk)
        {
            using (chunk)
            {
                int rows = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
                for (int row = 0; row < rows; row++)
                {
                    var texts = new string?[columns];
                    for (int c = 0; c < columns; c++)
                    {
                        texts[c] = DuckVector.Text(DataChunks.DuckDBDataChunkGetVector(chunk, c), row);
                    }
                    all.Add(texts);
                }
            }
        }
        return all;
    }

    private static void Copy(
        DuckDecoder decoder, DuckDBDataChunk chunk, int columns, int from, int rows, BlockBuffer buffer, int at, Func<DuckException, PlumblineException> fault)
    {
        try
        {
            for (int c = 0; c < columns; c++)
            {
                decoder.Copy(DataChunks.DuckDBDataChunkGetVector(chunk, c), c, from, rows, buffer, at);
            }
        }
        catch (DuckException e)
        {
            throw fault(e);
        }
    }

    private static T Try<T>(Func<T> step, Func<DuckException, PlumblineException> fault)
    {
        try
        {
            return step();
        }
        catch (DuckException e)
        {
            throw fault(e);
        }
    }
}
