#:package DuckDB.NET.Bindings.Full
// Runs SQL in a DuckDB of its own and prints the seconds that each statement took, one a line, best of the repetitions.
//
//     dotnet run bench/peers/files.cs -- THREADS REPETITIONS SQL…
//
// The yardstick of files.sh, and what makes its data.
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

if (!Startup.DuckDBOpen(":memory:", out DuckDBDatabase database).IsSuccess()
    || !Startup.DuckDBConnect(database, out DuckDBNativeConnection connection).IsSuccess())
{
    Console.Error.WriteLine("DuckDB does not start.");
    return 1;
}
Run($"set threads={args[0]}; set preserve_insertion_order=false; set memory_limit='2GB';");
foreach (string sql in args[2..])
{
    double best = double.PositiveInfinity;
    for (int i = 0; i < int.Parse(args[1], CultureInfo.InvariantCulture); i++)
    {
        long start = Stopwatch.GetTimestamp();
        Run(sql);
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
    Console.WriteLine(best.ToString("F3", CultureInfo.InvariantCulture));
}
return 0;

void Run(string sql)
{
    bool done = Query.DuckDBQuery(connection, sql, out DuckDBResult result).IsSuccess();
    string error = done ? "" : Query.DuckDBResultError(ref result);
    Query.DuckDBDestroyResult(ref result);
    if (!done)
    {
        throw new InvalidOperationException($"{error}\n{sql}");
    }
}
