using Npgsql;
using NpgsqlTypes;

namespace Plumbline.Databases.Tests;

/// <summary>
/// The sample in PostgreSQL: <c>sample</c> on the coordinator, and the same rows as <c>spread</c>, partitioned over the two shards; <c>slow</c> takes a minute. <c>reader</c> may
/// read and nothing else.
/// </summary>
internal static class PostgresRows
{
    private const string Columns = "id int8, area float8, far float8, small real, rooms int4, big int8, zip int4, city text, sold boolean, day date, stamp timestamptz, weight float8, times int2, maybe float8, price float8";

    public static void Load(Servers servers)
    {
        _ = servers;
        foreach (int node in new[] { 1, 2, 3 })
        {
            Servers.Run(node, $"CREATE ROLE reader LOGIN PASSWORD 'secret'; CREATE TABLE sample ({Columns}); GRANT SELECT ON sample TO reader");
        }
        Copy(1, static _ => true);
        Copy(2, static id => id % 2 == 0);
        Copy(3, static id => id % 2 == 1);
        Servers.Run(1, "CREATE EXTENSION postgres_fdw");
        Servers.Run(1, $"CREATE TABLE spread ({Columns}, part int4) PARTITION BY LIST (part); GRANT SELECT ON spread TO reader");
        Servers.Run(1, "CREATE TABLE slow (price float8, area float8, part int4) PARTITION BY LIST (part)");
        foreach (int node in new[] { 2, 3 })
        {
            Servers.Run(node, $"CREATE VIEW part_of AS SELECT *, {node}::int4 AS part FROM sample; GRANT SELECT ON part_of TO reader");
            Servers.Run(node, $"CREATE VIEW snail AS SELECT price, area, {node}::int4 AS part FROM sample WHERE pg_sleep(0.02)::text IS NOT NULL");
            Servers.Run(1, $"""
                CREATE SERVER shard{node} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{Servers.PortOfPostgres(node)}', dbname 'postgres', async_capable 'true');
                CREATE USER MAPPING FOR postgres SERVER shard{node} OPTIONS (user 'postgres');
                CREATE USER MAPPING FOR reader SERVER shard{node} OPTIONS (user 'reader', password 'secret');
                CREATE FOREIGN TABLE spread{node} PARTITION OF spread FOR VALUES IN ({node}) SERVER shard{node} OPTIONS (table_name 'part_of');
                GRANT SELECT ON spread{node} TO reader;
                CREATE FOREIGN TABLE slow{node} PARTITION OF slow FOR VALUES IN ({node}) SERVER shard{node} OPTIONS (table_name 'snail');
                """);
        }
        Servers.Run(1, "ANALYZE sample");
    }

    private static void Copy(int node, Func<long, bool> isHere)
    {
        using NpgsqlConnection connection = Servers.Connect(node);
        using NpgsqlBinaryImporter rows = connection.BeginBinaryImport("COPY sample FROM STDIN (FORMAT BINARY)");
        for (int i = 0; i < Sample.Rows; i++)
        {
            if (!isHere(Sample.Id[i]))
            {
                continue;
            }
            rows.StartRow();
            rows.Write(Sample.Id[i], NpgsqlDbType.Bigint);
            rows.Write(Sample.Area[i], NpgsqlDbType.Double);
            rows.Write(Sample.Far[i], NpgsqlDbType.Double);
            rows.Write(Sample.Small[i], NpgsqlDbType.Real);
            rows.Write(Sample.Rooms[i], NpgsqlDbType.Integer);
            rows.Write(Sample.Big[i], NpgsqlDbType.Bigint);
            rows.Write(Sample.Zip[i], NpgsqlDbType.Integer);
            Write(rows, Sample.City[i], NpgsqlDbType.Text);
            rows.Write(Sample.Sold[i], NpgsqlDbType.Boolean);
            rows.Write(Sample.Day[i], NpgsqlDbType.Date);
            rows.Write(Sample.Stamp[i], NpgsqlDbType.TimestampTz);
            rows.Write(Sample.Weight[i], NpgsqlDbType.Double);
            rows.Write((short)Sample.Times[i], NpgsqlDbType.Smallint);
            Write(rows, Sample.Maybe[i], NpgsqlDbType.Double);
            rows.Write(Sample.Price[i], NpgsqlDbType.Double);
        }
        rows.Complete();
    }

    /// <summary>Writes a value, or NULL.</summary>
    public static void Write(NpgsqlBinaryImporter rows, object? value, NpgsqlDbType type)
    {
        if (value is null)
        {
            rows.WriteNull();
            return;
        }
        rows.Write(value, type);
    }
}
