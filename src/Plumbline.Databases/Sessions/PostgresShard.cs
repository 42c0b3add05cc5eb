using System.Data.Common;
using System.Text.Json;

namespace Plumbline.Databases;

/// <summary>A part of a table: a leaf of its partitions, and the server that holds it.</summary>
/// <param name="Relation">The quoted name.</param>
/// <param name="Server">The foreign server with its host and port; null for this one.</param>
internal sealed record PostgresShard(string Relation, string? Server)
{
    /// <summary>The query for the leaves of a table: schema, name, server.</summary>
    /// <param name="table">The quoted name, as a literal.</param>
    public static string Leaves(string table) =>
        "SELECT n.nspname::text, c.relname::text, CASE WHEN s.srvname IS NULL THEN NULL ELSE s.srvname || coalesce("
        + "(SELECT ' (' || string_agg(split_part(o, '=', 2), ':' ORDER BY o) || ')' FROM unnest(s.srvoptions) AS o WHERE o LIKE 'host=%' OR o LIKE 'port=%'), '') END "
        + $"FROM (SELECT relid FROM pg_partition_tree({table}::regclass) WHERE isleaf UNION SELECT {table}::regclass WHERE NOT EXISTS (SELECT 1 FROM pg_partition_tree({table}::regclass))) AS leaf "
        + "JOIN pg_class c ON c.oid = leaf.relid JOIN pg_namespace n ON n.oid = c.relnamespace "
        + "LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid LEFT JOIN pg_foreign_server s ON s.oid = f.ftserver ORDER BY 1, 2";

    /// <summary>What that query brings.</summary>
    public static List<PostgresShard> Read(DbDataReader rows, Dialect dialect)
    {
        var shards = new List<PostgresShard>();
        while (rows.Read())
        {
            shards.Add(new PostgresShard($"{dialect.Quote(rows.GetString(0))}.{dialect.Quote(rows.GetString(1))}", rows.IsDBNull(2) ? null : rows.GetString(2)));
        }
        return shards;
    }

    /// <summary>How many scans of foreign tables a plan has, and how many of them are sums made there.</summary>
    public static (int Scans, int Sums) CountScans(JsonElement plan)
    {
        switch (plan.ValueKind)
        {
            case JsonValueKind.Array:
                return plan.EnumerateArray().Select(CountScans).Aggregate((0, 0), static (a, b) => (a.Item1 + b.Scans, a.Item2 + b.Sums));
            case JsonValueKind.Object:
                (int scans, int sums) = plan.EnumerateObject().Select(static p => CountScans(p.Value)).Aggregate((0, 0), static (a, b) => (a.Item1 + b.Scans, a.Item2 + b.Sums));
                bool isScan = plan.TryGetProperty("Node Type", out JsonElement type) && type.GetString() == "Foreign Scan";
                bool isSum = isScan && plan.TryGetProperty("Relations", out JsonElement relations) && relations.GetString()!.StartsWith("Aggregate on", StringComparison.Ordinal);
                return (scans + (isScan ? 1 : 0), sums + (isSum ? 1 : 0));
            default:
                return (0, 0);
        }
    }

    /// <summary>The error, with the names of the servers that do not answer.</summary>
    /// <param name="error">A lost connection or a timeout.</param>
    /// <param name="shards">All shards.</param>
    /// <param name="look">Null when a shard answers, else what it does.</param>
    public static PlumblineException Blame(PlumblineException error, IReadOnlyList<PostgresShard> shards, Func<PostgresShard, string?> look)
    {
        PostgresShard[] foreign = [.. shards.Where(static s => s.Server is not null).DistinctBy(static s => s.Server, StringComparer.Ordinal)];
        var found = new string?[foreign.Length];
        Parallel.For(0, foreign.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Math.Min(32, foreign.Length)) }, i => found[i] = look(foreign[i]));
        string[] guilty = [.. foreign.Zip(found).Where(static f => f.Second is not null).Select(static f => $"{f.First.Server}: {f.Second}")];
        return guilty.Length == 0
            ? error
            : new PlumblineException(error.Code, $"{error.Message} Of the shards, {string.Join("; ", guilty)}.", error);
    }
}
