using System.Text;

namespace Plumbline.Databases.Tests;

/// <summary>
/// The sample in ClickHouse: <c>sample</c> on the first server, and the same rows as <c>spread</c>, over the three shards; <c>slow</c> takes minutes.
/// </summary>
internal static class ClickHouseRows
{
    private const string Columns = "id Int64, area Float64, far Float64, small Float32, rooms Int32, big UInt64, zip UInt32, city Nullable(String), sold UInt8, day Date, stamp DateTime, weight Float64, times Int16, maybe Nullable(Float64), price Float64";

    private static readonly HttpClient s_client = new();

    public static void Load(Servers servers)
    {
        _ = servers;
        for (int node = 1; node <= 3; node++)
        {
            Run(node, $"CREATE TABLE part ({Columns}) ENGINE = MergeTree() ORDER BY id");
            Run(node, $"CREATE TABLE spread ({Columns}) ENGINE = Distributed(plumbline, default, part)");
            Run(node, "CREATE VIEW snail AS SELECT toFloat64(number % 1000) AS area, toFloat64(number % 77) AS price FROM (SELECT number FROM system.numbers LIMIT 100000000000)");
            Run(node, "CREATE TABLE slow (area Float64, price Float64) ENGINE = Distributed(plumbline, default, snail)");
            int shard = node - 1;
            Insert(node, "part", id => id % 3 == shard);
        }
        Run(1, $"CREATE TABLE sample ({Columns}) ENGINE = MergeTree() ORDER BY id");
        Insert(1, "sample", static _ => true);
    }

    public static string Run(int node, string sql) => Post(node, "?allow_experimental_low_cardinality_type=1", Encoding.UTF8.GetBytes(sql));

    private static void Insert(int node, string table, Func<long, bool> isHere)
    {
        using var memory = new MemoryStream();
        using var rows = new BinaryWriter(memory, Encoding.UTF8);
        for (int i = 0; i < Sample.Rows; i++)
        {
            if (!isHere(Sample.Id[i]))
            {
                continue;
            }
            rows.Write(Sample.Id[i]);
            rows.Write(Sample.Area[i]);
            rows.Write(Sample.Far[i]);
            rows.Write(Sample.Small[i]);
            rows.Write(Sample.Rooms[i]);
            rows.Write((ulong)Sample.Big[i]);
            rows.Write((uint)Sample.Zip[i]);
            rows.Write(Sample.City[i] is null);
            if (Sample.City[i] is { } city)
            {
                rows.Write(city);       // length as a varint, then UTF-8: as RowBinary has it
            }
            rows.Write((byte)(Sample.Sold[i] ? 1 : 0));
            rows.Write((ushort)(Sample.Day[i].DayNumber - new DateOnly(1970, 1, 1).DayNumber));
            rows.Write((uint)((Sample.Stamp[i] - DateTime.UnixEpoch).TotalSeconds));
            rows.Write(Sample.Weight[i]);
            rows.Write((short)Sample.Times[i]);
            rows.Write(Sample.Maybe[i] is null);
            if (Sample.Maybe[i] is { } maybe)
            {
                rows.Write(maybe);
            }
            rows.Write(Sample.Price[i]);
        }
        rows.Flush();
        Insert(node, table, memory.ToArray());
    }

    /// <summary>Inserts rows in the form RowBinary.</summary>
    public static void Insert(int node, string table, byte[] rows) => Post(node, $"?query={Uri.EscapeDataString($"INSERT INTO {table} FORMAT RowBinary")}", rows);

    private static string Post(int node, string query, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage answer = s_client.PostAsync($"http://127.0.0.1:{Servers.PortOfClickHouse(node)}/{query}", content).GetAwaiter().GetResult();
        string said = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Assert.True(answer.IsSuccessStatusCode, said);
        return said;
    }
}
