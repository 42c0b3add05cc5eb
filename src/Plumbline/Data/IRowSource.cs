namespace Plumbline;

/// <summary>Rows that can be read block by block: a table in memory, a file, a query.</summary>
public interface IRowSource
{
    /// <summary>What people call it, e.g. <c>data/houses.csv</c>. Never holds credentials.</summary>
    string Name { get; }

    /// <summary>The SQL condition that the rows fulfil, where the source has one; null otherwise.</summary>
    string? Where => null;

    /// <summary>All columns, in the order of the source.</summary>
    IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>
    /// Reads the named columns, all rows, as blocks in the order of the source. Missing values are NaN. Dates and times are
    /// numbers (<see cref="ColumnInfo.TimeUnit"/>). A column of text or of booleans comes as codes of <see cref="LevelsOf"/>.
    /// Blocks belong to the caller, who may dispose them on any thread, in any order, and may hold a few at a time.
    /// </summary>
    /// <param name="columns">Names of <see cref="Columns"/>; blocks have them in this order.</param>
    /// <param name="progress">Told the fraction read, 0 to 1, where the source can tell; may be null.</param>
    /// <param name="cancellation">Stops the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="PlumblineException">The data cannot be read: the message says what, where and what next.</exception>
    IEnumerable<RowBlock> Read(IReadOnlyList<string> columns, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>
    /// The texts that the codes of a column stand for. It grows while rows are read, and is the same for every reading of this
    /// source, so that codes keep their meaning. Null for a column of numbers, dates or times.
    /// </summary>
    /// <param name="column">The name of a column.</param>
    LevelSet? LevelsOf(string column) => null;
}
