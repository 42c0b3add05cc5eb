using Npgsql;

namespace Plumbline.Databases;

/// <summary>What PostgreSQL says, by its codes.</summary>
internal static class PostgresErrors
{
    /// <summary>The error in the house's words.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="url">Who was asked.</param>
    /// <param name="timeout">How long it was waited.</param>
    /// <param name="tables">The tables, for a hint.</param>
    public static PlumblineException Explain(Exception failure, DatabaseUrl url, TimeSpan timeout, Func<IEnumerable<string>> tables)
    {
        if (Find<PostgresException>(failure) is not { } said)
        {
            return IsTimeout(failure) ? ServerErrors.Timeout(url.Address, timeout, null, failure)
                : failure is NpgsqlException && failure.Message.Contains("password", StringComparison.OrdinalIgnoreCase) ? ServerErrors.SignIn(url.Address, "The server wants a password, and there is none.", failure)
                : ServerErrors.OfDriver(failure, url.Address, timeout);
        }
        string what = ServerErrors.Sentence(Capital(said.MessageText) + (said.Detail is { Length: > 0 } detail ? $": {detail}" : ""));
        return said.SqlState switch
        {
            "28P01" or "28000" => ServerErrors.SignIn(url.Address, what, failure),
            "3D000" => ServerErrors.NoDatabase(url.Address, what, failure),
            "42P01" or "3F000" => ServerErrors.NoTable(url.Address, what, tables(), url.Table, failure),
            "42703" => ServerErrors.NoColumn(url.Address, what, failure),
            "42501" => ServerErrors.NoPermission(url.Address, what, failure),
            "57014" => ServerErrors.Timeout(url.Address, timeout, what, failure),
            ['0', '8', ..] or ['5', '7', ..] or ['X', 'X', ..] or ['5', '8', ..] or ['5', '3', ..] => ServerErrors.Connection(url.Address, what, failure),
            _ => ServerErrors.Sql(url.Address, what, failure),
        };
    }

    /// <summary>Whether it took too long.</summary>
    public static bool IsTimeout(Exception failure) => Find<TimeoutException>(failure) is not null || Find<PostgresException>(failure)?.SqlState == "57014";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found)
            {
                return found;
            }
        }
        return null;
    }
}
