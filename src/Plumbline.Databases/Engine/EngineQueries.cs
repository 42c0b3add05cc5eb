namespace Plumbline.Databases;

/// <summary>Sends queries of sums and makes sure that every shard answered.</summary>
internal sealed class EngineQueries(DatabaseSource source, ShardPlan shards, CancellationToken cancellation)
{
    /// <summary>How the relation is spread.</summary>
    public ShardPlan Shards { get; } = shards;

    /// <summary>A sum of doubles.</summary>
    public string Sum(string number) => Shards.OwnSums ? source.Dialect.Sum(number) : $"sum({number})";

    /// <summary>One row of results from each shard.</summary>
    /// <param name="values">What to select.</param>
    /// <param name="condition">Which rows; null for all.</param>
    /// <param name="take">Gets the rows.</param>
    /// <exception cref="PlumblineException">Code <c>shards-missing</c>: fewer answered than there are.</exception>
    public void One(IReadOnlyList<SelectedValue> values, string? condition, Action<RowCursor> take)
    {
        int answers = Groups(values, [], condition, take);
        if (answers != Shards.Count)
        {
            throw new PlumblineException(
                "shards-missing",
                $"{source.Name}: {answers} of {Shards.Count} shards answered, so rows are missing. Is `skip_unavailable_shards` set for this user? Start the shard that is down, and run the command again.");
        }
    }

    /// <summary>The rows of results of all shards, one a group.</summary>
    /// <param name="values">What to select; the keys first.</param>
    /// <param name="keys">What to group by.</param>
    /// <param name="condition">Which rows; null for all.</param>
    /// <param name="take">Gets the rows.</param>
    /// <returns>How many rows came.</returns>
    public int Groups(IReadOnlyList<SelectedValue> values, IReadOnlyList<string> keys, string? condition, Action<RowCursor> take)
    {
        Dialect dialect = source.Dialect;
        string list = string.Join(", ", values.Select(dialect.Result));
        string group = keys.Count == 0 ? "" : $" GROUP BY {string.Join(", ", keys)}";
        string sql = string.Join(" UNION ALL ", Shards.Relations.Select(r => $"SELECT {list} FROM {source.From(r, condition)}{group}"));
        source.Session.RequirePushDown(sql, cancellation);
        int rows = 0;
        using RowCursor cursor = source.Session.Send(sql, [.. values.Select(static v => v.Type)], isRows: false, cancellation);
        while (cursor.Read())
        {
            take(cursor);
            rows++;
        }
        return rows;
    }
}
