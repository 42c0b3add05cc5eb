using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Databases;

/// <summary>What ClickHouse says, by its codes.</summary>
internal static partial class ClickHouseErrors
{
    /// <summary>The code and the message: <c>Code: 60, e.displayText() = DB::Exception: …, e.what() = …</c> of old versions, <c>Code: 60. DB::Exception: …</c> of new ones.</summary>
    public static (int Code, string What) Parse(string said)
    {
        Match match = Code().Match(said);
        int code = match.Success ? int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        int start = said.IndexOf("DB::Exception: ", StringComparison.Ordinal);
        string what = start < 0 ? said : said[(start + "DB::Exception: ".Length)..];
        int end = what.LastIndexOf(", e.what()", StringComparison.Ordinal);
        return (code, ServerErrors.Sentence(end < 0 ? what : what[..end]));
    }

    /// <summary>The error in the house's words.</summary>
    public static PlumblineException Explain(int code, string what, DatabaseUrl url, TimeSpan timeout, Func<IEnumerable<string>> tables) => code switch
    {
        60 => ServerErrors.NoTable(url.Address, what, tables(), url.Table),
        81 => ServerErrors.NoDatabase(url.Address, what),
        47 or 16 or 10 => ServerErrors.NoColumn(url.Address, what),
        192 or 193 or 194 or 195 or 516 => ServerErrors.SignIn(url.Address, what),
        164 or 291 or 497 => ServerErrors.NoPermission(url.Address, what),
        159 or 394 => ServerErrors.Timeout(url.Address, timeout, what),
        3 or 32 or 33 or 95 or 96 or 99 or 100 or 101 or 102 or 198 or 209 or 210 or 225 or 236 or 242 or 279 or 425 => ServerErrors.Connection(url.Address, what),
        _ => ServerErrors.Sql(url.Address, what),
    };

    /// <summary>The names of the tables that the user sees, for a hint.</summary>
    public static IEnumerable<string> Tables(ClickHouseHttp http)
    {
        try
        {
            using Stream answer = http.Send("SELECT name FROM system.tables WHERE database = currentDatabase()", "&wait_end_of_query=1", static said => new PlumblineException("sql", said), CancellationToken.None);
            using var reader = new StreamReader(answer);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (PlumblineException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"Code: (?<code>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
