using System.Diagnostics;
using System.Text.Json;

namespace Plumbline.Databases.Tests;

/// <summary>What goes wrong on real servers: each has its message and its exit code, and nothing hangs.</summary>
public sealed class FaultTests(Servers servers)
{
    private const string Formula = "price ~ area + C(zip)";
    private static readonly Dictionary<string, string> s_none = [];

    [Theory]
    [InlineData("local")]
    [InlineData("engine")]
    public void A_shard_of_postgres_that_is_down_is_named(string compute)
    {
        servers.Node("postgres", "kill", 3);
        try
        {
            Refused(1, "connection", ["shard3"], "fit", Servers.Postgres("spread"), Formula, "--compute", compute);
        }
        finally
        {
            servers.Node("postgres", "up", 3);
        }
    }

    [Theory]
    [InlineData("local")]
    [InlineData("engine")]
    public void A_shard_of_clickhouse_that_is_down_is_named(string compute)
    {
        servers.Node("clickhouse", "kill", 3);
        try
        {
            Refused(1, "connection", [ShardName("clickhouse", 3)], "fit", Servers.ClickHouse("spread"), Formula, "--compute", compute);
            Refused(1, "connection", [ShardName("clickhouse", 3)], "fit", Servers.ClickHouse("spread", "lenient"), Formula, "--compute", compute);
        }
        finally
        {
            servers.Node("clickhouse", "up", 3);
        }
    }

    [Fact]
    public void A_server_that_is_down_is_told()
    {
        Refused(1, "connection", [$"127.0.0.1:{Servers.PortOfPostgres(9)}"], "fit", Servers.Postgres("sample", node: 9), Formula);
        Refused(1, "connection", [$"127.0.0.1:{Servers.PortOfClickHouse(79)}"], "fit", Servers.ClickHouse("sample", node: 79), Formula);
        Refused(1, "connection", ["nowhere.invalid"], "fit", "postgres://me@nowhere.invalid/db?table=t", Formula);
    }

    [Theory]
    [InlineData("postgres", "local")]
    [InlineData("postgres", "engine")]
    [InlineData("clickhouse", "local")]
    [InlineData("clickhouse", "engine")]
    public void A_shard_that_hangs_is_named_within_the_timeout(string engine, string compute)
    {
        servers.Node(engine, "pause", 2);
        try
        {
            Tool.Ended ended = Refused(1, "timeout", [ShardName(engine, 2), "2 seconds"], "fit", Url(engine, "spread"), Formula, "--compute", compute, "--timeout", "2");
            Assert.True(ended.Took < TimeSpan.FromSeconds(25), $"It took {ended.Took.TotalSeconds} s.");
        }
        finally
        {
            servers.Node(engine, "resume", 2);
        }
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("clickhouse")]
    public void A_server_that_hangs_is_told_within_the_timeout(string engine)
    {
        servers.Node(engine, "pause", 1);
        try
        {
            Refused(1, "timeout", ["2 seconds"], "fit", Url(engine, "sample"), Formula, "--timeout", "2");
        }
        finally
        {
            servers.Node(engine, "resume", 1);
        }
    }

    [Theory]
    [InlineData("postgres", "local")]
    [InlineData("postgres", "engine")]
    [InlineData("clickhouse", "local")]
    [InlineData("clickhouse", "engine")]
    public void A_shard_that_is_killed_while_it_works_is_named(string engine, string compute)
    {
        using Process process = Tool.Start(s_none, "fit", Url(engine, "slow"), "price ~ area", "--compute", compute, "--json");
        WaitUntil(() => IsRunning(engine, 2));
        servers.Node(engine, "kill", 2);
        try
        {
            Tool.Ended ended = Tool.Wait(process);
            Assert.True((1, "") == (ended.Exit, ended.Output), $"{ended.Exit}: {ended.Output}{ended.Error}");
            Told(ended, "connection", [ShardName(engine, 2)]);
        }
        finally
        {
            servers.Node(engine, "up", 2);
        }
    }

