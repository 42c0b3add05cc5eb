namespace Plumbline.Databases;

/// <summary>How a database is read. Immutable: change with <c>with</c>.</summary>
public sealed record DatabaseOptions
{
    /// <summary>All rows, columns of the types that the database gives, ten minutes a query.</summary>
    public static DatabaseOptions Default { get; } = new();

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>A query whose rows are read instead of a table's, or null.</summary>
    public string? Query { get; init; }

    /// <summary>Columns that are read as text, whatever they hold.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How long the server may be silent before the query is cancelled. Default: 600 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);
}
