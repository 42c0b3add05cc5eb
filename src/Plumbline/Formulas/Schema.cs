namespace Plumbline;

/// <summary>What the data say about their columns: names and types. Immutable.</summary>
public sealed class Schema
{
    private const int ListedColumns = 12;
    private const int ListedCharacters = 200;

    private readonly Dictionary<string, ColumnInfo> _byName = new(StringComparer.Ordinal);

    /// <summary>A schema of the given columns.</summary>
    /// <param name="columns">The columns, in the order of the source, each name once.</param>
    /// <exception cref="PlumblineException">Code <c>duplicate-column</c>: two columns have one name.</exception>
    public Schema(IReadOnlyList<ColumnInfo> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        foreach (ColumnInfo column in Columns)
        {
            if (!_byName.TryAdd(column.Name, column))
            {
                throw new PlumblineException("duplicate-column", $"Two columns are called `{FormulaError.Clean(column.Name)}`. Rename one of them.")
                {
                    Column = column.Name,
                };
            }
        }
    }

    /// <summary>The columns, in the order of the source.</summary>
    public IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>The schema of a source.</summary>
    public static Schema Of(IRowSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Schema(source.Columns);
    }

    /// <summary>The column of that name, or null.</summary>
    public ColumnInfo? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What to say when a name is not found: the nearest name, and the columns when they are few.</summary>
    internal string Suggest(string name)
    {
        string? near = NearestName.Find(name, Columns.Select(static c => c.Name));
        string question = near is null ? "" : $"Did you mean {Shown(near)}?";
        string list = Columns.Count == 0 ? "The data have no columns." : "";
        if (Columns.Count is > 0 and <= ListedColumns)
        {
            list = $"The columns are {string.Join(", ", Columns.Select(static c => Shown(c.Name)))}.";
            list = list.Length <= ListedCharacters ? list : "";
        }
        if (question.Length + list.Length == 0)
        {
            return $"The data have {Columns.Count} columns, none with a similar name.";
        }
        return $"{question} {list}".Trim();
    }

    /// <summary>The name as a formula writes it, fit for a message.</summary>
    internal static string Shown(string name) => FormulaError.Code(Names.Quote(name));
}