    [Theory]
    [InlineData("postgres", "local")]
    [InlineData("postgres", "engine")]
    [InlineData("clickhouse", "engine")]
    public void Ctrl_C_cancels_the_query_on_the_server(string engine, string compute)
    {
        using Process process = Tool.Start(s_none, "fit", Url(engine, "slow"), "price ~ area", "--compute", compute);
        WaitUntil(() => IsRunning(engine, 1));
        Process.Start("kill", ["-INT", process.Id.ToString()])!.WaitForExit();
        Tool.Ended ended = Tool.Wait(process);
        Assert.Equal((130, "plumb: interrupted\n"), (ended.Exit, ended.Error));
        WaitUntil(() => !IsRunning(engine, 1));
    }

    [Fact]
    public void A_wrong_password_a_missing_one_and_an_unknown_user_are_told()
    {
        var none = new Dictionary<string, string> { ["PGPASSFILE"] = "/dev/null" };
        foreach (string user in (string[])["reader:wrong1", "reader", "nobody1"])
        {
            Tool.Ended ended = Tool.Run(none, "fit", Servers.Postgres("sample", user), Formula, "--json");
            Told(ended, "sign-in", ["PGPASSWORD"]);
            Assert.Equal(2, ended.Exit);
            ended = Tool.Run("fit", Servers.ClickHouse("sample", user), Formula, "--json");
            Assert.Equal(2, ended.Exit);
            Told(ended, "sign-in", ["CLICKHOUSE_PASSWORD"]);
            Assert.DoesNotContain("wrong1", ended.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_there_is_told_with_the_nearest_name()
    {
        Refused(2, "unknown-table", ["sampel", "Did you mean `sample`?"], "fit", Servers.Postgres("sampel"), Formula);
        Refused(2, "unknown-table", ["sampel", "Did you mean `sample`?"], "fit", Servers.ClickHouse("sampel"), Formula);
        Refused(2, "unknown-database", ["shop"], "fit", $"postgres://postgres@127.0.0.1:{Servers.PortOfPostgres(1)}/shop?table=t", Formula);
        Refused(2, "unknown-database", ["shop"], "fit", $"clickhouse://127.0.0.1:{Servers.PortOfClickHouse(1)}/shop?table=t", Formula);
        Refused(2, "unknown-column", ["Did you mean `area`?"], "fit", Servers.Postgres("sample"), "price ~ arae");
        Refused(2, "sql", ["refuses"], "fit", Servers.Postgres("sample"), Formula, "--where", "area >");
        Refused(2, "sql", ["refuses"], "fit", Servers.ClickHouse("sample"), Formula, "--where", "area >");
    }

    [Fact]
    public void A_column_that_a_shard_has_dropped_is_named()
    {
        Servers.Run(3, "DROP VIEW part_of; CREATE VIEW part_of AS SELECT id, price, 3::int4 AS part FROM sample; GRANT SELECT ON part_of TO reader");
        ClickHouseRows.Run(3, "RENAME TABLE part TO whole");
        ClickHouseRows.Run(3, "CREATE TABLE part (id Int64, price Float64) ENGINE = MergeTree() ORDER BY id");
        try
        {
            foreach (string compute in (string[])["local", "engine"])
            {
                Refused(2, "unknown-column", ["area"], "fit", Servers.Postgres("spread"), "price ~ area", "--compute", compute);
                Refused(2, "unknown-column", ["area"], "fit", Servers.ClickHouse("spread"), "price ~ area", "--compute", compute);
            }
        }
        finally
        {
            Servers.Run(3, "DROP VIEW part_of; CREATE VIEW part_of AS SELECT *, 3::int4 AS part FROM sample; GRANT SELECT ON part_of TO reader");
            ClickHouseRows.Run(3, "DROP TABLE part");
            ClickHouseRows.Run(3, "RENAME TABLE whole TO part");
        }
    }

    [Fact]
    public void Reading_is_enough_and_where_it_is_not_allowed_that_is_told()
    {
        string[] tables = [Servers.Postgres("sample", "reader:secret"), Servers.Postgres("spread", "reader:secret"), Servers.ClickHouse("spread", "reader:secret"), Servers.ClickHouse("spread", "locked:secret")];
        foreach (string url in tables)
        {
            foreach (string compute in (string[])["local", "engine"])
            {
                JsonElement fit = Tool.Run("fit", url, Formula, "--compute", compute, "--json").Json();
                Assert.Equal(Sample.Rows, fit.GetProperty("rows").GetProperty("used").GetInt32());
            }
        }
        Servers.Run(1, "CREATE TABLE IF NOT EXISTS hidden (price float8, area float8, zip int4); CREATE SEQUENCE IF NOT EXISTS s");
        Refused(2, "no-permission", ["hidden", "SELECT"], "fit", Servers.Postgres("hidden", "reader:secret"), Formula);
        Refused(2, "sql", ["read-only"], "fit", Servers.WithoutTable(Servers.Postgres("sample")), "a ~ 1", "--sql", "select nextval('s')::float8 as a from (select 1) as one");
    }

    [Fact]
    public void Passwords_come_from_the_environment_or_a_file_and_are_nowhere_in_what_comes_out()
    {
        string folder = Directory.CreateTempSubdirectory("plumbline-passwords").FullName;
        string file = Path.Combine(folder, "pgpass"), model = Path.Combine(folder, "model.json");
        File.WriteAllText(file, $"127.0.0.1:{Servers.PortOfPostgres(1)}:*:reader:secret\n");
        Process.Start("chmod", ["600", file]).WaitForExit();
        Assert.Equal(0, Tool.Run(new Dictionary<string, string> { ["PGPASSWORD"] = "secret" }, "fit", Servers.Postgres("sample", "reader"), Formula).Exit);
        Assert.Equal(0, Tool.Run(new Dictionary<string, string> { ["PGPASSFILE"] = file }, "fit", Servers.Postgres("sample", "reader"), Formula).Exit);
        Assert.Equal(0, Tool.Run(new Dictionary<string, string> { ["CLICKHOUSE_PASSWORD"] = "secret" }, "fit", Servers.ClickHouse("sample", "reader"), Formula).Exit);
        foreach (string url in (string[])[Servers.Postgres("sample", "reader:secret"), Servers.ClickHouse("sample", "reader:secret")])
        {
            Tool.Ended ended = Tool.Run("fit", url, Formula, "-o", model);
            string written = File.ReadAllText(model);
            foreach (string hidden in (string[])["secret", "reader"])
            {
                Assert.DoesNotContain(hidden, written, StringComparison.Ordinal);
                Assert.DoesNotContain(hidden, ended.Output + ended.Error, StringComparison.Ordinal);
            }
            string broken = url.Replace("?table=", "?tabel=", StringComparison.Ordinal);
            foreach (string[] line in (string[][])[["fit", broken, Formula], ["fit", url, "y x"], ["fit", url], ["fit", url + "x", Formula], ["predict", model, broken], ["show", url], ["fit", url, url, Formula]])
            {
                ended = Tool.Run(line);
                Assert.Equal(2, ended.Exit);
                Assert.DoesNotContain("secret", ended.Output + ended.Error, StringComparison.Ordinal);
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string ShardName(string engine, int node) => engine == "postgres" ? $"shard{node}" : $"127.0.0.1:{Servers.PortOfClickHouse(node) + 10}";

    private static string Url(string engine, string table) => engine == "postgres" ? Servers.Postgres(table) : Servers.ClickHouse(table);

    private static Tool.Ended Refused(int exit, string code, string[] says, params string[] arguments)
    {
        Tool.Ended ended = Tool.Run([.. arguments, "--json"]);
        Assert.True((exit, "") == (ended.Exit, ended.Output), $"{ended.Exit}: {ended.Output}{ended.Error}");
        Told(ended, code, says);
        return ended;
    }

    private static void Told(Tool.Ended ended, string code, string[] says)
    {
        JsonElement error = JsonDocument.Parse(ended.Error).RootElement.GetProperty("error");
        string message = error.GetProperty("message").GetString()!;
        Assert.True(error.GetProperty("code").GetString() == code, ended.Error);
        Assert.All(says, text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    private static bool IsRunning(string engine, int node)
    {
        if (engine == "clickhouse")
        {
            return ClickHouseRows.Run(node, "SELECT count() FROM system.processes WHERE (query LIKE '%snail%' OR query LIKE '%slow%') AND query NOT LIKE '%processes%'") is not "0\n";
        }
        using Npgsql.NpgsqlConnection connection = Servers.Connect(node);
        using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND application_name IN ('plumb', 'postgres_fdw')", connection);
        return (long)command.ExecuteScalar()! > 0;
    }

    private static void WaitUntil(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "It did not come about within 30 seconds.");
            Thread.Sleep(50);
        }
    }
}
