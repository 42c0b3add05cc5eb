namespace Plumbline.Databases;

/// <summary>The URL of a table: who asks, where, for what.</summary>
internal sealed record DatabaseUrl
{
    private static readonly string[] s_schemes = ["postgres", "postgresql", "clickhouse"];
    private static readonly string[] s_known = ["table", "schema", "sslmode", "secure"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Whether it is ClickHouse rather than PostgreSQL.</summary>
    public required bool IsClickHouse { get; init; }

    /// <summary>The host, as typed.</summary>
    public required string Host { get; init; }

    /// <summary>The port, or the usual one.</summary>
    public required int Port { get; init; }

    /// <summary>The database; empty for the user's own.</summary>
    public required string Database { get; init; }

    /// <summary>Who asks; null when the URL does not say.</summary>
    public string? User { get; init; }

    /// <summary>The password in the URL, or null. Never shown.</summary>
    public string? Password { get; init; }

    /// <summary>The table, or null.</summary>
    public string? Table { get; init; }

    /// <summary>PostgreSQL's <c>sslmode</c>, or null.</summary>
    public string? SslMode => _values.GetValueOrDefault("sslmode");

    /// <summary>Whether ClickHouse is asked by HTTPS.</summary>
    public bool IsSecure => _values.GetValueOrDefault("secure") is "1" or "true";

    /// <summary>The URL without user and password: what is shown and stored.</summary>
    public string Shown => $"{Address}{(Table is null ? " (a query)" : $"?table={Table}")}";

    /// <summary>The server and the database.</summary>
    public string Address => $"{(IsClickHouse ? "clickhouse" : "postgres")}://{Host}:{Port}/{Database}";

    // Records print all they have; this one has a password.
    public override string ToString() => Shown;

    /// <summary>Whether a text is the URL of a database.</summary>
    public static bool Is(string text) => s_schemes.Any(s => text.StartsWith(s + "://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL. Messages do not repeat it: it may hold a password.</param>
    /// <param name="hasQuery">Whether the rows are a query's, so that no table is needed.</param>
    /// <exception cref="PlumblineException">Code <c>bad-url</c>.</exception>
    public static DatabaseUrl Parse(string text, bool hasQuery)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Example = "Expected: postgres://user@host:5432/database?table=name or clickhouse://user@host:8123/database?table=name.";
        if (!Is(text) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw new PlumblineException("bad-url", $"The URL of the database cannot be read. {Example} Characters such as @ and # in a password are written %40 and %23.");
        }
        bool isClickHouse = uri.Scheme == "clickhouse";
        string[] who = uri.UserInfo.Split(':', 2);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            string key = Uri.UnescapeDataString(sides[0]);
            if (!s_known.Contains(key, StringComparer.Ordinal))
            {
                string? near = NearestName.Find(key, s_known);
                throw new PlumblineException("bad-url", $"The URL of the database says `{key}`, which has no meaning here{(near is null ? "." : $"; did you mean `{near}`?")} Known are {string.Join(", ", s_known)}.");
            }
            values[key] = Uri.UnescapeDataString(sides.Length > 1 ? sides[1] : "");
        }
        string? table = values.GetValueOrDefault("table") is { Length: > 0 } named ? named : null;
        if (table is null != hasQuery)
        {
            throw new PlumblineException(
                "bad-url", table is null ? $"The URL of the database names no table. {Example} A query instead of a table is given with --sql." : "There is a table in the URL and a query besides: give one of the two.");
        }
        string database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        var url = new DatabaseUrl
        {
            IsClickHouse = isClickHouse,
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : isClickHouse ? (values.GetValueOrDefault("secure") is "1" or "true" ? 8443 : 8123) : 5432,
            Database = database.Length > 0 ? database : isClickHouse ? "default" : "",
            User = who[0].Length > 0 ? Uri.UnescapeDataString(who[0]) : null,
            Password = who.Length > 1 ? Uri.UnescapeDataString(who[1]) : null,
            Table = table is not null && values.TryGetValue("schema", out string? schema) ? $"{schema}.{table}" : table,
        };
        foreach ((string key, string value) in values)
        {
            url._values[key] = value;
        }
        return url;
    }
}
