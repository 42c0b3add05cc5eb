using System.CommandLine;
using Plumbline.Databases;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that say how a database is asked, for every verb that can have it compute.</summary>
internal sealed class DatabaseChoice
{
    private readonly Option<string?> _sql = Values.Text("--sql", "QUERY", "Use the rows of this query, when DATA is the URL of a database without a table.");
    private readonly Option<string?> _compute = Values.Text("--compute", "local|engine", "For a database: read its rows and sum them exactly, or have it sum them, so that no row leaves it. [local]");
    private readonly Option<string?> _timeout = Values.Text("--timeout", "SECONDS", "For a database: cancel when it is silent for longer. [600]");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_sql, _compute, _timeout])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them from the parsed line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="data">The data: the options need a URL.</param>
    /// <returns>How to ask, and whether the database computes; null for files.</returns>
    /// <exception cref="PlumblineException">A value is wrong, or is of no use with the data.</exception>
    public (DatabaseOptions? Options, bool InEngine) Read(ParseResult line, Command verb, IReadOnlyList<string> data)
    {
        string? sql = line.GetValue(_sql), compute = line.GetValue(_compute), timeout = line.GetValue(_timeout);
        if (!data.Any(DatabaseSource.IsUrl))
        {
            string? stray = sql is not null ? "--sql" : compute is not null ? "--compute" : timeout is not null ? "--timeout" : null;
            return stray is null ? (null, false) : throw Mistakes.Usage(
                $"{stray} is of use with a database only, whose URL is DATA: postgres://user@host/database?table=name or clickhouse://user@host/database?table=name.", verb);
        }
        var options = new DatabaseOptions
        {
            Query = sql,
            Timeout = TimeSpan.FromSeconds(verb.Whole(timeout, "--timeout", 1, 1_000_000) ?? (int)DatabaseOptions.Default.Timeout.TotalSeconds),
        };
        return (options, verb.OneOf(compute, "--compute", ("local", false), ("engine", true)));
    }
}
