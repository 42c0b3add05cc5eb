namespace Plumbline.Files;

/// <summary>A table of a DuckDB database as it is named: <c>duckdb:FILE?table=NAME</c>, with <c>&amp;schema=NAME</c> where several schemas have one of that name.</summary>
/// <param name="Path">The database's file.</param>
/// <param name="Table">The table or view; null when none is named, which will do where there is only one.</param>
/// <param name="Schema">Its schema; null when none is named.</param>
internal sealed record DuckTable(string Path, string? Table, string? Schema)
{
    private const string Prefix = "duckdb:";
    private const int MarkAt = 8; // after a checksum

    /// <summary>Whether a name is one of a table.</summary>
    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads a name. In the part after <c>?</c>, <c>%26</c> and the like are the characters that they stand for.</summary>
    /// <exception cref="PlumblineException"><c>unknown-table</c>: the part after <c>?</c> says something else.</exception>
    public static DuckTable Parse(string name)
    {
        string rest = name[Prefix.Length..];
        int question = rest.LastIndexOf('?');
        if (question < 0)
        {
            return new DuckTable(rest, null, null);
        }
        string? table = null;
        string? schema = null;
        foreach (string part in rest[(question + 1)..].Split('&'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string value = Uri.UnescapeDataString(part[(equals + 1)..]);
            switch (part[..Math.Max(0, equals)])
            {
                case "table" when value.Length > 0:
                    table = value;
                    break;
                case "schema" when value.Length > 0:
                    schema = value;
                    break;
                default:
                    throw TableErrors.NotUnderstood(name, part);
            }
        }
        return new DuckTable(rest[..question], table, schema);
    }

    /// <summary>Makes sure that the file is a DuckDB database.</summary>
    /// <exception cref="PlumblineException"><c>empty-file</c>, <c>file-unreadable</c>, <c>not-duckdb</c>.</exception>
    public void CheckMark()
    {
        using FileStream stream = FileSet.Open(Path);
        Span<byte> start = stackalloc byte[MarkAt + 4];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            throw FileErrors.Empty(Path);
        }
        if (read < start.Length || !start[MarkAt..].SequenceEqual("DUCK"u8))
        {
            throw TableErrors.NotDuckDb(Path);
        }
    }

    /// <summary>Finds the table among those of the database, as SQL names it.</summary>
    /// <exception cref="PlumblineException"><c>unknown-table</c>: there is none such, or several.</exception>
    public string Find(IReadOnlyList<(string Schema, string Table)> all)
    {
        (string Schema, string Table)[] found = [.. all.Where(t => (Table is null || Same(t.Table, Table)) && (Schema is null || Same(t.Schema, Schema)))];
        if (found.Length > 1 && Table is not null && Array.FindIndex(found, static t => t.Schema == "main") is >= 0 and int main)
        {
            found = [found[main]];
        }
        return found.Length == 1
            ? $"{DuckSql.Name(found[0].Schema)}.{DuckSql.Name(found[0].Table)}"
            : throw TableErrors.Unknown(this, all, found);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase); // as SQL has it
}
