using System.IO.Compression;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files.Tests;

/// <summary>A folder for one test, gone afterwards; what a test writes, and what it reads back.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-").FullName;

    public string Folder => _folder;

    public string At(string name) => Path.Join(_folder, name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            gzip.Write(bytes);
        }
        else if (name.EndsWith(".zst", StringComparison.Ordinal))
        {
            Pack(path, bytes);
        }
        else
        {
            File.WriteAllBytes(path, bytes);
        }
        return path;
    }

    /// <summary>Lets DuckDB write a file: COPY (select …) TO 'path' (options).</summary>
    public string Copy(string select, string name, string options)
    {
        Run($"copy ({select}) to '{At(name)}' ({options})");
        return At(name);
    }

    /// <summary>Runs SQL in a DuckDB of its own, with no limits.</summary>
    public static void Run(string sql)
    {
        Assert.True(Startup.DuckDBOpen(":memory:", out DuckDBDatabase database).IsSuccess());
        using (database)
        {
            Assert.True(Startup.DuckDBConnect(database, out DuckDBNativeConnection connection).IsSuccess());
            using (connection)
            {
                bool done = Query.DuckDBQuery(connection, sql, out DuckDBResult result).IsSuccess();
                string error = done ? "" : Query.DuckDBResultError(ref result);
                Query.DuckDBDestroyResult(ref result);
                Assert.True(done, error);
            }
        }
    }

    /// <summary>Packs bytes with zstd, by way of DuckDB: it writes lines, so they must be lines.</summary>
    private void Pack(string path, byte[] bytes)
    {
        string plain = At("plain-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(plain, bytes);
        Run($"copy (select * from read_csv('{plain}', header=false, auto_detect=false, delim='\x01', quote='', escape='', columns={{'l': 'VARCHAR'}})) "
            + $"to '{path}' (format csv, header false, delimiter '\x01', quote '', escape '', compression zstd)");
        File.Delete(plain);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Short ways to read.</summary>
internal static class Reading
{
    /// <summary>All values of some columns, each as one array; the blocks are given back.</summary>
    public static double[][] All(this FileSource source, params string[] columns) => All(source, TestContext.Current.CancellationToken, columns);

    public static double[][] All(this FileSource source, CancellationToken cancellation, params string[] columns)
    {
        var all = columns.Select(_ => new List<double>()).ToArray();
        long row = 0;
        foreach (RowBlock block in source.Read(columns, null, cancellation))
        {
            using (block)
            {
                Assert.Equal(row, block.FirstRow);
                Assert.True(block.Rows > 0);
                row += block.Rows;
                for (int c = 0; c < columns.Length; c++)
                {
                    all[c].AddRange(block[c].High);
                }
            }
        }
        return [.. all.Select(list => list.ToArray())];
    }

    /// <summary>All texts of a column, null where one is missing.</summary>
    public static string?[] Texts(this FileSource source, string column) => Texts(source.LevelsOf(column)!, source.All(column)[0]);

    /// <summary>The texts of codes.</summary>
    public static string?[] Texts(LevelSet levels, double[] codes) => [.. codes.Select(code => double.IsNaN(code) ? null : levels[(int)code])];

    /// <summary>All values of some columns, read on several threads, in an order that the first one gives.</summary>
    public static double[][] Parallel(this FileSource source, int threads, params string[] columns)
    {
        var rows = new System.Collections.Concurrent.ConcurrentBag<double[]>();
        source.ForEachBlock(
            columns,
            threads,
            block =>
            {
                for (int r = 0; r < block.Rows; r++)
                {
                    rows.Add([.. Enumerable.Range(0, block.Count).Select(c => block[c].High[r])]);
                }
            },
            null,
            TestContext.Current.CancellationToken);
        double[][] sorted = [.. rows.OrderBy(row => row[0])];
        return [.. columns.Select((_, c) => sorted.Select(row => row[c]).ToArray())];
    }

    /// <summary>Opens and reads everything numeric; the error that must come of it.</summary>
    public static PlumblineException Fault(string path, FileSourceOptions? options = null, params string[] columns) =>
        Assert.Throws<PlumblineException>(() =>
        {
            using FileSource source = FileSource.Open(path, options);
            source.All(columns.Length > 0 ? columns : [.. source.Columns.Where(column => column.IsNumeric).Select(column => column.Name)]);
        });

    /// <summary>The same bits, NaN equal to NaN.</summary>
    public static void Same(double[] expected, double[] actual) =>
        Assert.Equal(expected.Select(Bits), actual.Select(Bits));

    private static long Bits(double value) => double.IsNaN(value) ? long.MinValue + 1 : BitConverter.DoubleToInt64Bits(value);
}
