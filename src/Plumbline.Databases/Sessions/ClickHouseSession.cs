using System.Globalization;
using System.Net;

namespace Plumbline.Databases;

/// <summary>
/// A conversation with ClickHouse over plain HTTP, RowBinary. Tables of the engine Distributed are summed by every shard for itself: one finished
/// row comes from each (<c>distributed_group_by_no_merge</c>), so that compensated sums are put together here and shards can be counted.
/// </summary>
internal sealed class ClickHouseSession : DatabaseSession
{
    private readonly DatabaseUrl _url;
    private readonly DatabaseOptions _options;
    private readonly ClickHouseHttp _http;
    private string? _version;
    private string _each = "";      // the setting that brings one row from each shard
    private string? _settings;      // null until the user's rules are known

    public ClickHouseSession(DatabaseUrl url, DatabaseOptions options)
        : base(new ClickHouseDialect())
    {
        _url = url;
        _options = options;
        _http = new ClickHouseHttp(url, options.Timeout) { Lost = Lost };
    }

    public override string Address => _url.Address;

    public override string Version => _version ??= $"ClickHouse {Ask("SELECT version()", CancellationToken.None)[0][0]}";

    public override long? BytesReceived => _http.BytesReceived;

    public override IReadOnlyList<(string Name, string Type)> Describe(string relation, CancellationToken cancellation)
    {
        string[][] lines = Ask($"SELECT * FROM {relation} LIMIT 0 FORMAT TabSeparatedWithNamesAndTypes", cancellation);
        return lines.Length < 2 ? [] : [.. lines[0].Zip(lines[1])];
    }

    public override RowCursor Send(string sql, IReadOnlyList<WireType> types, bool isRows, CancellationToken cancellation)
    {
        _settings ??= AgainstSilence(cancellation);
        Queries++;
        // Every row begins with a mark: where a row should begin and the mark is missing, there is a message that the query failed.
        string marked = $"SELECT toUInt8({RowBinaryCursor.Mark}), {sql["SELECT ".Length..]}";
        return new RowBinaryCursor(_http.Send($"{marked} FORMAT RowBinary", isRows ? _settings : $"&wait_end_of_query=1{_settings}{_each}", Explain, cancellation), types, Explain);
    }

    public override ShardPlan Shards(string relation, CancellationToken cancellation)
    {
        if (_options.Query is not null)
        {
            return new ShardPlan([relation], false) { OwnSums = false };    // what is behind it is not known
        }
        string[][] found = Ask(ClickHouseShards.Engine(_url.Table!, Dialect), cancellation);
        if (found is not [[var engine, var definition]] || engine != "Distributed")
        {
            return new ShardPlan([relation], false) { OwnSums = found is [[var one, _]] && (one.Contains("MergeTree", StringComparison.Ordinal) || one is "Memory" or "Log" or "TinyLog") };
        }
        string cluster = Dialect.Literal(ClickHouseShards.Cluster(definition));
        string[][] counted = Ask($"SELECT max(shard_num) FROM system.clusters WHERE cluster = {cluster}", cancellation);
        int shards = int.Parse(counted[0][0], CultureInfo.InvariantCulture);
        _settings ??= AgainstSilence(cancellation);
        if (_settings.Length == 0)
        {
            return new ShardPlan([relation], true) { OwnSums = false, Count = 1 };      // no setting may be changed: ClickHouse puts the sums together
        }
        _each = "&distributed_group_by_no_merge=1";
        return new ShardPlan([relation], true) { Count = shards };
    }

    public override void Dispose() => _http.Dispose();

    /// <summary>The setting that makes a shard that is down an error; empty when the user may change none and it is one already.</summary>
    private string AgainstSilence(CancellationToken cancellation)
    {
        const string Skipping = "skip_unavailable_shards";
        Dictionary<string, string> rules = Ask($"SELECT name, value FROM system.settings WHERE name IN ('readonly', '{Skipping}')", cancellation)
            .ToDictionary(static r => r[0], static r => r[1], StringComparer.Ordinal);
        if (rules.GetValueOrDefault("readonly") != "1")
        {
            return $"&{Skipping}=0";
        }
        return rules.GetValueOrDefault(Skipping) is null or "0" ? "" : throw new PlumblineException(
            "no-permission",
            $"{Address}: the user may change no setting (readonly=1), and {Skipping} is on: shards that are down would be passed over in silence. Take a user with readonly=2, or have {Skipping} set to 0.");
    }

    private string? Lost() => _options.Query is null ? ClickHouseShards.Lost(_url.Table!, Dialect, _http) : null;

    /// <summary>A small question of words: lines of fields.</summary>
    private string[][] Ask(string sql, CancellationToken cancellation)
    {
        Queries++;
        using Stream answer = _http.Send(sql, "&wait_end_of_query=1", Explain, cancellation);
        using var reader = new StreamReader(answer);
        string text = reader.ReadToEnd();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))];
    }

    /// <summary>What ClickHouse says, in the house's words.</summary>
    private PlumblineException Explain(string said)
    {
        (int code, string what) = ClickHouseErrors.Parse(said);
        PlumblineException error = ClickHouseErrors.Explain(code, what, _url, _options.Timeout, () => ClickHouseErrors.Tables(_http));
        // A shard that went away has many faces: packets that end early, rows that are cut off.
        return error.Code is "connection" or "sql" && Lost() is { } lost ? ServerErrors.Connection(Address, $"{what} {lost}") : error;
    }
}
