namespace Plumbline;

/// <summary>A source of rows: what it is called, without credentials, and the condition that chose the rows, or null.</summary>
internal readonly record struct RowsOrigin(string Name, string? Where);

/// <summary>Where the rows of moments came from, each source once, in the order of their names: a history, which the sums do not depend on.</summary>
/// <param name="Added">The sources whose rows are in.</param>
/// <param name="Removed">The sources whose rows were taken out.</param>
internal sealed record RowsHistory(IReadOnlyList<RowsOrigin> Added, IReadOnlyList<RowsOrigin> Removed)
{
    private const int MostNames = 20;

    /// <summary>Rows of one source.</summary>
    public static RowsHistory Of(string name, string? where) => new([new RowsOrigin(name, where)], []);

    /// <summary>The condition that all rows fulfill; null when there is none, or several.</summary>
    public string? Where => Added.Concat(Removed).Select(static o => o.Where).Distinct(StringComparer.Ordinal).ToArray() is [string one] ? one : null;

    /// <summary>What the rows together are called.</summary>
    public string Name => Removed.Count == 0 ? Names(Added) : $"{Names(Added)}, less {Names(Removed)}";

    /// <summary>The history of both.</summary>
    public static RowsHistory Merge(RowsHistory a, RowsHistory b) => new(Union(a.Added, b.Added), Union(a.Removed, b.Removed));

    /// <summary>The history of the first, from which the second was taken away.</summary>
    public static RowsHistory Subtract(RowsHistory a, RowsHistory b) => new(a.Added, Union(a.Removed, b.Added));

    private static RowsOrigin[] Union(IReadOnlyList<RowsOrigin> a, IReadOnlyList<RowsOrigin> b) =>
        [.. a.Union(b).OrderBy(static o => o.Name, StringComparer.Ordinal).ThenBy(static o => o.Where, StringComparer.Ordinal)];

    private string Names(IReadOnlyList<RowsOrigin> origins)
    {
        string? common = Where;
        string[] names = [.. origins.Select(o => o.Where is null || common is not null ? o.Name : $"{o.Name} ({o.Where})").Distinct(StringComparer.Ordinal)];
        string more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
        return string.Join(" + ", names.Take(MostNames)) + more;
    }
}
