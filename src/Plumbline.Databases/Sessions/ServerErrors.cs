using System.Data.Common;
using System.Net.Sockets;

namespace Plumbline.Databases;

/// <summary>What a server or its driver says, told once, without credentials and control characters.</summary>
internal static class ServerErrors
{
    private const string NextStep = "Is the server up, and does the URL name its host and port?";

    /// <summary>The server cannot be reached, or went away.</summary>
    public static PlumblineException Connection(string address, string what, Exception? cause = null) =>
        new("connection", $"{address}: {Clean(what)} {NextStep}", cause);

    /// <summary>The server was silent for too long.</summary>
    public static PlumblineException Timeout(string address, TimeSpan timeout, string? who, Exception? cause = null) => new(
        "timeout",
        $"{address}: no answer within {timeout.TotalSeconds:0.###} seconds, and the query was cancelled.{(who is null ? "" : $" {Clean(who)}")} Give it longer with --timeout, or see whether a server hangs.",
        cause);

    /// <summary>The user is not known, or the password is wrong.</summary>
    public static PlumblineException SignIn(string address, string what, Exception? cause = null) => new(
        "sign-in",
        $"{address}: {Clean(what)} The user stands in the URL (user@host); the password may stand there, in PGPASSWORD or CLICKHOUSE_PASSWORD, or in PostgreSQL's password file.",
        cause);

    /// <summary>There is no such database.</summary>
    public static PlumblineException NoDatabase(string address, string what, Exception? cause = null) =>
        new("unknown-database", $"{address}: {Clean(what)} The name of the database stands after the host, as in postgres://host/sales.", cause);

    /// <summary>There is no such table.</summary>
    public static PlumblineException NoTable(string address, string what, IEnumerable<string> tables, string? wanted, Exception? cause = null)
    {
        string[] all = [.. tables];
        string? near = wanted is null ? null : NearestName.Find(wanted, all);
        string next = near is not null ? $"Did you mean {FormulaError.Code(near)}?"
            : all.Length is > 0 and <= 12 ? $"Its tables are {string.Join(", ", all.Select(FormulaError.Code))}." : "The table may need its schema, as in table=sales.orders.";
        return new PlumblineException("unknown-table", $"{address}: {Clean(what)} {next}", cause);
    }

    /// <summary>A column is not there.</summary>
    public static PlumblineException NoColumn(string address, string what, Exception? cause = null) =>
        new("unknown-column", $"{address}: {Clean(what)} Was it dropped, from the table or on one of its shards?", cause);

    /// <summary>The user may not do that.</summary>
    public static PlumblineException NoPermission(string address, string what, Exception? cause = null) =>
        new("no-permission", $"{address}: {Clean(what)} Reading suffices: the user needs SELECT on the table.", cause);

    /// <summary>The server refuses the query.</summary>
    public static PlumblineException Sql(string address, string what, Exception? cause = null) =>
        new("sql", $"{address}: the database refuses the query: {Clean(what)} Look at the condition of --where and the query of --sql, if there are such.", cause);

    /// <summary>What any driver's exception means, as far as it can be told without knowing the driver.</summary>
    public static PlumblineException OfDriver(Exception failure, string address, TimeSpan timeout)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PlumblineException told:
                    return told;
                case TimeoutException:
                    return Timeout(address, timeout, null, failure);
                case SocketException or IOException:
                    return Connection(address, Sentence(e.Message), failure);
            }
        }
        return failure is DbException { IsTransient: true } ? Connection(address, Sentence(failure.Message), failure) : Sql(address, Sentence(failure.Message), failure);
    }

    /// <summary>With a full stop at the end, in one line.</summary>
    public static string Sentence(string text)
    {
        string clean = Clean(text).Trim();
        return clean.Length == 0 || clean[^1] is '.' or '!' or '?' ? clean : clean + ".";
    }

    private static string Clean(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));
}
