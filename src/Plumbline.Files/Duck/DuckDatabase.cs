using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>
/// An in-memory DuckDB, or one of a file to be read only, that can read the files it was opened for and nothing else: no other file, no network, no
/// extension loaded from anywhere, no temporary files. None of this can be turned on again once it is off, and a
/// condition in SQL stands inside one prepared SELECT, which cannot change settings.
/// </summary>
internal sealed class DuckDatabase : IDisposable
{
    private const long DefaultMemory = 1L << 30;

    private readonly DuckDBDatabase _database;

    private DuckDatabase(DuckDBDatabase database) => _database = database;

    /// <summary>Opens a database for some files.</summary>
    /// <exception cref="PlumblineException"><c>read-failed</c>: DuckDB does not start.</exception>
    public static DuckDatabase Open(FileSet files, FileSourceOptions options) =>
        Open(files.Name, files.Paths, options, files.Table is null ? null : files.First);

    /// <summary>Opens a database that may read and write some files; in memory, or one that is <paramref name="stored"/> in a file, to be read.</summary>
    /// <exception cref="PlumblineException"><c>read-failed</c>: DuckDB does not start.</exception>
    public static DuckDatabase Open(string name, IReadOnlyList<string> files, FileSourceOptions options, string? stored = null)
    {
        Configuration.DuckDBCreateConfig(out DuckDBConfig config);
        DuckDBDatabase database;
        string error;
        using (config)
        {
            Set(config, "threads", (options.Threads ?? 1).ToString());
            Set(config, "memory_limit", $"{options.MemoryLimit ?? DefaultMemory}B");
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            Set(config, "temp_directory", "");
            if (stored is not null)
            {
                Set(config, "access_mode", "READ_ONLY");
            }
            if (!Startup.DuckDBOpen(stored is null ? ":memory:" : Path.GetFullPath(stored), out database, config, out error).IsSuccess())
            {
                if (stored is not null)
                {
                    throw TableErrors.NotOpened(stored, error);
                }
                throw FileErrors.ReadFailed(name, $"DuckDB does not start: {error}");
            }
        }
        var opened = new DuckDatabase(database);
        try
        {
            using DuckDBNativeConnection connection = opened.Connect();
            Lock(connection, files);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        return opened;
    }

    /// <summary>A connection, which the caller disposes.</summary>
    public DuckDBNativeConnection Connect()
    {
        if (!Startup.DuckDBConnect(_database, out DuckDBNativeConnection connection).IsSuccess())
        {
            throw new InvalidOperationException("DuckDB does not connect to its own memory.");
        }
        // DuckDB keeps count of its progress only for a connection that has a progress bar.
        Run(connection, "set enable_progress_bar=true; set enable_progress_bar_print=false;");
        return connection;
    }

    /// <summary>Runs a statement that has no result, such as a setting.</summary>
    public void Run(string sql)
    {
        using DuckDBNativeConnection connection = Connect();
        Run(connection, sql);
    }

    private static void Lock(DuckDBNativeConnection connection, IReadOnlyList<string> files)
    {
        // A name with the characters of patterns is given as a pattern that matches itself only: both forms are checked.
        IEnumerable<string> paths = files.SelectMany(path => new[] { Path.GetFullPath(path), DuckSql.Literal(path) });
        string sql = $"set allowed_paths=[{string.Join(", ", paths.Distinct(StringComparer.Ordinal).Select(DuckSql.Text))}]; "
            + "set enable_external_access=false;";
        Run(connection, sql);
    }

    private static void Run(DuckDBNativeConnection connection, string sql)
    {
        bool done = Query.DuckDBQuery(connection, sql, out DuckDBResult result).IsSuccess();
        string error = done ? "" : Query.DuckDBResultError(ref result);
        Query.DuckDBDestroyResult(ref result);
        if (!done)
        {
            throw new InvalidOperationException($"DuckDB does not take its settings: {error}");
        }
    }

    private static void Set(DuckDBConfig config, string name, string value)
    {
        if (!Configuration.DuckDBSetConfig(config, name, value).IsSuccess())
        {
            throw new InvalidOperationException($"DuckDB does not know the setting {name}={value}.");
        }
    }

    /// <summary>Closes the database once its connections are closed.</summary>
    public void Dispose() => _database.Dispose();
}
