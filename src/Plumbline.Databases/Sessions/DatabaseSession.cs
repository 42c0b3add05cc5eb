namespace Plumbline.Databases;

/// <summary>
/// A conversation with a database server: read-only, one query at a time. What goes wrong comes out as a
/// <see cref="PlumblineException"/> without credentials.
/// </summary>
internal abstract class DatabaseSession(Dialect dialect) : IDisposable
{
    /// <summary>The SQL it takes.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>Where the server is, for people: no credentials in it.</summary>
    public abstract string Address { get; }

    /// <summary>The server's name and version.</summary>
    public abstract string Version { get; }

    /// <summary>How many queries were sent.</summary>
    public int Queries { get; protected set; }

    /// <summary>How many bytes of results came; null when unknown.</summary>
    public virtual long? BytesReceived => null;

    /// <summary>The columns of a table or of a query in parentheses: names and the database's names of their types.</summary>
    public abstract IReadOnlyList<(string Name, string Type)> Describe(string relation, CancellationToken cancellation);

    /// <summary>Sends a query that selects <paramref name="values"/> and, after <c>FROM</c>, <paramref name="from"/>.</summary>
    public RowCursor Query(IReadOnlyList<SelectedValue> values, string from, CancellationToken cancellation, bool isRows = false)
    {
        string list = values.Count == 0 ? "1" : string.Join(", ", values.Select(Dialect.Result));
        return Send($"SELECT {list} FROM {from}", [.. values.Select(static v => v.Type)], isRows, cancellation);
    }

    /// <summary>Sends a query whose values come as announced.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="types">The forms of its values.</param>
    /// <param name="isRows">Whether it is the rows themselves, which may be very many and are read as they come.</param>
    /// <param name="cancellation">Cancels it on the server, too.</param>
    public abstract RowCursor Send(string sql, IReadOnlyList<WireType> types, bool isRows, CancellationToken cancellation);

    /// <summary>How sums over a relation are to be asked for, so that every shard sums its own rows.</summary>
    public virtual ShardPlan Shards(string relation, CancellationToken cancellation) => new([relation], false);

    /// <summary>Makes sure that a query of sums moves no rows between servers.</summary>
    /// <exception cref="PlumblineException">Code <c>not-pushed-down</c>.</exception>
    public virtual void RequirePushDown(string sql, CancellationToken cancellation)
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>How a relation is spread over shards.</summary>
/// <param name="Relations">What to sum over: one, or the parts of a table that other servers hold.</param>
/// <param name="IsOneRowEach">Whether one query brings one result from each shard by itself.</param>
internal sealed record ShardPlan(IReadOnlyList<string> Relations, bool IsOneRowEach)
{
    /// <summary>Whether sums may be the dialect's own (compensated) rather than plain ones.</summary>
    public bool OwnSums { get; init; } = true;

    /// <summary>How many results a query of sums brings, when that is known.</summary>
    public int Count { get; init; } = Relations.Count;
}
