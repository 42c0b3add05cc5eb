namespace Plumbline.Databases;

/// <summary>The shards of a table of the engine Distributed.</summary>
internal static class ClickHouseShards
{
    private const int NoConnection = 279, Refused = 210;    // ClickHouse's codes

    /// <summary>The question for a table's engine, and for how it was made.</summary>
    public static string Engine(string table, Dialect dialect)
    {
        string[] name = table.Split('.', 2);
        string database = name.Length == 2 ? dialect.Literal(name[0]) : "currentDatabase()";
        return $"SELECT engine, engine_full FROM system.tables WHERE name = {dialect.Literal(name[^1])} AND database = {database}";
    }

    /// <summary>The cluster in <c>Distributed(cluster, database, table, …)</c>.</summary>
    public static string Cluster(string definition) => definition["Distributed(".Length..].Split(',')[0].Trim().Trim('\'', '`', '"');

    /// <summary>Which shards refuse connections, all their replicas, as a sentence; null when none does, or nobody can tell.</summary>
    public static string? Lost(string table, Dialect dialect, ClickHouseHttp http)
    {
        string[][] found = Lines(http.Try(Engine(table, dialect), out _));
        if (found is not [["Distributed", var definition]])
        {
            return null;
        }
        string[][] replicas = Lines(http.Try($"SELECT shard_num, host_name, port FROM system.clusters WHERE cluster = {dialect.Literal(Cluster(definition))}", out _));
        string[] lost =
        [
            .. replicas.GroupBy(static r => r[0], static r => $"{r[1]}:{r[2]}", StringComparer.Ordinal)
                .Where(shard => shard.All(server => http.Try($"SELECT dummy FROM remote({dialect.Literal(server)}, system.one)", out int code) is null && code is NoConnection or Refused))
                .Select(static shard => string.Join(" and ", shard)),
        ];
        return lost.Length == 0 ? null : $"Of the shards, {string.Join(", ", lost)} refuse{(lost.Length == 1 ? "s" : "")} connections.";
    }

    private static string[][] Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))];
}
