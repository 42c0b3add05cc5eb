using System.Runtime.ExceptionServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>
/// Rows of a query, handed over inside DuckDB's own pipeline: a function that DuckDB calls for every vector of rows, on the
/// threads that read them. Columns of doubles are not even copied.
/// </summary>
/// Method      select count(*) filter (where f(c1, …, ck)) from …: f is volatile, so it is called for every row that the
///             scan's condition leaves; it takes NULLs, and says false.
internal static class DuckPipeline
{
    /// <summary>Hands over columns on several threads, in no order.</summary>
    /// <param name="database">Where.</param>
    /// <param name="list">What is selected, in SQL.</param>
    /// <param name="targets">What these columns become.</param>
    /// <param name="scan">What follows FROM.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="consume">Takes the rows, which do not know their numbers. What it throws is thrown again.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DuckException">The reading fails.</exception>
    public static void Run(
        DuckDatabase database, string list, DuckTarget[] targets, string scan, int threads, Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        using DuckFunction function = Register(database, list, targets, scan, consume, cancellation);
        database.Run($"set threads={threads}");
        try
        {
            using var query = new DuckQuery(database, $"select count(*) filter (where {function.Name}({list})) from {scan}", cancellation, progress);
            query.Fetch()?.Dispose();
        }
        catch (DuckException) when (function.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(function.Failure);
        }
        progress?.Report(1);
    }

    /// <summary>Makes the function take exactly the types that the columns have: nothing is cast on the way.</summary>
    private static DuckFunction Register(
        DuckDatabase database, string list, DuckTarget[] targets, string scan, Action<RowBlock> consume, CancellationToken cancellation)
    {
        using var empty = new DuckQuery(database, $"select {list} from {scan} limit 0", cancellation);
        var types = new DuckDBType[targets.Length];
        var logical = new DuckDBLogicalType[targets.Length];
        for (int c = 0; c < types.Length; c++)
        {
            types[c] = empty.Type(c);
            logical[c] = empty.LogicalType(c);
        }
        var function = new DuckFunction(types, logical, targets, consume);
        try
        {
            using DuckDBNativeConnection connection = database.Connect();
            function.Register(connection);
            return function;
        }
        catch
        {
            function.Dispose();
            throw;
        }
    }
}
