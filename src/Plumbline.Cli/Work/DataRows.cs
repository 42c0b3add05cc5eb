using Plumbline.Databases;
using Plumbline.Files;

namespace Plumbline.Cli.Work;

/// <summary>What DATA on the command line stands for, opened: files, or a table of a database.</summary>
internal sealed class DataRows : IDisposable
{
    private readonly IDisposable _source;

    private DataRows(IRowSource rows, IDisposable source)
    {
        Rows = rows;
        _source = source;
    }

    /// <summary>The rows.</summary>
    public IRowSource Rows { get; }

    /// <summary>The database; null for files.</summary>
    public DatabaseSource? Database => Rows as DatabaseSource;

    /// <summary>Opens them.</summary>
    /// <param name="data">Names of files, or one URL.</param>
    /// <param name="where">A SQL condition that rows must fulfil, or null.</param>
    /// <param name="textColumns">Columns to be read as text.</param>
    /// <param name="database">How a database is asked; null for the usual way.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="PlumblineException">As the sources have them; <c>usage</c>: a URL beside other data.</exception>
    public static DataRows Open(
        IReadOnlyList<string> data, string? where, IReadOnlyList<string> textColumns, DatabaseOptions? database = null, CancellationToken cancellation = default)
    {
        if (!data.Any(DatabaseSource.IsUrl))
        {
            FileSource files = FileSource.Open(data, new FileSourceOptions { Where = where, TextColumns = textColumns });
            return new DataRows(files, files);
        }
        if (data.Count > 1)
        {
            throw new PlumblineException("usage", "A table of a database is read alone: give one URL and no other DATA.");
        }
        DatabaseSource table = DatabaseSource.Open(data[0], (database ?? DatabaseOptions.Default) with { Where = where, TextColumns = textColumns }, cancellation);
        return new DataRows(table, table);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
