using System.Net;
using System.Net.Sockets;

namespace Plumbline.Databases;

/// <summary>
/// Queries over HTTP. A query has an identifier, by which it is killed on the server when it is cancelled or takes too long; and when a server is
/// silent, it is asked which of its shards do not answer: an old server may read from some shards only and not see that another is gone.
/// </summary>
internal sealed class ClickHouseHttp : IDisposable
{
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);      // of silence, until it is asked whether a shard is gone

    private readonly HttpClient _client;
    private readonly DatabaseUrl _url;
    private readonly TimeSpan _timeout;
    private readonly string? _password;
    private long _bytes;

    /// <summary>Which shards of the table refuse connections, as a sentence; null when none does.</summary>
    public Func<string?> Lost { get; init; } = static () => null;

    public ClickHouseHttp(DatabaseUrl url, TimeSpan timeout)
    {
        _url = url;
        _timeout = timeout;
        _password = url.Password ?? Environment.GetEnvironmentVariable("CLICKHOUSE_PASSWORD");
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(Math.Min(10, timeout.TotalSeconds)), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How many bytes of results came.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytes);

    /// <summary>Sends a query and gives the stream of its result.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="settings">What is added to the address: <c>&amp;name=value</c>.</param>
    /// <param name="explain">An error of what the server says.</param>
    /// <param name="cancellation">Kills the query on the server, too.</param>
    public Stream Send(string sql, string settings, Func<string, PlumblineException> explain, CancellationToken cancellation)
    {
        string id = Guid.NewGuid().ToString();
        var watch = new QueryWatch(_timeout, cancellation);
        try
        {
            using HttpRequestMessage request = Request(sql, $"&query_id={id}{settings}");
            HttpResponseMessage response = Await(_client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token), id);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                using (response)
                {
                    string said = response.Content.ReadAsStringAsync(watch.Token).GetAwaiter().GetResult();
                    watch.Dispose();
                    throw explain(Clean(said.Length > 0 ? said : $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}"));
                }
            }
            return new WatchedStream(response, watch, reading => Await(reading, id), failure => Explain(failure, id, watch), count => Interlocked.Add(ref _bytes, count));
        }
        catch (Exception failure) when (failure is not PlumblineException)
        {
            using (watch)
            {
                throw Explain(failure, id, watch);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>What a small question is answered; null when it is not, within two seconds.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="code">The code of ClickHouse's error; 0 when there was none, or no answer.</param>
    public string? Try(string sql, out int code)
    {
        code = 0;
        try
        {
            using var limit = new CancellationTokenSource(s_quick);
            using HttpRequestMessage request = Request(sql, "");
            using HttpResponseMessage response = _client.SendAsync(request, limit.Token).GetAwaiter().GetResult();
            string said = response.Content.ReadAsStringAsync(limit.Token).GetAwaiter().GetResult();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return said;
            }
            code = ClickHouseErrors.Parse(said).Code;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // No answer is an answer, too.
        }
        return null;
    }

    private T Await<T>(Task<T> task, string id)
    {
        while (Task.WhenAny(task, Task.Delay(s_look)).GetAwaiter().GetResult() != task)
        {
            if (Lost() is { } lost)
            {
                Try($"KILL QUERY WHERE query_id = '{id}' ASYNC", out _);
                throw ServerErrors.Connection(_url.Address, lost);
            }
        }
        return task.GetAwaiter().GetResult();
    }

    private Exception Explain(Exception failure, string id, QueryWatch watch)
    {
        if (watch.IsCancelled || watch.IsTimedOut)
        {
            Try($"KILL QUERY WHERE query_id = '{id}' ASYNC", out _);
            return watch.IsCancelled ? new OperationCanceledException("The query was cancelled.", failure) : ServerErrors.Timeout(_url.Address, _timeout, Silent(), failure);
        }
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (e is SocketException or HttpIOException or IOException or HttpRequestException && (e.InnerException is null || e is SocketException))
            {
                return ServerErrors.Connection(_url.Address, ServerErrors.Sentence(Clean(e.Message)), failure);
            }
        }
        return failure;
    }

    /// <summary>Which shards of any cluster do not answer, as a sentence; null when all do, or nobody can tell.</summary>
    private string? Silent()
    {
        string? clusters = Try("SELECT DISTINCT host_name, port FROM system.clusters", out _);
        if (clusters is null)
        {
            return $"{_url.Host}:{_url.Port} itself does not answer.";
        }
        string[] servers = [.. clusters.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Replace('\t', ':')).Take(64)];
        var silent = new bool[servers.Length];
        Parallel.For(0, servers.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => silent[i] = Try($"SELECT dummy FROM remote('{servers[i].Replace("'", "", StringComparison.Ordinal)}', system.one)", out _) is null);
        string[] guilty = [.. servers.Where((_, i) => silent[i])];
        return guilty.Length == 0 ? null : $"Of the shards, {string.Join(", ", guilty)} do{(guilty.Length == 1 ? "es" : "")} not answer.";
    }

    private HttpRequestMessage Request(string sql, string settings)
    {
        string address = $"{(_url.IsSecure ? "https" : "http")}://{_url.Host}:{_url.Port}/?database={Uri.EscapeDataString(_url.Database)}{settings}";
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(sql) };
        request.Headers.TryAddWithoutValidation("X-ClickHouse-User", _url.User ?? Environment.GetEnvironmentVariable("CLICKHOUSE_USER") ?? "default");
        if (!string.IsNullOrEmpty(_password))
        {
            request.Headers.TryAddWithoutValidation("X-ClickHouse-Key", _password);
        }
        return request;
    }

    // A server might repeat what it was sent.
    private string Clean(string said) => string.IsNullOrEmpty(_password) || _password.Length < 4 ? said : said.Replace(_password, "…", StringComparison.Ordinal);
}
