namespace Plumbline.Databases;

/// <summary>A design in the SQL of a database, what the first queries found, and the levels as they come: what every further look at the rows needs.</summary>
/// <param name="Sql">The design as SQL.</param>
/// <param name="Queries">How shards are asked.</param>
/// <param name="Source">The table.</param>
/// <param name="Facts">Counts, ranges and shifts.</param>
/// <param name="Options">Of the fit.</param>
internal sealed record EngineScan(SqlDesign Sql, EngineQueries Queries, DatabaseSource Source, EngineFacts Facts, FitOptions Options)
{
    /// <summary>For each category of the design the texts of its codes; they grow as cells come.</summary>
    public LevelSet[] Levels { get; } = [.. Sql.Design.Plan.Categories.Select(c => new LevelSet(c.Name, Source.Name))];

    /// <summary>What the levels are to the database.</summary>
    public LevelConditions Conditions { get; } = new();

    /// <summary>What weights are to sums.</summary>
    public RowWeights Weights => Options.RowWeights(Sql.Design.Weights is not null);

    /// <summary>The weight of a row; null when there is none.</summary>
    public SharedExpression? Weight => Sql.Weight is { } weight ? new SharedExpression(weight, weight) : null;

    /// <summary>How it was done so far.</summary>
    public EngineDetails Details => new(Source.Session.Version, Queries.Shards.Count, Source.Session.Queries, Source.Session.BytesReceived);

    /// <summary>Finds out what has to be known first.</summary>
    public static EngineScan Begin(Design design, DatabaseSource source, FitOptions options, CancellationToken cancellation)
    {
        var sql = new SqlDesign(design, source.Dialect, source.Field);
        var queries = new EngineQueries(source, source.Session.Shards(source.Relation, cancellation), cancellation);
        EngineFacts facts = EngineFacts.Read(sql, queries, source, options);
        facts.Rows.RequireUsed();
        return new EngineScan(sql, queries, source, facts, options);
    }

    /// <summary>A part less its shift.</summary>
    public string Shifted(int part) => Sql.Shifted(part, Facts.Shifts[part]);

    /// <summary>The codes of a group, whose first values are the keys of the categories.</summary>
    /// <param name="row">The group's row.</param>
    /// <param name="categories">The categories that the rows are grouped by.</param>
    /// <param name="first">Where the keys begin.</param>
    public int[] CodesOf(RowCursor row, IReadOnlyList<int> categories, int first = 0)
    {
        var codes = new int[categories.Count];
        for (int at = 0; at < codes.Length; at++)
        {
            SqlCategory category = Sql.Categories[categories[at]];
            codes[at] = Levels[categories[at]].CodeOf(category.Level(row, first + at));
            Conditions.Learn(categories[at], codes[at], category, row, first + at, Source.Dialect);
        }
        return codes;
    }

    /// <summary>A name for an expression that no column has.</summary>
    public string NameOf(string expression)
    {
        string name = $"plumbline_{expression}";
        while (Source.Fields.ContainsKey(name))
        {
            name += "_";
        }
        return name;
    }

    /// <summary>The rows are those of the first query.</summary>
    /// <exception cref="PlumblineException">Code <c>table-changed</c>.</exception>
    public void RequireSame(long rows) => RequireSame(rows, Facts.Kept);

    /// <summary>The rows, of those that count in some query, are as many as at first.</summary>
    /// <param name="rows">How many came.</param>
    /// <param name="before">How many there were.</param>
    /// <exception cref="PlumblineException">Code <c>table-changed</c>.</exception>
    public void RequireSame(long rows, long before)
    {
        if (rows != before)
        {
            throw new PlumblineException(
                "table-changed",
                $"{Source.Name}: {before} rows were there for the first query and {rows} for a later one: somebody writes to the table, or a shard did not answer. "
                + $"{Source.Dialect.Name} has no state of the data that all queries see. Run the command again when nobody writes, or fit a copy.");
        }
    }
}
