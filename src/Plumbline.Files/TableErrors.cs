using static Plumbline.Files.FileErrors;

namespace Plumbline.Files;

/// <summary>Complaints about tables of databases.</summary>
internal static class TableErrors
{
    private const int Shown = 20; // tables that a message names

    public static PlumblineException AmongFiles(string name) => new(
        "mixed-formats",
        $"{Show(name)} is a table of a database, which is read alone.")
    { File = name };

    public static PlumblineException NotUnderstood(string name, string part) => new(
        "unknown-table",
        $"{Show(name)}: '{Show(part)}' is not understood. Expected: duckdb:FILE?table=NAME, and &schema=NAME if need be; in names %26 stands for &, %3F for ?.");

    public static PlumblineException NotDuckDb(string path) => new(
        "not-duckdb",
        $"{Show(path)} is not a DuckDB database.")
    { File = path };

    public static PlumblineException NotOpened(string path, string what)
    {
        string first = Show(what.Split('\n', 2)[0]);
        return what.Contains("lock", StringComparison.OrdinalIgnoreCase)
            ? new PlumblineException("file-unreadable", $"{Show(path)} is in use by another program that writes to it. Try again when that is done.") { File = path }
            : new PlumblineException("damaged-file", $"{Show(path)} cannot be opened by this version of DuckDB: {first}") { File = path };
    }

    /// <summary>No table, or several.</summary>
    public static PlumblineException Unknown(DuckTable wanted, IReadOnlyList<(string Schema, string Table)> all, IReadOnlyList<(string Schema, string Table)> found)
    {
        string file = Show(wanted.Path);
        string name = wanted.Schema is null ? $"'{Show(wanted.Table ?? "")}'" : $"'{Show(wanted.Table ?? "")}' in the schema '{Show(wanted.Schema)}'";
        string message;
        if (all.Count == 0)
        {
            message = $"{file} has no tables.";
        }
        else if (wanted.Table is null)
        {
            message = $"{file} has several tables, or none in that schema. Name one: duckdb:{file}?table=NAME. There are {List(all)}.";
        }
        else if (found.Count > 1)
        {
            message = $"{file} has {found.Count:N0} tables {name}. Name the schema too, as &schema={Show(found[0].Schema)}. There are {List(found)}.";
        }
        else
        {
            string? near = NearestName.Find(wanted.Table, all.Select(static t => t.Table));
            message = $"{file} has no table {name}." + (near is null ? $" There are {List(all)}." : $" Did you mean '{Show(near)}'?");
        }
        return new PlumblineException("unknown-table", message) { File = wanted.Path };
    }

    private static string List(IReadOnlyList<(string Schema, string Table)> tables) =>
        string.Join(", ", tables.Take(Shown).Select(static t => t.Schema == "main" ? Show(t.Table) : $"{Show(t.Schema)}.{Show(t.Table)}"))
        + (tables.Count > Shown ? $" and {tables.Count - Shown:N0} more" : "");
}
