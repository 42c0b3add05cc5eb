using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Plumbline.Databases.Tests.Servers))]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]   // faults are made on the servers that all tests use

namespace Plumbline.Databases.Tests;

/// <summary>Three servers of PostgreSQL and three of ClickHouse on loopback, started for the tests and stopped after them, with the rows of <see cref="Sample"/>.</summary>
public sealed class Servers : IDisposable
{
    private static readonly int s_postgresPort = Port("PLUMBLINE_POSTGRES_PORT", 25430);
    private static readonly int s_clickHousePort = Port("PLUMBLINE_CLICKHOUSE_PORT", 28120);

    private readonly FileStream _turn = Turn();
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"plumbline-servers-{Environment.ProcessId}");

    public Servers()
    {
        Directory.CreateDirectory(_root);
        try
        {
            Script("postgres.sh", "start", Root("postgres"));
            Script("clickhouse.sh", "start", Root("clickhouse"));
            PostgresRows.Load(this);
            ClickHouseRows.Load(this);
            Houses.Load();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A URL of PostgreSQL.</summary>
    public static string Postgres(string table, string user = "postgres", int node = 1) => $"postgres://{user}@127.0.0.1:{s_postgresPort + node}/postgres?table={table}";

    /// <summary>A URL of ClickHouse.</summary>
    public static string ClickHouse(string table, string user = "default", int node = 1) => $"clickhouse://{user}@127.0.0.1:{s_clickHousePort + node}/default?table={table}";

    /// <summary>A URL without a table, for queries.</summary>
    public static string WithoutTable(string url) => url[..url.IndexOf('?', StringComparison.Ordinal)];

    /// <summary>A port of PostgreSQL.</summary>
    public static int PortOfPostgres(int node) => s_postgresPort + node;

    /// <summary>A port of ClickHouse for HTTP.</summary>
    public static int PortOfClickHouse(int node) => s_clickHousePort + node;

    /// <summary>An open connection of the superuser.</summary>
    public static NpgsqlConnection Connect(int node)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={s_postgresPort + node};Username=postgres;Database=postgres;Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>Runs statements as the superuser.</summary>
    public static void Run(int node, string sql)
    {
        using NpgsqlConnection connection = Connect(node);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Does something to a node: up, kill, pause, resume.</summary>
    public void Node(string engine, string what, int node) => Script($"{engine}.sh", "node", what, node.ToString(), Root(engine));

    public void Dispose()
    {
        Script("postgres.sh", "stop", Root("postgres"));
        Script("clickhouse.sh", "stop", Root("clickhouse"));
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A server that is being killed still writes: the folder is temporary.
        }
        _turn.Dispose();
    }

    /// <summary>Runs of these tests with the same ports wait for one another.</summary>
    private static FileStream Turn()
    {
        string path = Path.Combine(Path.GetTempPath(), $"plumbline-servers-{s_postgresPort}.lock");
        for (int turn = 0; ; turn++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (turn < 1200)
            {
                Thread.Sleep(500);
            }
        }
    }

    private static int Port(string variable, int standard) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : standard;

    private string Root(string engine) => Path.Combine(_root, engine);

    private static void Script(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Servers", name));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(120_000), $"{name} {string.Join(' ', arguments)} did not end.");
        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)}: exit code {process.ExitCode}.");
    }
}
